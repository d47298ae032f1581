import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../domain/time.ts'

// Nobody takes this long over a file; a process of the same number may be another one by then.
const ABANDONED_MS = 10 * 60_000
const TEMPORARY = /(?:^|[\\/])\.[^\\/]+?(?:\.(\d+))?\.[^\\/.]+\.tmp$/

/** Removes what a crash left behind: half-written files under names of their own. Those of a living process stay. */
export async function sweepFolder(folder: string, now: Clock): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  for (const name of names) {
    const temporary = TEMPORARY.exec(name)
    if (temporary === null) continue
    const file = join(folder, name)
    const info = await stat(file).catch(() => undefined)
    const isAbandoned = info !== undefined && info.mtimeMs < now() - ABANDONED_MS
    if (isAbandoned || !isAlive(Number(temporary[1]))) await rm(file, { force: true })
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

/** Whether every file is still there. */
export async function areAllPresent(folder: string, paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map(path =>
      stat(join(folder, path)).then(
        info => info.isFile(),
        () => false,
      ),
    ),
  )
  return found.every(Boolean)
}
