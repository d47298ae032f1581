import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
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
let folderOfNotes: string
let config: SampleConfig

beforeAll(async () => {
  const feeds: Readonly<Record<string, string>> = { '/blog': bloggerPage([UNWANTED, OTHER]), '/outlet': rssFeed('Outlet', [ARTICLE]) }
  const origin = await serveFeeds(({ pathname, searchParams }) => {
    const body = Number(searchParams.get('start-index') ?? 1) > 1 ? bloggerPage([]) : feeds[pathname]
    return body === undefined ? undefined : { kind: 'document', body }
  })
  folder = await temporaryFolder()
  folderOfNotes = join(folder, 'notes')
  await mkdir(folderOfNotes)
  await writeFile(join(folderOfNotes, 'a.md'), '---\ntitle: 題A\ndate: 2026-03-03\n---\n本文です。\n')
  const sources = `outlets:
  - { id: o, name: Outlet, hosts: [outlet.example], sources: [{ url: "${origin.url('/outlet')}" }] }
posts:
  - { id: blog, feed: "${origin.url('/blog')}" }
  - { id: notes, folder: "${folderOfNotes}", url_template: "https://notes.example.jp/{path}" }
`
  config = await writeConfig(folder, { sources, allowHosts: [origin.host] })
  expect(await once()).toMatchObject({ exitCode: 0, stderr: '' })
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

  it('does not bring back what the source has deleted meanwhile', async () => {
    await writeFile(join(folderOfNotes, 'b.md'), '---\ntitle: 題B\ndate: 2026-03-04\ntags: [外交]\n---\n本文です。\n')
    expect((await once()).exitCode).toBe(0)
    const note = (await idsOf()).find(id => id !== postId(UNWANTED) && id !== postId(OTHER)) ?? expect.fail('the note is not published')
    await cli('withdraw', note)
    await rm(join(folderOfNotes, 'b.md'))
    await once()
    expect((await cli('explain', note)).stdout).toContain('an operator has withdrawn it, and its source "notes" has it no more')
    expect((await cli('withdraw', note, '--undo')).stdout).toContain(
      'no longer withdrawn by an operator, but its source "notes" has it no more.',
    )
    expect(await idsOf()).not.toContain(note)
  })

  it('knows no post by another name, and withdraws no article', async () => {
    expect(await cli('withdraw', 'https://blog.example.jp/none')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('got "https:'),
    })
    expect((await cli('withdraw', ARTICLE.url)).stderr).toContain('an article of an outlet')
  })
})
