import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { exportSources } from '../../src/cli/sources-export.ts'
import { importSources } from '../../src/cli/sources-import.ts'
import { type Ran, type Workplace, workplace } from './sources-command.ts'

const SOURCES = `outlets:
  - id: tni
    name: The National Interest
    homepage: https://nationalinterest.org
    hosts: [nationalinterest.org]
    sources:
      - url: https://nationalinterest.org/feed
      - { id: blogs, url: "https://nationalinterest.org/?a=1&b=2" }
  - { id: afmag, name: Air & Space "Forces", hosts: [thedrive.com/air], sources: [{ url: "https://thedrive.com/air/feed" }] }
  - { id: drive, name: ザ・ドライブ, hosts: [thedrive.com], sources: [{ url: "https://feeds.example/drive" }] }
  - { id: lawfare, name: Lawfare, hosts: [lawfaremedia.org] }
posts:
  - { id: t2, feed: "https://t2.example.jp/feed" }
  - { id: memo, title: 対訳帖, feed: "https://memo.example.jp/feed" }
  - { id: notes, folder: ../notes, url_template: "https://n.example/{path}" }
`

interface Place extends Workplace {
  readonly import: (content: string, options?: { readonly dryRun?: boolean }, isJson?: boolean) => Promise<Ran>
  readonly export: () => Promise<Ran>
}

async function place(sources: string, secrets = {}): Promise<Place> {
  const work = await workplace(sources, { secrets })
  const file = join(work.config.folder, '..', 'feeds.opml')
  return {
    ...work,
    export: () => work.run(exportSources),
    import: async (content, options = {}, isJson = false) => {
      await writeFile(file, content)
      return work.run(context => importSources(context, file, options), { isJson })
    },
  }
}

const opml = (body: string) => `<opml version="2.0"><body>${body}</body></opml>`
const outline = (name: string, site: string, feed = `${site}feed`) => `<outline text="${name}" xmlUrl="${feed}" htmlUrl="${site}"/>`

