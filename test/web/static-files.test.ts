import { mkdir, rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { staticFiles } from '../../src/web/static-files.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { SITE } from './served-place.ts'

describe('staticFiles', () => {
  let folder: string
  let now: number
  const put = async (path: string, bytes: string | Buffer, at = 1_700_000_000) => {
    await writeFile(join(folder, `${path}.new`), bytes)
    await utimes(join(folder, `${path}.new`), at, at)
    await rename(join(folder, `${path}.new`), join(folder, path))
  }
  beforeEach(async () => {
    folder = await temporaryFolder()
    now = 0
  })

  it('lets the file that was asked for longest ago leave when memory is full', async () => {
    // Each takes 4,000 bytes besides its own four forms.
    const files = staticFiles(folder, () => now, SITE, { maxBytes: 25_000, maxBodyBytes: 100_000 })
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await put(name, Buffer.alloc(6_000, name))
    for (const name of ['a.txt', 'b.txt']) await files.get(name)
    now = 1_000
    await files.get('b.txt')
    await files.get('a.txt')
    await files.get('c.txt')
    expect(['a.txt', 'b.txt', 'c.txt'].map(name => files.fresh(name) !== undefined)).toEqual([true, false, true])
  })

  it('keeps no large body in memory, but a small compressed copy of it', async () => {
    const files = staticFiles(folder, () => now, SITE, { maxBytes: 25_000, maxBodyBytes: 1_000 })
    const large = Buffer.alloc(50_000, 'a')
    await put('a.txt.gz', gzipSync(large))
    await put('a.txt', large)
    const forms = (await files.get('a.txt'))?.forms
    expect([forms?.identity.body.kind, forms?.gzip.body.kind]).toEqual(['disk', 'memory'])
    expect(forms?.br).toBe(forms?.identity)
    expect(files.fresh('a.txt')).toBeDefined()
  })

  it('reads a file once for all that ask at the same time', async () => {
    await put('a.txt', 'a')
    const files = staticFiles(folder, () => now, SITE)
    const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => files.get('a.txt')))
    expect(first).toBeDefined()
    expect(others.every(file => file === first)).toBe(true)
  })

  it('looks again where the clock was set back', async () => {
    await put('a.txt', 'a')
    const files = staticFiles(folder, () => now, SITE)
    now = 86_400_000
    await files.get('a.txt')
    now = 0
    expect(files.fresh('a.txt')).toBeUndefined()
  })

  it('gives nothing for a folder or a missing file', async () => {
    await mkdir(join(folder, 'feeds.txt'))
    const files = staticFiles(folder, () => now, SITE)
    expect([await files.get('feeds.txt'), await files.get('none.txt')]).toEqual([undefined, undefined])
  })
})
