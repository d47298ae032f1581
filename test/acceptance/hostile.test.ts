import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { validateAtom } from '../support/atom-schema.ts'
import { type BlogPost, bloggerPage, postId, postUrl } from '../support/feed-documents.ts'
import { type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { publishedAtom, publishedJson } from '../support/published-feed.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'

const EMOJI = '🌉👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿'
const ASTRAL = '𠮷野家で𩸽を食べる𝔘𝔫𝔦'
const MARKUP = `]]> <script>alert(1)</script> "quoted" & 'so' <b>bold`
// Characters XML 1.0 forbids, and ones it discourages; a feed that holds them raw is not well-formed, and feeds do.
const FORBIDDEN = '\u0000\u0001\u0008\u000b\u001f\u007f\ufffe\uffff'
const HOSTILE: BlogPost = {
  id: '3',
  title: `題 ${EMOJI} ${ASTRAL} ${MARKUP} ${FORBIDDEN}LONE-SURROGATE`,
  html: `<p>${EMOJI} ${ASTRAL} ]]&gt; &#xFFFE; &#xD800; &#0; ${FORBIDDEN}</p><p><![CDATA[ ]]> <!-- -- ></p><img src=x onerror=alert(1)><p title="]]>">終わり`,
  labels: ['外交', `]]> ${EMOJI} <label> & "co"`],
  published: '2026-03-03T09:00:00+09:00',
  author: `${ASTRAL} ${MARKUP} ${FORBIDDEN}LONE-SURROGATE`,
}
const DEPTH = 200_000
const UNRENDERABLE: BlogPost = {
  id: '2',
  title: '深すぎる投稿',
  html: `${'<div>'.repeat(DEPTH)}底${'</div>'.repeat(DEPTH)}`,
  labels: ['外交'],
  published: '2026-03-02T09:00:00+09:00',
}
const CALM: BlogPost = {
  id: '1',
  title: '穏やかな投稿',
  html: '<p>本文です。</p>',
  labels: ['外交'],
  published: '2026-03-01T09:00:00+09:00',
}

let origin: LocalOrigin
let folder: string
let config: SampleConfig
let first: CliResult
let atoms: readonly string[]

beforeAll(async () => {
  // Half a character can only be written as a reference, which XML forbids as well.
  const body = bloggerPage([HOSTILE, UNRENDERABLE, CALM]).replaceAll('LONE-SURROGATE', '&#xD83D;&#57344;&#xDC00;')
  origin = await serveFeeds(() => ({ kind: 'document', body }))
  folder = await temporaryFolder()
  config = await writeConfig(folder, { sources: `posts:\n  - { id: blog, feed: "${origin.url('/blog')}" }\n`, allowHosts: [origin.host] })
  first = await runCli(['once', '--json', '--config', config.folder], folder)
  atoms = (await filesIn(config.publicFolder)).filter(path => path.endsWith('.atom'))
})

describe('publishing a hostile post', () => {
  it('writes valid Atom for each of its labels, and for all posts', async () => {
    expect(atoms).toHaveLength(3)
    for (const path of atoms) expect([path, validateAtom(await readFile(join(config.publicFolder, path)))]).toEqual([path, []])
  })

  it('carries emoji and astral characters whole, in title, body, author and label', async () => {
    const [entry] = await publishedAtom(config.publicFolder, '外交')
    expect(entry?.id).toBe(postId(HOSTILE))
    for (const text of [entry?.title, entry?.content]) {
      expect(text).toContain(EMOJI)
      expect(text).toContain(ASTRAL)
    }
    expect(entry?.authors[0]).toContain(ASTRAL)
    expect(entry?.categories.join(' ')).toContain(EMOJI)
  })

  it('carries markup in a title as the text it is', async () => {
    const [entry] = await publishedAtom(config.publicFolder, '外交')
    const [item] = await publishedJson(config.publicFolder, '外交')
    for (const title of [entry?.title, item?.title]) expect(title).toContain(MARKUP)
  })

  it('leaves no script and no forbidden character in any document', async () => {
    for (const path of await filesIn(config.publicFolder)) {
      if (/\.(gz|br|zst|css)$/.test(path)) continue
      const text = await readFile(join(config.publicFolder, path), 'utf8')
      expect([path, text.isWellFormed(), /[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)]).toEqual([path, true, false])
      if (path.endsWith('.html')) expect([path, /<script|\sonerror/i.test(text)]).toEqual([path, false])
    }
    const [entry] = await publishedAtom(config.publicFolder, '外交')
    expect(entry?.content).not.toMatch(/<script|onerror/i)
  })
})

describe('publishing a post that cannot be rendered', () => {
  it('leaves it out of every document and publishes the others', async () => {
    const expected = [HOSTILE, CALM].map(postId)
    expect((await publishedAtom(config.publicFolder, '外交')).map(({ id }) => id)).toEqual(expected)
    expect((await publishedJson(config.publicFolder, '外交')).map(({ id }) => id)).toEqual(expected)
    const page = await readFile(join(config.publicFolder, 'labels/外交.html'), 'utf8')
    expect([page.includes(CALM.title), page.includes(UNRENDERABLE.title)]).toEqual([true, false])
  })

  it('is reported with its reason, and the exit code says that not all was done', () => {
    const { publish, polls } = JSON.parse(first.stdout)
    expect(first.exitCode).toBe(3)
    expect(publish.leftOut).toEqual([
      { id: postId(UNRENDERABLE), url: postUrl(UNRENDERABLE), because: expect.stringMatching(/deeper than/) },
    ])
    expect([publish.refused, polls]).toEqual([[], [expect.objectContaining({ result: 'ok', added: 3, skipped: [] })]])
  })

  it('is reported for as long as it is left out', async () => {
    const { exitCode, stdout } = await runCli(['once', '--config', config.folder], folder)
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(new RegExp(`left out: ${postId(UNRENDERABLE)}: .+`))
    const status = await runCli(['status', '--config', config.folder], folder)
    expect(status.stdout).toMatch(new RegExp(`Not published at the last attempt:\\n  ${postId(UNRENDERABLE)}: .+`))
  })

  it('does not hold up the cycle', () => {
    expect((JSON.parse(first.stdout) as { readonly durationMs: number }).durationMs).toBeLessThan(5_000)
  })
})
