import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './at-end.ts'

/** Makes an empty folder that is removed when the tests of the file are done. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'kakehashi-test-'))
  atEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }))
  return folder
}

/** Paths of the files below a folder, relative to it, in order; none where there is no folder. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return found
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted()
}

/** Digest and modification time (ms) of every file below a folder, by its path relative to it. */
export async function snapshotOf(folder: string): Promise<Readonly<Record<string, { readonly digest: string; readonly mtimeMs: number }>>> {
  const files = await Promise.all(
    (await filesIn(folder)).map(async path => {
      const file = join(folder, path)
      const digest = createHash('sha256')
        .update(await readFile(file))
        .digest('hex')
      return [path, { digest, mtimeMs: (await stat(file)).mtimeMs }] as const
    }),
  )
  return Object.fromEntries(files)
}
