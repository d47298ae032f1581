import { AppError } from '../domain/app-error.ts'

// What the operator can mend: rights, a file where a folder belongs, a full or read-only disk, a path that is too long.
const MENDABLE = new Set(['EACCES', 'EPERM', 'ENOTDIR', 'ENOSPC', 'EROFS', 'EEXIST', 'EISDIR', 'ENAMETOOLONG'])

/** Gives a file operation's failure on ground that the operator can mend as an AppError `publish-failed`, and anything else as it came. */
export function asForeseen(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const { code = '', path } = error as NodeJS.ErrnoException
  if (!MENDABLE.has(code)) return error
  return new AppError('publish-failed', `${path ?? 'a file'}: expected a place that can be written, got: ${error.message}`, {
    cause: error,
  })
}
