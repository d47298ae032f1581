import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { all, readXml } from '../render/feed/read-xml.ts'
import { type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { publishedAtom, publishedJson } from '../support/published-feed.ts'
import { runCli } from '../support/run-cli.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/blogger/', import.meta.url))
const SHIPPED = fileURLToPath(new URL('../../config/sources.yaml', import.meta.url))
const SEED = 'SYNTHETIC-ja-label-feed.atom'
const OTHERS = ['quiltville-2021.atom', 'google-ads-feedburner-2016.atom', '4fsodonline.atom'] as const

const isPresent = existsSync(DATA)
if (!isPresent) console.warn(`skipped: the stored Blogger feeds are not at ${DATA}`)

/** The seed's posts, newest first, with their titles taken apart by hand. */
const POSTS = [
  {
    id: 'tag:blogger.com,1999:blog-1000000000000000001.post-2000000000000000003',
    url: 'https://example-ja.blogspot.com/2025/03/blog-post_20.html',
    headline: '米国がロシア=ウクライナ和平でめざすもの:就任2カ月足らずで、中露接近を頓挫させる条件をトランプが整えてきた',
    outlet: 'tni',
    comment: '中露を離反させるのならニクソン時代のデタントを思わせるものがありますね',
    original: 'https://nationalinterest.org/feature/example-seed-1',
    published: '2025-03-20T11:00:00.000+09:00',
    updated: '2025-03-20T11:00:00.109+09:00',
    labels: ['米外交政策', 'ロシア', 'ドナルド・トランプ'],
  },
  {
    id: 'tag:blogger.com,1999:blog-1000000000000000001.post-2000000000000000002',
    url: 'https://example-ja.blogspot.com/2025/03/19fortyfive.html',
    headline: 'ドナルド・トランプは孤立主義者ではない',
    outlet: '19fortyfive',
    comment:
      'トランプ外交を小馬鹿にする向きは後悔することになります。リアルポリティクスが復活するのであればキッシンジャーも喜んでいたことでしょう',
    original: 'https://www.19fortyfive.com/2025/03/example-seed-2/',
    published: '2025-03-16T18:30:00.002+09:00',
    updated: '2025-03-16T18:31:10.441+09:00',
    labels: ['米外交政策', 'ロシア', 'ドナルド・トランプ'],
  },
  {
    id: 'tag:blogger.com,1999:blog-1000000000000000001.post-2000000000000000001',
    url: 'https://example-ja.blogspot.com/2024/08/blog-post_28.html',
    headline: '無策なバイデン政権の政策がロシアと北朝鮮を団結させた',
    outlet: 'tni',
    comment: 'カマラ・ハリスはバイデン路線を継承すると主張しており、当選すれば恐ろしいことになる',
    original: 'https://nationalinterest.org/blog/example-seed-3',
    published: '2024-08-28T10:00:00.000+09:00',
    updated: '2024-08-28T10:00:00.110+09:00',
    labels: ['米外交政策'],
  },
] as const

