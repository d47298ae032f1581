import { type FSWatcher, watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { folderState } from '../posts/folder.ts'
import { settledChanges } from './settled-changes.ts'

/**
 * Calls back once after each burst of changes among the posts of a folder and the folders below it. The folder need not be
 * there: it is waited for, and found again where it is moved away and another put in its place.
 *
 * Each folder is watched by itself. Node's recursive watch on Linux watches every file as well, and misses what is put
 * into a folder while that is being made.
 *
 * @param unwatchable told the first time that the system cannot watch one of the folders
 * @returns ends the watch; by the time it is given, no change is missed
 */
export async function watchPostFolder(folder: string, changed: () => void, unwatchable: (error: unknown) => void): Promise<() => void> {
  let stir = () => {}
  const watches = folderWatches(() => stir(), unwatchable)
  const look = async () => {
    const state = await folderState(folder)
    const above = await nearestAbove(folder)
    const isNew = await watches.keepTo([above, ...(state?.folders ?? []).map(path => ({ path }))])
    // What came between the look and the watch has not been seen.
    if (isNew) stir()
    return state?.digest ?? 'not there'
  }
  const changes = await settledChanges(look, changed)
  stir = changes.stir
  stir()
  return () => {
    changes.end()
    watches.end()
  }
}

interface Watched {
  readonly path: string
  /** The only name in it that matters; without one all do. */
  readonly only?: string
}

/** The nearest folder above that is there, with what leads from it to `folder`: its coming, going and swapping shows there. */
async function nearestAbove(folder: string): Promise<Watched> {
  for (let [path, only] = [dirname(folder), basename(folder)]; ; [path, only] = [dirname(path), basename(path)]) {
    const isThere = (await stat(path).catch(() => undefined))?.isDirectory() === true
    if (isThere || dirname(path) === path) return { path, only }
  }
}

interface Watch {
  readonly watcher: FSWatcher
  /** Of the folder itself: another one may take its place under its name. */
  readonly identity: string
}

/** Watches a changing set of folders. */
function folderWatches(stir: () => void, unwatchable: (error: unknown) => void) {
  const watches = new Map<string, Watch>()
  let isRefused = false
  let isEnded = false
  const drop = (key: string) => {
    watches.get(key)?.watcher.close()
    watches.delete(key)
  }
  const begin = (key: string, identity: string, { path, only }: Watched) => {
    try {
      const watcher = watch(path, { persistent: false }, (_, name) => {
        // A folder that is moved or removed says its own name last, and its watch is dead.
        if (name === basename(path)) drop(key)
        if (only === undefined || name === null || name === only || name === basename(path)) stir()
      })
      watcher.on('error', () => {
        drop(key)
        stir()
      })
      watches.set(key, { watcher, identity })
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (!isRefused && !isGone) unwatchable(error)
      isRefused ||= !isGone
    }
  }
  return {
    /** Watches these and no others; tells whether one of them was not watched before. */
    keepTo: async (folders: readonly Watched[]): Promise<boolean> => {
      const wanted = new Map<string, { readonly folder: Watched; readonly identity: string }>()
      for (const folder of folders) {
        const found = await stat(folder.path).catch(() => undefined)
        if (found !== undefined) wanted.set(keyOf(folder), { folder, identity: `${found.dev}:${found.ino}` })
      }
      for (const [key, { identity }] of watches) if (wanted.get(key)?.identity !== identity) drop(key)
      if (isEnded) return false
      const before = watches.size
      for (const [key, { folder, identity }] of wanted) if (!watches.has(key)) begin(key, identity, folder)
      return watches.size > before
    },
    end: () => {
      isEnded = true
      for (const key of [...watches.keys()]) drop(key)
    },
  }
}

function keyOf({ path, only }: Watched): string {
  return only === undefined ? path : `${path} for ${only}`
}
