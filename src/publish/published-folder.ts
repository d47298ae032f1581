import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Clock, Instant } from '../domain/time.ts'
import { byteDigestOf } from './byte-digest.ts'
import { isAlive } from './living-process.ts'
import { hasForeignCopies } from './write-file.ts'

// Nobody takes this long over a file; a process of the same number may be another one by then.
const ABANDONED_MS = 10 * 60_000
const TEMPORARY = /^\.[^\\/]+?(?:\.(\d+))?\.[^\\/.]+\.tmp$/

/**
 * Removes what a crash left behind: half-written files under names of their own. Those of a living process stay; so do those
 * that cannot be removed, which is no reason not to publish.
 */
export async function sweepFolder(folder: string, now: Clock): Promise<void> {
  // Names alone would be asked for one by one whether they are folders.
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const { name, parentPath } of found) await sweepAway(parentPath, name, now)
}

/** The same for what was to become one file. */
export async function sweepBeside(file: string, now: Clock): Promise<void> {
  const folder = dirname(file)
  const found = await readdir(folder).catch(() => [])
  for (const name of found) if (name.startsWith(`.${basename(file)}.`)) await sweepAway(folder, name, now)
}

async function sweepAway(folder: string, name: string, now: Clock): Promise<void> {
  const temporary = TEMPORARY.exec(name)
  if (temporary === null) return
  const file = join(folder, name)
  const info = await stat(file).catch(() => undefined)
  const isAbandoned = info !== undefined && info.mtimeMs < now() - ABANDONED_MS
  if (isAbandoned || !isAlive(Number(temporary[1]))) await rm(file, { force: true }).catch(() => {})
}

/** Those of the files that are there. Each folder is read once: asking for thousands of files one by one takes ten times as long. */
export async function presentPaths(folder: string, paths: Iterable<string>): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const [parent, children] of Map.groupBy(paths, path => dirname(path))) {
    const names = await filesIn(join(folder, parent))
    for (const path of children) if (names.has(basename(path))) found.add(path)
  }
  return found
}

/** The files that are directly in some of the folders there. */
export async function pathsIn(folder: string, parents: readonly string[]): Promise<readonly string[]> {
  const found = parents.map(async parent => [...(await filesIn(join(folder, parent)))].map(name => `${parent}/${name}`))
  return (await Promise.all(found)).flat()
}

/** The names of the files in a folder, or of links to files; none where there is no folder. */
async function filesIn(folder: string): Promise<ReadonlySet<string>> {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = new Set<string>()
  for (const entry of found)
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(folder, entry.name))))) names.add(entry.name)
  return names
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    info => info.isFile(),
    () => false,
  )
}

/** When the latest of some files was put in place; 0 where there is none. */
export async function latestModification(folder: string, paths: readonly string[]): Promise<Instant> {
  const times = paths.map(path =>
    stat(join(folder, path)).then(
      ({ mtimeMs }) => Math.trunc(mtimeMs),
      () => 0,
    ),
  )
  return (await Promise.all(times)).reduce((latest, time) => Math.max(latest, time), 0)
}

// As many as a disk and the memory take at once.
const LOOKED_AT_TOGETHER = 32

/**
 * Those of the files that have the bytes they are known to have, and beside which no compressed copy of another version
 * stands. What a run that was cut off has touched is not among them.
 */
export async function intactPaths(
  folder: string,
  known: Iterable<{ readonly path: string; readonly byteDigest: string }>,
): Promise<ReadonlySet<string>> {
  const digests = new Map([...known].map(({ path, byteDigest }) => [path, byteDigest]))
  const isIntact = async (path: string) => {
    const file = join(folder, path)
    return byteDigestOf(await readFile(file)) === digests.get(path) && !hasForeignCopies(file)
  }
  const all = [...digests.keys()]
  const found = new Set<string>()
  for (let at = 0; at < all.length; at += LOOKED_AT_TOGETHER) {
    const some = all.slice(at, at + LOOKED_AT_TOGETHER)
    const answers = await Promise.all(some.map(path => isIntact(path).catch(() => false)))
    for (const [index, path] of some.entries()) if (answers[index]) found.add(path)
  }
  return found
}
