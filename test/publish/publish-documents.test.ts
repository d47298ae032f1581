import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Document, type Outcome, publishDocuments, withdrawDocuments } from '../../src/publish/publish-documents.ts'
import { presentPaths } from '../../src/publish/published-folder.ts'
import { filesIn, snapshotOf, temporaryFolder } from '../support/temp-folder.ts'
import { atomDocument, atomEntry, atomFeed } from './samples.ts'

const NOW = Date.parse('2025-03-12T09:00:00.123Z')
const PATH = atomDocument(0).path

function publish(folder: string, document: Document, { allowShrink = false, at = NOW } = {}): Promise<readonly Outcome[]> {
  return publishDocuments(folder, [document], { allowShrink, now: () => at })
}

describe('publishDocuments', () => {
  it('writes a document with compressed copies of the same bytes and the same time', async () => {
    const folder = await temporaryFolder()
    expect(await publish(folder, atomDocument(3))).toMatchObject([{ kind: 'written', path: PATH, entries: 3 }])
    expect(await filesIn(folder)).toEqual([PATH, `${PATH}.br`, `${PATH}.gz`, `${PATH}.zst`])
    const [plain, zipped, brotli, zstd] = await Promise.all(
      [PATH, `${PATH}.gz`, `${PATH}.br`, `${PATH}.zst`].map(path => readFile(join(folder, path))),
    )
    expect(plain?.toString('utf8')).toBe(atomDocument(3).text)
    expect(gunzipSync(zipped ?? '')).toEqual(plain)
    expect(brotliDecompressSync(brotli ?? '')).toEqual(plain)
    expect(zstdDecompressSync(zstd ?? '')).toEqual(plain)
    const times = Object.values(await snapshotOf(folder)).map(({ mtimeMs }) => mtimeMs)
    expect(new Set(times).size).toBe(1)
    expect(Math.abs((times[0] ?? 0) - NOW)).toBeLessThan(1)
  })

  it('does not touch a file whose bytes are the same', async () => {
    const folder = await temporaryFolder()
    const [first] = await publish(folder, atomDocument(3))
    const before = await snapshotOf(folder)
    const [second] = await publish(folder, atomDocument(3), { at: NOW + 60_000 })
    expect(second).toEqual({ ...first, kind: 'unchanged' })
    expect(await snapshotOf(folder)).toEqual(before)
  })

  it('makes copies of another version anew, and leaves the time of the file as it is', async () => {
    const folder = await temporaryFolder()
    const [first] = await publish(folder, atomDocument(3))
    const before = await snapshotOf(folder)
    // A run that is killed after its first copy is in place leaves it like this.
    await writeFile(join(folder, `${PATH}.gz`), gzipSync('another version'))
    const [second] = await publish(folder, atomDocument(3), { at: NOW + 60_000 })
    expect(second).toEqual({ ...first, kind: 'unchanged' })
    expect(await snapshotOf(folder)).toEqual(before)
  })

  it('says in words that stay the same why a file cannot be written', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'feeds'), 'in the way')
    const said = await publish(folder, atomDocument(3)).catch(error => String(error))
    expect(said).toBe(`AppError: ${join(folder, PATH)}: expected a place that can be written, got: ENOTDIR: not a directory`)
  })

  it('refuses a document that is broken, and leaves what stood there', async () => {
    const folder = await temporaryFolder()
    await publish(folder, atomDocument(3))
    const before = await snapshotOf(folder)
    const broken = atomDocument(3, { text: atomFeed(atomEntry('a&b')) })
    expect(await publish(folder, broken, { allowShrink: true })).toMatchObject([
      { kind: 'refused', because: expect.stringContaining('not well-formed') },
    ])
    expect(await snapshotOf(folder)).toEqual(before)
  })

  it('writes no broken document where nothing stood', async () => {
    const folder = await temporaryFolder()
    await publish(folder, atomDocument(3, { text: '' }))
    expect(await filesIn(folder)).toEqual([])
  })

  it('publishes the others where one is refused', async () => {
    const folder = await temporaryFolder()
    const documents = [atomDocument(1, { path: 'a.atom', text: '' }), atomDocument(1, { path: 'b.atom' })]
    expect(await publishDocuments(folder, documents, { allowShrink: false, now: () => NOW })).toMatchObject([
      { kind: 'refused' },
      { kind: 'written' },
    ])
  })

  const shrinks: readonly [before: number, after: number, allowShrink: boolean, kind: Outcome['kind']][] = [
    [10, 5, false, 'written'],
    [10, 4, false, 'refused'],
    [10, 0, false, 'refused'],
    [10, 4, true, 'written'],
    [6, 2, false, 'refused'],
    [5, 0, false, 'written'],
    [0, 4, false, 'written'],
  ]
  for (const [before, after, allowShrink, kind] of shrinks)
    it(`${kind === 'refused' ? 'refuses' : 'lets'} a feed go from ${before} entries to ${after}${allowShrink ? ' where that is meant' : ''}`, async () => {
      const folder = await temporaryFolder()
      await publish(folder, atomDocument(before))
      expect(await publish(folder, atomDocument(after), { allowShrink })).toMatchObject([{ kind }])
    })

  it('replaces a file that somebody broke', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'feeds'))
    await writeFile(join(folder, PATH), '<feed>')
    expect(await publish(folder, atomDocument(1))).toMatchObject([{ kind: 'written' }])
  })

  it('never shows half a file to a reader', async () => {
    const folder = await temporaryFolder()
    const [short, long] = [atomDocument(2), atomDocument(400)]
    await publish(folder, short)
    const whole = new Set([short.text, long.text])
    let [isWriting, reads, partial] = [true, 0, 0]
    const reader = (async () => {
      while (isWriting) {
        const text = await readFile(join(folder, PATH), 'utf8')
        reads++
        if (!whole.has(text)) partial++
      }
    })()
    for (let round = 0; round < 60; round++) await publish(folder, round % 2 === 0 ? long : short, { allowShrink: true, at: NOW + round })
    isWriting = false
    await reader
    expect(partial).toBe(0)
    expect(reads).toBeGreaterThan(60)
    expect(await filesIn(folder)).toHaveLength(4)
  })

  it('puts nothing in place before all of it is written', async () => {
    const folder = await temporaryFolder()
    await publish(folder, atomDocument(3))
    await writeFile(join(folder, 'file'), '')
    const documents = [atomDocument(4), atomDocument(1, { path: 'file/below.atom' })]
    await expect(publishDocuments(folder, documents, { allowShrink: false, now: () => NOW })).rejects.toMatchObject({
      code: 'publish-failed',
      message: expect.stringContaining('file/below.atom'),
    })
    expect(await readFile(join(folder, PATH), 'utf8')).toBe(atomDocument(3).text)
    expect(await filesIn(folder)).toHaveLength(5)
  })

  it('makes each version younger than the last by a second or more, though the clock stands still or goes back', async () => {
    const folder = await temporaryFolder()
    const seconds: number[] = []
    for (const [entries, at] of [
      [3, NOW],
      [4, NOW + 1],
      [5, NOW - 86_400_000],
      [6, NOW + 60_000],
    ] as const) {
      await publish(folder, atomDocument(entries), { at })
      seconds.push(Math.floor((await stat(join(folder, PATH))).mtimeMs / 1000) - Math.floor(NOW / 1000))
    }
    expect(seconds).toEqual([0, 1, 2, 60])
  })

  it('writes what is for servers alone without copies', async () => {
    const folder = await temporaryFolder()
    await publish(folder, { path: '_headers', kind: 'plain', text: '/*\n' })
    expect(await filesIn(folder)).toEqual(['_headers'])
  })

  it('fails with a reason, leaves the old file and no litter, where it cannot write', async () => {
    const folder = await temporaryFolder()
    await publish(folder, atomDocument(3))
    const old = await stat(join(folder, PATH))
    await mkdir(join(folder, 'other.atom.gz'), { recursive: true })
    await writeFile(join(folder, 'other.atom'), 'old')
    await expect(publish(folder, atomDocument(3, { path: 'other.atom' }))).rejects.toMatchObject({ code: 'publish-failed' })
    await expect(publish(folder, atomDocument(3, { path: `${PATH}/below.atom` }))).rejects.toMatchObject({ code: 'publish-failed' })
    expect(await readFile(join(folder, 'other.atom'), 'utf8')).toBe('old')
    expect(await stat(join(folder, PATH))).toEqual(old)
    expect((await readdir(folder)).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  // Permissions do not bind the superuser.
  it.skipIf(process.getuid?.() === 0)('leaves the old file in a folder that became read-only', async () => {
    const folder = await temporaryFolder()
    await publish(folder, atomDocument(3))
    await chmod(join(folder, 'feeds'), 0o555)
    await expect(publish(folder, atomDocument(4))).rejects.toMatchObject({ code: 'publish-failed' })
    await chmod(join(folder, 'feeds'), 0o755)
    expect(await readFile(join(folder, PATH), 'utf8')).toBe(atomDocument(3).text)
  })

  it('takes any name a label can have', async () => {
    const folder = await temporaryFolder()
    const path = `feeds/${'𠮷'.repeat(50)}.atom`
    expect(await publish(folder, atomDocument(1, { path }))).toMatchObject([{ kind: 'written' }])
    expect(await presentPaths(folder, [path])).toEqual(new Set([path]))
  })
})

describe('withdrawDocuments', () => {
  it('removes files with their copies, and does not mind what is gone', async () => {
    const folder = await temporaryFolder()
    await publish(folder, atomDocument(1))
    await publish(folder, atomDocument(1, { path: 'feeds/b.atom' }))
    await withdrawDocuments(folder, [PATH, 'feeds/nothing.atom'])
    expect(await filesIn(folder)).toEqual(['feeds/b.atom', 'feeds/b.atom.br', 'feeds/b.atom.gz', 'feeds/b.atom.zst'])
  })

  it('says what cannot be removed', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, PATH), { recursive: true })
    await expect(withdrawDocuments(folder, [PATH])).rejects.toMatchObject({
      code: 'publish-failed',
      message: expect.stringContaining(`${PATH}: expected a file that can be removed, got: `),
    })
  })
})
