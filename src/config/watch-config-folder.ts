import { watch } from 'node:fs'
import { basename } from 'node:path'
import { CONFIG_FILES } from './read-config-folder.ts'

// Editors save in several steps (truncate, write, rename); a third of a second after the last one the file is whole.
const SETTLE_MS = 300

/**
 * Calls back once after each burst of changes to the files of a config folder. The folder is watched, not the files:
 * a watch on a file goes dead when an editor replaces it by renaming.
 *
 * @returns ends the watch
 */
export function watchConfigFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(folder, { persistent: false }, (_, file) => {
    if (file !== null && !(CONFIG_FILES as readonly string[]).includes(basename(file))) return
    clearTimeout(timer)
    timer = setTimeout(changed, SETTLE_MS)
    timer.unref()
  })
  // A folder that vanishes ends the watch; SIGHUP still reloads.
  watcher.on('error', () => watcher.close())
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}