describe('exportSources', () => {
  it('prints OPML 2.0', async () => {
    const { printed, noted } = await (await place(SOURCES)).export()
    expect(noted).toBe('')
    expect(printed).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>対訳帖</title>
    <dateCreated>Wed, 01 Jul 2026 20:00:00 GMT</dateCreated>
  </head>
  <body>
    <outline text="The National Interest" title="The National Interest" htmlUrl="https://nationalinterest.org">
      <outline type="rss" text="The National Interest" title="The National Interest" xmlUrl="https://nationalinterest.org/feed" htmlUrl="https://nationalinterest.org"/>
      <outline type="rss" text="blogs" title="blogs" xmlUrl="https://nationalinterest.org/?a=1&amp;b=2" htmlUrl="https://nationalinterest.org"/>
    </outline>
    <outline text="Air &amp; Space &quot;Forces&quot;" title="Air &amp; Space &quot;Forces&quot;" htmlUrl="https://thedrive.com/air">
      <outline type="rss" text="Air &amp; Space &quot;Forces&quot;" title="Air &amp; Space &quot;Forces&quot;" xmlUrl="https://thedrive.com/air/feed" htmlUrl="https://thedrive.com/air"/>
    </outline>
    <outline text="ザ・ドライブ" title="ザ・ドライブ" htmlUrl="https://thedrive.com/">
      <outline type="rss" text="ザ・ドライブ" title="ザ・ドライブ" xmlUrl="https://feeds.example/drive" htmlUrl="https://thedrive.com/"/>
    </outline>
    <outline text="posts" title="posts">
      <outline type="rss" text="t2" title="t2" xmlUrl="https://t2.example.jp/feed"/>
      <outline type="rss" text="対訳帖" title="対訳帖" xmlUrl="https://memo.example.jp/feed"/>
    </outline>
  </body>
</opml>`)
  })

  it('leaves out addresses with a secret, and says so', async () => {
    const secret = SOURCES.replace('/feed\n', '/feed?key=${KEY}\n').replace('https://t2', 'https://user:pass@t2')
    const { printed, noted } = await (await place(secret, { KEY: 'x' })).export()
    expect(printed).not.toMatch(/nationalinterest.org\/feed|t2\.example/)
    expect(printed).toContain('text="blogs"')
    expect(noted).toBe('Left out, as their addresses hold a secret: tni, t2')
  })
})

describe('importSources', () => {
  it('brings an export to another config, whose export is the same', async () => {
    const { printed } = await (await place(SOURCES)).export()
    const other = await place('')
    expect((await other.import(printed)).printed).toBe('Added 3 outlets, 4 feeds, 2 post sources to config/sources.yaml.')
    expect((await other.export()).printed).toBe(printed)
    expect(await other.sources()).toBe(`outlets:
  # added 2026-07-02 by "kakehashi sources import"
  - id: national-interest
    name: The National Interest
    homepage: https://nationalinterest.org
    hosts: [nationalinterest.org]
    sources:
      - url: https://nationalinterest.org/feed
      - id: blogs
        url: https://nationalinterest.org/?a=1&b=2

  # added 2026-07-02 by "kakehashi sources import"
  - id: air-and-space-forces
    name: Air & Space "Forces"
    homepage: https://thedrive.com/air
    hosts: [thedrive.com/air]
    sources:
      - url: https://thedrive.com/air/feed

  # added 2026-07-02 by "kakehashi sources import"
  - id: thedrive-com
    name: ザ・ドライブ
    homepage: https://thedrive.com/
    hosts: [thedrive.com]
    sources:
      - url: https://feeds.example/drive

posts:
  # added 2026-07-02 by "kakehashi sources import"
  - id: t2
    feed: https://t2.example.jp/feed

  # added 2026-07-02 by "kakehashi sources import"
  - id: memo-example-jp
    feed: https://memo.example.jp/feed
    title: 対訳帖
`)
  })

  it('brings all of the project’s own feeds along', async () => {
    const own = fileURLToPath(new URL('../../config/sources.yaml', import.meta.url))
    const [from, to] = [await place(''), await place('')]
    await copyFile(own, from.config.sourcesFile)
    const { printed } = await from.export()
    await to.import(printed)
    expect((await to.export()).printed).toBe(printed)
    const [before, after] = [parse(await from.sources()), parse(await to.sources())].map(({ outlets }) =>
      outlets.flatMap(({ name, sources = [] }: { name: string; sources?: { url: string }[] }) =>
        sources.map(({ url }) => `${name} ${url}`),
      ),
    )
    expect(after).toEqual(before)
  })

  it('changes nothing the second time, and says so', async () => {
    const { printed } = await (await place(SOURCES)).export()
    const other = await place('# mine\n')
    await other.import(printed)
    const once = await other.sources()
    expect(await other.import(printed)).toEqual({ exit: 0, printed: 'Nothing to add.\nAlready there: 6 feeds.', noted: '' })
    expect(await other.sources()).toBe(once)
    const json = JSON.parse((await other.import(printed, {}, true)).printed)
    expect(json).toEqual({
      ok: true,
      isDryRun: false,
      added: { outlets: 0, feeds: 0, posts: 0 },
      known: 6,
      repeated: 0,
      skipped: [],
      files: [],
    })
  })

  it('finds the outlet of a feed by its name or by its page', async () => {
    const { import: importList, sources } = await place(SOURCES)
    const list = [
      outline('Lawfare', 'https://elsewhere.example/'),
      outline('TNI Opinion', 'https://www.nationalinterest.org/opinion/'),
      outline('A section', 'https://blog.lawfaremedia.org/'),
    ]
    await importList(opml(`<outline text="Think tanks">${list.join('')}</outline>`))
    const { outlets } = parse(await sources())
    expect(outlets).toHaveLength(4)
    expect(outlets[0].sources.at(-1)).toEqual({ url: 'https://www.nationalinterest.org/opinion/feed' })
    expect(outlets[3].sources).toEqual([{ url: 'https://elsewhere.example/feed' }, { url: 'https://blog.lawfaremedia.org/feed' }])
  })

  it('makes one outlet of the feeds of one site, and several of a folder’s sites', async () => {
    const { import: importList, sources } = await place('')
    const list = [
      outline('BBC News', 'https://www.bbc.example/news/', 'https://feeds.example/1'),
      outline('BBC World', 'https://www.bbc.example/world/', 'https://feeds.example/2'),
      outline('', 'https://ōther.example/', 'feed://feeds.example/3'),
      outline('BBC again', 'https://www.bbc.example/', 'http://www.feeds.example/1/'),
    ]
    const { printed } = await importList(opml(`<outline text="News">${list.join('')}</outline>`))
    expect(printed).toBe('Added 2 outlets, 3 feeds to config/sources.yaml.\nMore than once in the file: 1 feed.')
    expect(parse(await sources()).outlets).toEqual([
      {
        ...{ id: 'bbc-news', name: 'BBC News', homepage: 'https://www.bbc.example/news/', hosts: ['bbc.example'] },
        sources: [{ url: 'https://feeds.example/1' }, { url: 'https://feeds.example/2' }],
      },
      {
        ...{ id: 'xn-ther-k3a-example', name: 'xn--ther-k3a.example', homepage: 'https://ōther.example/', hosts: ['xn--ther-k3a.example'] },
        sources: [{ url: 'http://feeds.example/3' }],
      },
    ])
  })

  it('finds ids that are free, and no outlet’s name', async () => {
    const { import: importList, sources } = await place(
      'outlets:\n  - { id: a, name: Alpha, hosts: [a.example], aliases: [One Two] }\nposts: [{ id: beta, feed: "https://p.example/" }]\n',
    )
    await importList(opml(['A!', 'Béta', 'One–Two Three'].map((name, n) => outline(name, `https://${n}.example/`)).join('')))
    expect(parse(await sources()).outlets.map(({ id }: { id: string }) => id)).toEqual(['a', 'beta-2', 'one-two-three'])
  })

  it('leaves out what is no address of the web, and ends with the code for "not all"', async () => {
    const { import: importList, sources } = await place('')
    const list = [
      outline('X', 'https://x.example/', 'file:///etc/passwd'),
      outline('Y', '', 'https://[::1]/feed?key=secret'),
      outline('Z', 'https://z.example/'),
    ]
    const { exit, printed } = await importList(opml(list.join('')))
    expect(exit).toBe(3)
    expect(printed.split('\n')).toEqual([
      'Added 1 outlet, 1 feed to config/sources.yaml.',
      'Left out: “X”: expected an address that begins with http:// or https://.',
      'Left out: https://[::1]/feed?…: expected an address on a host that has a name.',
    ])
    expect(parse(await sources()).outlets).toHaveLength(1)
  })

  it('takes no secret of the operator’s for a part of an address', async () => {
    const { import: importList, sources } = await place('', { KEY: 'secret' })
    await importList(opml(outline('X', 'https://x.example/', 'https://x.example/?k=${KEY}')))
    expect(parse(await sources()).outlets[0].sources).toEqual([{ url: 'https://x.example/?k=$%7BKEY%7D' }])
  })

  it('prints the change alone in a dry run, and writes nothing', async () => {
    const { import: importList, sources } = await place(SOURCES)
    const { printed, noted } = await importList(opml(outline('X', 'https://x.example/')), { dryRun: true })
    expect(printed).toMatch(/^--- config\/sources.yaml\n[\s\S]*\+ {2}- \{ id: x, /)
    expect(noted).toBe('Would add 1 outlet, 1 feed to config/sources.yaml.')
    expect(await sources()).toBe(SOURCES)
  })

  it('refuses what is no OPML, and what is not there', async () => {
    const { import: importList, run, config, sources } = await place(SOURCES)
    await expect(importList('<rss version="2.0"><channel/></rss>')).rejects.toMatchObject({
      code: 'feed-unreadable',
      message: expect.stringMatching(/got a feed$/),
    })
    const importFile = (file: string) => run(context => importSources(context, file, {}))
    await expect(importFile(join(config.folder, 'no.opml'))).rejects.toMatchObject({ code: 'not-found' })
    await mkdir(join(config.folder, 'folder'))
    await expect(importFile(join(config.folder, 'folder'))).rejects.toMatchObject({ code: 'feed-unreadable' })
    expect(await sources()).toBe(SOURCES)
    expect(await readFile(config.sourcesFile, 'utf8')).toBe(SOURCES)
  })

  it('takes two thousand feeds in a moment', async () => {
    const { import: importList } = await place('')
    const startedAt = performance.now()
    const list = Array.from({ length: 2_000 }, (_, n) => outline(`Outlet ${n}`, `https://o${n}.example/`))
    expect((await importList(opml(list.join('')))).printed).toContain('2000 outlets')
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})
