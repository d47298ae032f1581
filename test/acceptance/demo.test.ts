import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { sampleLabels, samplePosts } from '../../src/demo/samples/posts.ts'
import { validateAtom } from '../support/atom-schema.ts'
import { type DemoFolder, demoFolder, runDemoOnce } from '../support/demo-run.ts'
import { publishedAtom, publishedJson } from '../support/published-feed.ts'
import type { CliResult } from '../support/run-cli.ts'
import { filesIn, snapshotOf } from '../support/temp-folder.ts'

type Snapshot = Awaited<ReturnType<typeof snapshotOf>>

let demo: DemoFolder
let runs: readonly { readonly result: CliResult; readonly files: Snapshot }[]

beforeAll(async () => {
  demo = await demoFolder()
  const run = async (...options: readonly string[]) => {
    const result = await runDemoOnce(demo, ...options)
    return { result, files: await snapshotOf(demo.publicFolder) }
  }
  runs = [await run(), await run(), await run('--json')]
})

describe('demo --once', () => {
  it('ends well every time', () => {
    expect(runs.map(({ result }) => [result.exitCode, result.stderr])).toEqual(runs.map(() => [0, '']))
  })

  it('writes Atom, RSS and JSON for every label of the sample blog, each compressed twice', async () => {
    const slugs = sampleLabels().map(label => SLUGS[label] ?? label)
    const paths = slugs.flatMap(slug => ['atom', 'rss', 'json'].flatMap(syntax => SUFFIXES.map(end => `feeds/${slug}.${syntax}${end}`)))
    expect(await filesIn(demo.publicFolder)).toEqual(expect.arrayContaining(paths))
  })

  it('lists every post under each of its labels, newest first, in every syntax', async () => {
    for (const label of sampleLabels()) {
      const slug = SLUGS[label] ?? label
      const ids = samplePosts.filter(({ labels }) => labels.includes(label)).map(({ id }) => id)
      const published = [await publishedAtom(demo.publicFolder, slug), await publishedJson(demo.publicFolder, slug)]
      for (const entries of published) expect(entries.map(({ id }) => id.replace(/^.*\.post-/, ''))).toEqual(ids)
      const rss = await readFile(join(demo.publicFolder, `feeds/${slug}.rss`), 'utf8')
      expect([...rss.matchAll(/<guid[^>]*>[^<]*\.post-(\d+)</g)].map(([, id]) => id)).toEqual(ids)
    }
  })

  it('writes Atom that is valid by RFC 4287', async () => {
    const atoms = (await filesIn(demo.publicFolder)).filter(path => path.endsWith('.atom'))
    expect(atoms.length).toBeGreaterThanOrEqual(sampleLabels().length)
    for (const path of atoms) expect([path, validateAtom(await readFile(join(demo.publicFolder, path)))]).toEqual([path, []])
  })

  it('touches no file the second time', () => {
    expect(runs[1]?.files).toEqual(runs[0]?.files)
    expect(runs[2]?.files).toEqual(runs[0]?.files)
  })

  it('says that the second run was answered 304 throughout', () => {
    expect(runs[0]?.result.stdout).toContain('8 requests, 0 conditional, 0 answered 304 Not Modified')
    expect(runs[1]?.result.stdout).toContain('5 requests, 5 conditional, 5 answered 304 Not Modified')
    expect(runs[1]?.result.stdout).toContain('0 files written')
  })

  it('counts its requests as the origin does', () => {
    const { requests, origin, publish } = JSON.parse(runs[2]?.result.stdout ?? '')
    expect(requests).toEqual({ sent: 5, conditional: 5, unmodified: 5 })
    expect(origin).toEqual({ requests: 5, conditional: 5, notModified: 5, full: 0 })
    expect([publish.written, publish.refused, publish.leftOut]).toEqual([[], [], []])
  })
})

const SUFFIXES = ['', '.gz', '.br', '.zst']
// Given by the demo's config, or by what a file name may hold.
const SLUGS: Readonly<Record<string, string>> = { 米外交政策: 'us-foreign-policy', '経済・エネルギー': '経済-エネルギー' }
