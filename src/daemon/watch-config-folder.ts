import { watch } from 'node:fs'
import { digestConfigFolder } from '../config/read-config-folder.ts'
import { settledChanges } from './settled-changes.ts'

/**
 * Calls back once after each burst of changes that leaves the files of a config folder different. The folder is watched,
 * not the files: a watch on a file goes dead when an editor replaces it by renaming, and where the files are links, as
 * in a mounted Kubernetes ConfigMap, their own names are never touched.
 *
 * @returns ends the watch; by the time it is given, no change is missed
 * @throws when the system cannot watch the folder
 */
export async function watchConfigFolder(folder: string, changed: () => void): Promise<() => void> {
  // A folder that cannot be read differs from any that can: its reader says why.
  const changes = await settledChanges(() => digestConfigFolder(folder).catch(() => 'unreadable'), changed)
  const watcher = watch(folder, { persistent: false }, changes.stir)
  // A folder that vanishes ends the watch; SIGHUP still reloads.
  watcher.on('error', () => watcher.close())
  // Between the first look and the watch something may have changed.
  changes.stir()
  return () => {
    changes.end()
    watcher.close()
  }
}
