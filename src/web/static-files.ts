import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock, Instant } from '../domain/time.ts'
import { byteBoundedCache } from './byte-bounded-cache.ts'
import { type LoadedFile, loadFile, type ServedFile, versionOf } from './load-file.ts'
import type { ServedSite } from './response-headers.ts'

/** Published files by their path below the folder. */
export interface StaticFiles {
  /** The file if it was looked at within the last second. */
  readonly fresh: (path: string) => ServedFile | undefined
  /** The file as it is now, or was within the last second; undefined when there is none. */
  readonly get: (path: string) => Promise<ServedFile | undefined>
}

/** How much is kept in memory: of all files in all codings together, and of one body. */
export interface MemoryLimits {
  readonly maxBytes: number
  readonly maxBodyBytes: number
}

// Between two looks at the disk a file is served from memory; a change shows within a second.
const FRESH_MS = 1_000
// What a file costs besides its bytes: headers, keys, the records of its buffers.
const OVERHEAD_BYTES = 4_000
// Room for some 400 feeds of 110 kB with their copies; what is asked for less often is read again.
const MEMORY: MemoryLimits = { maxBytes: 64_000_000, maxBodyBytes: 8_000_000 }

/**
 * Gives published files from memory; the disk is looked at once a second at most. A file that vanished is served
 * no more. What was asked for longest ago makes room; large bodies stay on disk.
 */
export function staticFiles(folder: string, now: Clock, site: ServedSite, limits: MemoryLimits = MEMORY): StaticFiles {
  const kept = byteBoundedCache<{ readonly file: LoadedFile; readonly checkedAt: Instant }>(limits.maxBytes)
  const looks = new Map<string, Promise<ServedFile | undefined>>()
  const fresh = (path: string) => {
    const known = kept.get(path)
    // A clock that was set back makes nothing fresh.
    return known !== undefined && Math.abs(now() - known.checkedAt) < FRESH_MS ? known.file.served : undefined
  }
  const look = async (path: string) => {
    const info = await stat(join(folder, path)).catch(() => undefined)
    const known = kept.get(path)?.file
    const isKnown = info !== undefined && known?.version === versionOf(info)
    const file = isKnown ? known : info?.isFile() ? await loadFile(folder, path, limits.maxBodyBytes, site) : undefined
    if (file === undefined) kept.delete(path)
    else kept.set(path, { file, checkedAt: now() }, file.bytesInMemory + OVERHEAD_BYTES)
    return file?.served
  }
  // Of many that ask at once for a file that has changed, one reads and compresses it.
  const lookOnce = (path: string) => {
    const underWay = looks.get(path) ?? look(path).finally(() => looks.delete(path))
    looks.set(path, underWay)
    return underWay
  }
  return { fresh, get: async path => fresh(path) ?? lookOnce(path) }
}
