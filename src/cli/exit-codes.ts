import type { ErrorCode } from '../domain/app-error.ts'

/** What the program's exit code says; documented in README.md. */
export const EXIT = {
  ok: 0,
  /** A bug, or ground that broke under us. */
  internal: 1,
  /** The config or the command line is wrong. */
  usage: 2,
  /** Done, but a source failed or something was not published; what it is stands in the summary. */
  partial: 3,
  /** What was asked for is not known. */
  notFound: 4,
  /** The store or the output folder cannot be used. */
  unusable: 5,
} as const

/** The exit code of a foreseen failure. */
export const EXIT_OF: Readonly<Record<ErrorCode, number>> = {
  'config-invalid': EXIT.usage,
  'config-missing': EXIT.usage,
  usage: EXIT.usage,
  'not-found': EXIT.notFound,
  'feed-unreadable': EXIT.partial,
  'folder-unreadable': EXIT.partial,
  'entry-unrenderable': EXIT.partial,
  'document-invalid': EXIT.partial,
  'store-unusable': EXIT.unusable,
  'publish-failed': EXIT.unusable,
  'address-in-use': EXIT.unusable,
}