describe.skipIf(!isPresent)('stored Blogger feeds as the posts of an operator', () => {
  let origin: LocalOrigin
  let folder: string
  let config: SampleConfig

  beforeAll(async () => {
    const bodies = new Map(
      await Promise.all([SEED, ...OTHERS].map(async name => [`/${name}` as string, await readFile(DATA + name)] as const)),
    )
    origin = await serveFeeds(url => {
      const body = bodies.get(url.pathname)
      // The stored documents are first pages; behind them these blogs have no more to give.
      const isFirst = (url.searchParams.get('start-index') ?? '1') === '1'
      return body === undefined ? undefined : { kind: 'document', body: isFirst ? body : NO_MORE }
    })
    folder = await temporaryFolder()
    config = await writeConfig(folder, { sources: await sources(origin), allowHosts: [origin.host], limit: 500 })
    const { exitCode, stdout } = await runCli(['once', '--config', config.folder], folder)
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^78 posts: /m)])
  })

  it('lists the three seed posts under 米外交政策 with headline, comment, original, dates, labels and ids of the feed', async () => {
    const entries = await publishedAtom(config.publicFolder, '米外交政策')
    expect(entries.map(({ id }) => id)).toEqual(POSTS.map(({ id }) => id))
    for (const [index, post] of POSTS.entries()) {
      const entry = entries[index]
      expect([entry?.title, entry?.links['alternate'], entry?.links['via']]).toEqual([post.headline, post.url, post.original])
      expect([Date.parse(entry?.published ?? ''), Date.parse(entry?.updated ?? '')]).toEqual([
        Date.parse(post.published),
        Date.parse(post.updated),
      ])
      expect(entry?.categories).toEqual(expect.arrayContaining([...post.labels]))
      expect(entry?.content).toContain(post.comment)
      expect(entry?.content).not.toContain(`${post.headline}(`)
    }
  })

  it('gives the same in JSON Feed', async () => {
    const items = await publishedJson(config.publicFolder, '米外交政策')
    const facts = items.map(item => [item.id, item.url, item.external_url, item.title, Date.parse(item.date_published)])
    expect(facts).toEqual(POSTS.map(({ id, url, original, headline, published }) => [id, url, original, headline, Date.parse(published)]))
    for (const [index, { comment }] of POSTS.entries()) expect(items[index]?.content_html).toContain(comment)
  })

  for (const post of POSTS) {
    it(`tells headline, outlet and comment of 「${post.headline}」 apart`, async () => {
      const { exitCode, stdout } = await runCli(['explain', '--json', '--config', config.folder, post.url], folder)
      const [view] = JSON.parse(stdout)
      expect(exitCode).toBe(0)
      expect(view.post).toMatchObject({
        id: post.id,
        headline: post.headline,
        comment: post.comment,
        outlets: [post.outlet],
        labels: post.labels,
      })
      expect(view.judgement.match).toMatchObject({ state: 'accepted', original: { outlet: post.outlet, url: post.original } })
    })
  }

  for (const name of OTHERS) {
    it(`makes a post of every entry of ${name}, under each of its labels`, async () => {
      const entries = all(readXml(await readFile(DATA + name, 'utf8')), 'entry')
      expect(entries).toHaveLength(25)
      const posts = (await publishedJson(config.publicFolder, 'everything')).map(({ id }) => id)
      const byLabel = await idsByTitle(config)
      for (const entry of entries) {
        const id = all(entry, 'id')[0]?.text
        expect(posts).toContain(id)
        for (const { attributes } of all(entry, 'category')) expect(byLabel.get(attributes['term'] ?? '')).toContain(id)
      }
    })
  }
})

const NO_MORE = `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-0</id><title>no more</title><updated>2020-01-01T00:00:00Z</updated></feed>`

/** The shipped outlets that the seed cites, without the feeds that lead to the public internet, and the stored feeds as posts. */
async function sources(origin: LocalOrigin): Promise<string> {
  const shipped = parse(await readFile(SHIPPED, 'utf8')) as { readonly outlets: readonly { readonly id: string }[] }
  const outlets = shipped.outlets.filter(({ id }) => id === 'tni' || id === '19fortyfive').map(outlet => ({ ...outlet, sources: [] }))
  const posts = [SEED, ...OTHERS].map((name, index) => ({ id: `blog-${index}`, feed: origin.url(`/${name}`) }))
  return stringify({ outlets, posts, feeds: [{ slug: 'everything' }] })
}

/** What each published feed holds, by its title, which is its label. */
async function idsByTitle({ publicFolder }: SampleConfig): Promise<ReadonlyMap<string, readonly string[]>> {
  const slugs = (await filesIn(publicFolder)).flatMap(path => /^feeds\/(.+)\.json$/.exec(path)?.[1] ?? [])
  const feeds = slugs.map(async slug => {
    const { title } = JSON.parse(await readFile(`${publicFolder}/feeds/${slug}.json`, 'utf8')) as { readonly title: string }
    return [title, (await publishedJson(publicFolder, slug)).map(({ id }) => id)] as const
  })
  return new Map(await Promise.all(feeds))
}
