import type { FailureReason } from '../domain/poll.ts'

/** Ends a fetch from the depth of a stream or a connector; it becomes a `failed` outcome and never leaves `fetch/`. */
export class FetchFailure extends Error {
  readonly reason: FailureReason

  /** @param detail one sentence for an operator, without userinfo or query of an address */
  constructor(reason: FailureReason, detail: string) {
    super(detail)
    this.name = 'FetchFailure'
    this.reason = reason
  }
}
