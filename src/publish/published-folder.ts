import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../domain/time.ts'
import { byteDigestOf } from './byte-digest.ts'
import { hasForeignCopies } from './write-file.ts'

// Nobody takes this long over a file; a process of the same number may be another one by then.
const ABANDONED_MS = 10 * 60_000
const TEMPORARY = /(?:^|[\\/])\.[^\\/]+?(?:\.(\d+))?\.[^\\/.]+\.tmp$/

/**
 * Removes what a crash left behind: half-written files under names of their own. Those of a living process stay; so do those
 * that cannot be removed, which is no reason not to publish.
 */
export async function sweepFolder(folder: string, now: Clock): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  for (const name of names) {
    const temporary = TEMPORARY.exec(name)
    if (temporary === null) continue
    const file = join(folder, name)
    const info = await stat(file).catch(() => undefined)
    const isAbandoned = info !== undefined && info.mtimeMs < now() - ABANDONED_MS
    if (isAbandoned || !isAlive(Number(temporary[1]))) await rm(file, { force: true }).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Those of the files that are there. */
export async function presentPaths(folder: string, paths: Iterable<string>): Promise<ReadonlySet<string>> {
  return pathsWhere(paths, async path => (await stat(join(folder, path))).isFile())
}

/**
 * Those of the files that have the bytes they are known to have, and beside which no compressed copy of another version
 * stands. What a run that was cut off has touched is not among them.
 */
export async function intactPaths(
  folder: string,
  known: Iterable<{ readonly path: string; readonly byteDigest: string }>,
): Promise<ReadonlySet<string>> {
  const digests = new Map([...known].map(({ path, byteDigest }) => [path, byteDigest]))
  return pathsWhere(digests.keys(), async path => {
    const file = join(folder, path)
    return byteDigestOf(await readFile(file)) === digests.get(path) && !(await hasForeignCopies(file))
  })
}

// As many as a disk and the memory take at once.
const LOOKED_AT_TOGETHER = 32

async function pathsWhere(paths: Iterable<string>, holds: (path: string) => Promise<boolean>): Promise<ReadonlySet<string>> {
  const all = [...paths]
  const found = new Set<string>()
  for (let at = 0; at < all.length; at += LOOKED_AT_TOGETHER) {
    const some = all.slice(at, at + LOOKED_AT_TOGETHER)
    const answers = await Promise.all(some.map(path => holds(path).catch(() => false)))
    for (const [index, path] of some.entries()) if (answers[index]) found.add(path)
  }
  return found
}
