import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Clock, Instant } from '../domain/time.ts'

/** The ways a file is sent. */
export type Coding = 'identity' | 'gzip' | 'br'

/** A published file ready to send: every coding of it with its own strong validator (RFC 9110 §8.8.3). */
export interface ServedFile {
  readonly bodies: Readonly<Record<Coding, Buffer>>
  readonly etags: Readonly<Record<Coding, string>>
  /** Whole seconds, as Last-Modified carries them. */
  readonly modifiedAt: Instant
}

// Between two looks at the disk a file is served from memory; a change shows within a second.
const FRESH_MS = 1_000
const MAX_FILES = 2_000

/**
 * Gives published files from memory; the disk is looked at once a second at most. A file that vanished is served
 * no more.
 */
export function staticFiles(folder: string, now: Clock): { readonly get: (path: string) => Promise<ServedFile | undefined> } {
  const kept = new Map<string, { readonly file: ServedFile; readonly version: string; checkedAt: Instant }>()
  return {
    get: async path => {
      const known = kept.get(path)
      if (known !== undefined && now() - known.checkedAt < FRESH_MS) return known.file
      const info = await stat(join(folder, path)).catch(() => undefined)
      if (info === undefined || !info.isFile()) {
        kept.delete(path)
        return undefined
      }
      // A file that was replaced within one tick of the clock is another file all the same.
      const version = `${info.ino}:${info.size}:${info.mtimeMs}`
      if (known?.version === version) {
        known.checkedAt = now()
        return known.file
      }
      const file = await load(join(folder, path), info.mtimeMs)
      kept.delete(path)
      kept.set(path, { file, version, checkedAt: now() })
      const oldest = kept.size > MAX_FILES ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
      return file
    },
  }
}

async function load(file: string, mtimeMs: number): Promise<ServedFile> {
  const identity = await readFile(file)
  const [zipped, brotli] = await Promise.all([
    copyOf(`${file}.gz`, mtimeMs, () => promisify(gzip)(identity)),
    copyOf(`${file}.br`, mtimeMs, () => promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  ])
  const digest = createHash('sha256').update(identity).digest('base64url').slice(0, 22)
  return {
    bodies: { identity, gzip: zipped, br: brotli },
    etags: { identity: `"${digest}"`, gzip: `"${digest}-gzip"`, br: `"${digest}-br"` },
    modifiedAt: Math.floor(mtimeMs / 1000) * 1000,
  }
}

/** The compressed copy beside the file, if it is of the same version; else one made now. */
async function copyOf(file: string, mtimeMs: number, make: () => Promise<Buffer>): Promise<Buffer> {
  const info = await stat(file).catch(() => undefined)
  return info !== undefined && info.mtimeMs === mtimeMs ? readFile(file) : make()
}
