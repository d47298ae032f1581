import type { FeedRule } from '../../domain/output-feed.ts'
import type { Site } from '../../domain/site.ts'

/**
 * What a rendered entry depends on besides itself. All of it stays the same from run to run, so a fragment
 * holds until its entry, the configuration or the program changes.
 */
export interface EntryContext {
  readonly site: Pick<Site, 'id' | 'author' | 'timeZone'>
  readonly rule: Pick<FeedRule, 'titles'>
  /** The feed's language; entries in another one carry their own tag. */
  readonly language: string
  /** The scheme of categories that name none, an absolute IRI (RFC 4287 §4.2.2.2). */
  readonly labelScheme: string
}
