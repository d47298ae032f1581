import { watch } from 'node:fs'
import { digestConfigFolder } from './read-config-folder.ts'

// Editors save in several steps (truncate, write, rename); a third of a second after the last one the file is whole.
const SETTLE_MS = 300
// Something else may be written to the folder all the time.
const LONGEST_UNREST_MS = 2_000

/**
 * Calls back once after each burst of changes that leaves the files of a config folder different. The folder is watched,
 * not the files: a watch on a file goes dead when an editor replaces it by renaming, and where the files are links, as
 * in a mounted Kubernetes ConfigMap, their own names are never touched.
 *
 * @returns ends the watch; by the time it is given, no change is missed
 * @throws when the system cannot watch the folder
 */
export async function watchConfigFolder(folder: string, changed: () => void): Promise<() => void> {
  let known = await digest(folder)
  let timer: NodeJS.Timeout | undefined
  let unrest: NodeJS.Timeout | undefined
  let looking = Promise.resolve()
  let isEnded = false
  const rest = () => {
    clearTimeout(timer)
    clearTimeout(unrest)
    unrest = undefined
  }
  const look = async () => {
    const current = await digest(folder)
    if (isEnded || current === known) return
    known = current
    changed()
  }
  const settled = () => {
    rest()
    looking = looking.then(look)
  }
  const stir = () => {
    clearTimeout(timer)
    timer = setTimeout(settled, SETTLE_MS).unref()
    unrest ??= setTimeout(settled, LONGEST_UNREST_MS).unref()
  }
  const watcher = watch(folder, { persistent: false }, stir)
  // A folder that vanishes ends the watch; SIGHUP still reloads.
  watcher.on('error', () => watcher.close())
  // Between the first look and the watch something may have changed.
  stir()
  return () => {
    isEnded = true
    rest()
    watcher.close()
  }
}

/** A folder that cannot be read differs from any that can: its reader says why. */
function digest(folder: string): Promise<string> {
  return digestConfigFolder(folder).catch(() => 'unreadable')
}
