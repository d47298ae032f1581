import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { byteDigestOf } from '../../src/publish/byte-digest.ts'
import { publishDocuments } from '../../src/publish/publish-documents.ts'
import { intactPaths, presentPaths, sweepFolder } from '../../src/publish/published-folder.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'
import { atomDocument } from './samples.ts'

const NOW = Date.parse('2025-03-12T09:00:00.123Z')
const PATH = atomDocument(0).path

async function publishOne(folder: string): Promise<void> {
  await publishDocuments(folder, [atomDocument(1)], { allowShrink: false, now: () => NOW })
}

describe('sweepFolder', () => {
  it('removes half-written files at any depth once they are abandoned, and nothing else', async () => {
    const folder = await temporaryFolder()
    await publishOne(folder)
    const others = ['.keep', 'notes.tmp', 'feeds/.hidden']
    // The parent of a test run lives; process 2 ** 30 does not.
    const living = `feeds/.b.atom.${process.ppid}.456.tmp`
    for (const path of [...others, `.a.atom.${2 ** 30}.123.tmp`, living]) await writeFile(join(folder, path), 'half')
    await sweepFolder(folder, Date.now)
    expect(await filesIn(folder)).toEqual([...others, living, PATH, `${PATH}.br`, `${PATH}.gz`, `${PATH}.zst`].toSorted())
    await sweepFolder(folder, () => Date.now() + 11 * 60_000)
    expect(await filesIn(folder)).toEqual([...others, PATH, `${PATH}.br`, `${PATH}.gz`, `${PATH}.zst`].toSorted())
  })

  it('does not mind what cannot be removed', async () => {
    const folder = await temporaryFolder()
    // A folder is not removed as a file is, whoever asks.
    await mkdir(join(folder, `.a.atom.${2 ** 30}.1.tmp`))
    await writeFile(join(folder, `.b.atom.${2 ** 30}.1.tmp`), 'half')
    await sweepFolder(folder, Date.now)
    expect(await filesIn(folder)).toEqual([])
  })

  it('does not mind a folder that is not there', async () => {
    await expect(sweepFolder(join(await temporaryFolder(), 'nothing'), Date.now)).resolves.toBeUndefined()
  })
})

describe('presentPaths', () => {
  it('misses a file, and a folder in its place', async () => {
    const folder = await temporaryFolder()
    await publishOne(folder)
    expect(await presentPaths(folder, [PATH, 'feeds/b.atom', 'feeds'])).toEqual(new Set([PATH]))
  })
})

describe('intactPaths', () => {
  const byteDigest = byteDigestOf(Buffer.from(atomDocument(1).text))

  it('trusts a file with the bytes it is known to have', async () => {
    const folder = await temporaryFolder()
    await publishOne(folder)
    expect(await intactPaths(folder, [{ path: PATH, byteDigest }])).toEqual(new Set([PATH]))
  })

  const harms: readonly (readonly [name: string, harm: (file: string) => Promise<void>])[] = [
    ['a file with other bytes', file => writeFile(file, atomDocument(2).text)],
    ['a file that is gone', file => rm(file)],
    ['a file beside which a copy of another version stands', file => utimes(`${file}.br`, 1, 1)],
  ]
  for (const [name, harm] of harms) {
    it(`does not trust ${name}`, async () => {
      const folder = await temporaryFolder()
      await publishOne(folder)
      await harm(join(folder, PATH))
      expect(await intactPaths(folder, [{ path: PATH, byteDigest }])).toEqual(new Set())
    })
  }
})
