import type { EntryKey, OutletId, SourceId } from './identifiers.ts'
import type { Instant } from './time.ts'

/** An outlet's entry as the matcher sees it. */
export interface Article {
  readonly key: EntryKey
  readonly source: SourceId
  readonly outlet: OutletId
  readonly id: string
  readonly url?: string
  /** The comparison form of `url`. */
  readonly address?: string
  readonly title: string
  readonly authors: readonly string[]
  /** When the outlet says it appeared, else when we first saw it. */
  readonly published: Instant
  /** Summary or lead as plain text, at most a few thousand characters. */
  readonly text: string
}
