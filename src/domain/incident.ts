import type { Instant } from './time.ts'

/** What can be amiss for as long as it is: a source, a document, an entry, the config on disk, the output folder, or a cycle as a whole. */
export type IncidentKind =
  | 'source-failing'
  | 'source-silent'
  | 'document-refused'
  | 'entry-left-out'
  | 'config-refused'
  | 'publishing-failed'
  | 'cycle-failed'

/** Something that is amiss now. */
export interface Condition {
  readonly kind: IncidentKind
  /** The source's id, the document's path, the entry's id; empty where there is but one. */
  readonly subject: string
  /** Another cause is news to an operator; another `detail` alone is not. */
  readonly cause: string
  /** For people; may differ each time one looks. */
  readonly detail: string
}

/** A condition from its first sighting to its end. The same one coming again is another incident. */
export interface Incident extends Condition {
  /** Permanent and unique. */
  readonly key: string
  readonly openedAt: Instant
  /** When it began, got another cause, or ended. */
  readonly changedAt: Instant
  /** Null while it lasts. */
  readonly closedAt: Instant | null
}
