import { randomUUID } from 'node:crypto'
import { closeSync, fsync, futimesSync, mkdirSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import type { Instant } from '../domain/time.ts'

// Windows of the size of the bytes: the usual ones are megabytes, and setting them up costs ten times the work itself.
// The next levels take a third longer and more to save a per cent of 300 kB of Japanese.
const COMPRESSORS = {
  '.gz': (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 5 }),
  '.br': (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 7,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_LGWIN]: windowOf(bytes),
      },
    }),
  '.zst': (bytes: Uint8Array) =>
    promisify(zstdCompress)(bytes, {
      pledgedSrcSize: bytes.length,
      params: { [constants.ZSTD_c_compressionLevel]: 7, [constants.ZSTD_c_windowLog]: windowOf(bytes) },
    }),
} as const

/** The power of two that holds them, within what both formats take everywhere. */
function windowOf({ length }: Uint8Array): number {
  return Math.min(22, Math.max(10, Math.ceil(Math.log2(length + 1))))
}

/** The suffixes of the compressed copies that stand beside a file, as web servers look for them. */
const COMPRESSED_SUFFIXES = Object.keys(COMPRESSORS) as readonly (keyof typeof COMPRESSORS)[]

/** A file's next version, written and flushed under a name of its own in the same folder, with its compressed copies. */
export interface StagedFile {
  readonly file: string
  /** What stands where, and where it belongs; the file itself comes last. */
  readonly names: readonly { readonly temporary: string; readonly target: string }[]
}

/** Puts a version in place: each name shows one version or the other, whole. */
export function swapIn({ names }: StagedFile): void {
  for (const { temporary, target } of names) renameSync(temporary, target)
}

/** Takes away what was not put in place. */
export async function discard({ names }: Pick<StagedFile, 'names'>): Promise<void> {
  for (const { temporary } of names) await rm(temporary, { force: true })
}

/**
 * Writes a file's next version beside it. Its compressed copies carry the same modification time; a copy with another
 * time belongs to another version and is not to be served. What fails leaves nothing behind.
 *
 * @param as.modifiedAt the modification time, which is to be another than that of the version in place
 * @param as.isCompressed whether copies are made
 */
export async function stageFile(
  file: string,
  bytes: Uint8Array,
  as: { readonly modifiedAt: Instant; readonly isCompressed: boolean },
): Promise<StagedFile> {
  const copies = as.isCompressed ? COMPRESSED_SUFFIXES : []
  const compressed = await Promise.all(copies.map(async suffix => [file + suffix, await COMPRESSORS[suffix](bytes)] as const))
  // The file comes last: whoever finds it new finds its copies new too.
  const staged = [...compressed, [file, bytes] as const].map(([target, content]) => {
    const temporary = join(dirname(file), `.${basename(target).slice(0, 40)}.${process.pid}.${randomUUID()}.tmp`)
    return { target, content, temporary }
  })
  // Flushed together they take the disk about as long as one.
  const written = await Promise.allSettled(staged.map(({ temporary, content }) => writeFlushed(temporary, content, as.modifiedAt)))
  const failed = written.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') {
    await discard({ names: staged })
    throw failed.reason
  }
  return { file, names: staged.map(({ temporary, target }) => ({ temporary, target })) }
}

/** Removes a file with its compressed copies; one that is gone already is no error. */
export async function removeFile(file: string): Promise<void> {
  for (const path of [file, ...COMPRESSED_SUFFIXES.map(suffix => file + suffix)]) await rm(path, { force: true })
}

/** Whether every compressed copy stands beside the file and is of its version. */
export function hasCopiesOfItsVersion(file: string): boolean {
  const [whole, ...copies] = modificationsOf(file)
  return copies.every(mtimeMs => mtimeMs === whole)
}

/** Whether a compressed copy of another version stands beside the file. */
export function hasForeignCopies(file: string): boolean {
  const [whole, ...copies] = modificationsOf(file)
  return copies.some(mtimeMs => mtimeMs !== undefined && mtimeMs !== whole)
}

function modificationsOf(file: string): readonly (number | undefined)[] {
  return ['', ...COMPRESSED_SUFFIXES].map(suffix => modificationOf(file + suffix))
}

/** When a file was put in place, ms; undefined where there is none, or none that can be reached. */
export function modificationOf(file: string): number | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs
  } catch {
    return undefined
  }
}

// All but the flush ends in the memory of the system; through the pool of threads each of these steps costs ten times as much.

async function writeFlushed(file: string, bytes: Uint8Array, modifiedAt: Instant): Promise<void> {
  const handle = openNew(file)
  try {
    writeFileSync(handle, bytes)
    futimesSync(handle, modifiedAt / 1000, modifiedAt / 1000)
    await flush(handle)
  } finally {
    closeSync(handle)
  }
}

const flush = promisify(fsync)

function openNew(file: string): number {
  try {
    return openSync(file, 'wx', 0o644)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    mkdirSync(dirname(file), { recursive: true })
    return openSync(file, 'wx', 0o644)
  }
}
