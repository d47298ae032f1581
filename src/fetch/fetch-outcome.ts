import type { FailureReason, Validators } from '../domain/poll.ts'

/** What a fetch came to. Whatever the network does ends in one of these; nothing is thrown for it. */
export type FetchOutcome = FetchedDocument | UnchangedDocument | FailedFetch

/** A document arrived whole. The strings are header values as received; repeated `Link` is joined by commas. */
export interface FetchedDocument {
  readonly kind: 'ok'
  /** Where the bytes came from, after redirects; without userinfo and fragment, so it is safe as a base address. */
  readonly url: string
  readonly status: number
  /** The body without its content codings; never empty. */
  readonly bytes: Uint8Array
  readonly contentType?: string
  readonly contentLocation?: string
  readonly linkHeader?: string
  /** How long the publisher lets the document be used without asking again. */
  readonly freshForMs?: number
  readonly validators: Validators
  /** Where the document lives for good: the last address reached while every redirect so far was permanent (301, 308). */
  readonly movedTo?: string
}

/** The document is the one the validators stand for (RFC 9110 §15.4.5). */
export interface UnchangedDocument {
  readonly kind: 'not-modified'
  /** What the 304 sent, completed by what was sent to it. */
  readonly validators: Validators
  readonly freshForMs?: number
  readonly movedTo?: string
}

/** No document. */
export interface FailedFetch {
  readonly kind: 'failed'
  readonly reason: FailureReason
  /** One sentence for an operator; never holds the userinfo or query of an address. */
  readonly detail: string
  /** How long the server asks to be left alone, at most two days. */
  readonly retryAfterMs?: number
}

/** A failed fetch, where there is no wish of the server's to pass on. */
export function failed(reason: FailureReason, detail: string): FailedFetch {
  return { kind: 'failed', reason, detail }
}
