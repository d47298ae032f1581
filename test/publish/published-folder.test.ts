import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publishDocuments } from '../../src/publish/publish-documents.ts'
import { areAllPresent, sweepFolder } from '../../src/publish/published-folder.ts'
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

  it('does not mind a folder that is not there', async () => {
    await expect(sweepFolder(join(await temporaryFolder(), 'nothing'), Date.now)).resolves.toBeUndefined()
  })
})

describe('areAllPresent', () => {
  it('misses a file, and a folder in its place', async () => {
    const folder = await temporaryFolder()
    await publishOne(folder)
    expect(await areAllPresent(folder, [PATH])).toBe(true)
    expect(await areAllPresent(folder, [PATH, 'feeds/b.atom'])).toBe(false)
    expect(await areAllPresent(folder, ['feeds'])).toBe(false)
  })
})
