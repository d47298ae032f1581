/** What can foreseeably go wrong; one table in `cli/` maps it to an exit code, one in `web/` to a status. */
export type ErrorCode =
  | 'config-invalid'
  | 'config-missing'
  | 'usage'
  | 'not-found'
  | 'feed-unreadable'
  | 'folder-unreadable'
  | 'entry-unrenderable'
  | 'document-invalid'
  | 'store-unusable'
  | 'publish-failed'
  | 'address-in-use'

/** A failure that was foreseen: a code for programs and a sentence for people (where, what was expected, what came). */
export class AppError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
  }
}
