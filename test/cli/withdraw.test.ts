import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BlogPost, bloggerPage, postId, postUrl, rssFeed } from '../support/feed-documents.ts'
import { serveFeeds } from '../support/local-feeds.ts'
import { publishedAtom } from '../support/published-feed.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const aPost = (id: string): BlogPost => {
  return { id, title: `題${id}`, html: '<p>本文です。</p>', labels: ['外交'], published: `2026-03-0${id}T09:00:00Z` }
}
const [UNWANTED, OTHER] = [aPost('2'), aPost('1')]
const ARTICLE = { url: 'https://outlet.example/plan', title: 'A Plan', text: 'A plan.', published: '2026-03-01T09:00:00Z' }

let folder: string
let config: SampleConfig

beforeAll(async () => {
  const feeds: Readonly<Record<string, string>> = { '/blog': bloggerPage([UNWANTED, OTHER]), '/outlet': rssFeed('Outlet', [ARTICLE]) }
  const origin = await serveFeeds(({ pathname, searchParams }) => {
    const body = Number(searchParams.get('start-index') ?? 1) > 1 ? bloggerPage([]) : feeds[pathname]
    return body === undefined ? undefined : { kind: 'document', body }
  })
  folder = await temporaryFolder()
  const sources = `outlets:
  - { id: o, name: Outlet, hosts: [outlet.example], sources: [{ url: "${origin.url('/outlet')}" }] }
posts:
  - { id: blog, feed: "${origin.url('/blog')}" }
`
  config = await writeConfig(folder, { sources, allowHosts: [origin.host] })
  expect((await once()).exitCode).toBe(0)
})

const cli = (...words: readonly string[]) => runCli([...words, '--config', config.folder], folder)
const once = () => cli('once', '--all')
const idsOf = async () => (await publishedAtom(config.publicFolder, '外交')).map(({ id }) => id)
const graves = async () =>
  (await readFile(join(config.publicFolder, 'feeds/外交.atom'), 'utf8')).match(/<at:deleted-entry [^>]*ref="[^"]*"/g) ?? []

describe('withdraw', () => {
  it('takes a post out of what is published, for good, and tells readers of Atom', async () => {
    const { exitCode, stdout } = await cli('withdraw', postUrl(UNWANTED))
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^題2\n {2}https:.*\nNow withdrawn\.\n\d+ files written/)])
    expect(await idsOf()).toEqual([postId(OTHER)])
    expect(await graves()).toEqual([expect.stringContaining(postId(UNWANTED))])
    expect((await once()).exitCode).toBe(0)
    expect(await idsOf()).toEqual([postId(OTHER)])
    expect((await cli('explain', postUrl(UNWANTED))).stdout).toContain('in no feed: an operator has withdrawn it')
  })

  it('has nothing to do the second time', async () => {
    expect(await cli('withdraw', postId(UNWANTED))).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('it was withdrawn before'),
    })
  })

  it('takes it back with --undo, by its id, too', async () => {
    const result: CliResult = await cli('withdraw', postId(UNWANTED), '--undo', '--json')
    expect(JSON.parse(result.stdout)).toMatchObject({ state: 'published again', changed: 1, posts: [{ id: postId(UNWANTED) }] })
    expect([await idsOf(), await graves()]).toEqual([[postId(UNWANTED), postId(OTHER)], []])
    expect((await cli('withdraw', postId(UNWANTED), '--undo')).stdout).toContain('no operator has withdrawn it')
  })

  it('knows no post by another name, and withdraws no article', async () => {
    expect(await cli('withdraw', 'https://blog.example.jp/none')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('got "https:'),
    })
    expect((await cli('withdraw', ARTICLE.url)).stderr).toContain('an article of an outlet')
  })
})
