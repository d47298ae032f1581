import { open } from 'node:fs/promises'
import { AppError } from '../../domain/app-error.ts'

const LARGEST_FILE = 500_000_000

/**
 * Reads a file whole, after a look at its size.
 *
 * @throws AppError `not-found` where it cannot be read, `feed-unreadable` where it is no file or larger than 500 MB
 */
export async function readExportFile(file: string): Promise<Uint8Array> {
  try {
    await using handle = await open(file)
    const stats = await handle.stat()
    if (!stats.isFile()) throw new AppError('feed-unreadable', `${file}: expected an export file, got a folder or device`)
    if (stats.size > LARGEST_FILE) throw new AppError('feed-unreadable', `${file}: expected at most 500 MB, got ${stats.size} bytes`)
    return await handle.readFile()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('not-found', `${file}: expected a file that can be read, got: ${reason}`, { cause })
  }
}
