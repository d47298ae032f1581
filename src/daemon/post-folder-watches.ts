import type { SourceId } from '../domain/identifiers.ts'
import type { PostFolderSource, PostSource } from '../domain/outlet.ts'
import { watchPostFolder } from './watch-post-folder.ts'

/** Watches on the post folders of the config in force. */
export interface PostFolderWatches {
  /** Watches the folders of these sources and no others. */
  readonly follow: (sources: readonly PostSource[]) => Promise<void>
  readonly end: () => void
}

/** Watches no folder yet; `changed` is told of the sources whose posts have changed, `unwatchable` of those that cannot be watched. */
export function postFolderWatches(
  changed: (source: SourceId) => void,
  unwatchable: (source: SourceId, error: unknown) => void,
): PostFolderWatches {
  const watches = new Map<string, () => void>()
  let turn: Promise<void> = Promise.resolve()
  let isEnded = false
  const begin = async ({ id, folder }: PostFolderSource) => {
    const end = await watchPostFolder(
      folder,
      () => changed(id),
      error => unwatchable(id, error),
    )
    if (isEnded) end()
    else watches.set(keyOf({ id, folder }), end)
  }
  const keepTo = async (sources: readonly PostSource[]) => {
    const folders = sources.filter(source => source.kind === 'post-folder')
    const wanted = new Set(folders.map(keyOf))
    for (const [key, end] of watches) {
      if (wanted.has(key)) continue
      end()
      watches.delete(key)
    }
    for (const source of folders) if (!isEnded && !watches.has(keyOf(source))) await begin(source)
  }
  return {
    follow: sources => {
      turn = turn.then(() => keepTo(sources))
      return turn
    },
    end: () => {
      isEnded = true
      for (const end of watches.values()) end()
      watches.clear()
    },
  }
}

function keyOf({ id, folder }: Pick<PostFolderSource, 'id' | 'folder'>): string {
  return JSON.stringify([id, folder])
}
