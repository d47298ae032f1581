import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const gzipAsync = promisify(gzip)
const brotliAsync = promisify(brotliCompress)

/** The suffixes of the compressed copies that stand beside a file, as web servers look for them. */
export const COMPRESSED_SUFFIXES = ['.gz', '.br'] as const

/**
 * Replaces a file whole or not at all: the bytes are written and flushed under another name in the same folder, then
 * renamed. Compressed copies are written first and carry the same modification time; a copy with another time belongs to
 * another version and is not to be served.
 *
 * @param now the modification time, ms
 */
export async function writeFileWhole(file: string, bytes: Buffer, now: number): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const [zipped, brotli] = await Promise.all([
    gzipAsync(bytes, { level: 9 }),
    // 11 takes ten times as long as 9 and saves three per cent.
    brotliAsync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  ])
  await replace(`${file}.gz`, zipped, now)
  await replace(`${file}.br`, brotli, now)
  await replace(file, bytes, now)
}

/** Removes a file with its compressed copies; one that is gone already is no error. */
export async function removeFile(file: string): Promise<void> {
  for (const path of [file, ...COMPRESSED_SUFFIXES.map(suffix => file + suffix)]) await rm(path, { force: true })
}

async function replace(file: string, bytes: Uint8Array, now: number): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file).slice(0, 40)}.${process.pid}.${randomUUID()}.tmp`)
  try {
    const handle = await open(temporary, 'wx', 0o644)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await utimes(temporary, now / 1000, now / 1000)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
