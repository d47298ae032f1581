import type { PostSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { AutomaticFeeds, RequestedFeed } from '../domain/output-feed.ts'
import type { Clock } from '../domain/time.ts'
import type { Publication } from '../store/publication-register.ts'
import type { Store } from '../store/store.ts'
import type { KnownMemberships } from './known-memberships.ts'
import type { LeftOut, RenderDeps } from './render-feed.ts'

/** What publishing needs of the world. */
export interface PublishDeps extends RenderDeps {
  readonly store: Pick<Store, 'entries' | 'posts' | 'pages' | 'matches' | 'publications' | 'archives' | 'movedSlugs' | 'notices'>
  readonly directory: OutletDirectory
  readonly requested: readonly RequestedFeed[]
  readonly folder: string
  readonly limit: number
  readonly hideLabels: readonly string[]
  /** Most posts in an archive of a feed (RFC 5005). */
  readonly archiveSize: number
  readonly feeds: AutomaticFeeds
  readonly postSources: readonly Pick<PostSource, 'id' | 'onlyLabels'>[]
  readonly stylesheet: string
  /** The hubs that the feeds name (WebSub §4), absolute addresses. */
  readonly hubs?: readonly string[]
  /** Told whenever documents stand and are on record. */
  readonly onWritten?: () => void
  /** Told once when another process is publishing into the folder, before it is waited for. */
  readonly onBusy?: (holder: string) => void
  readonly signal?: AbortSignal
  /** How long a copy of what is published may be used without asking, s. */
  readonly maxAgeS: number
  /** Kept from run to run, it saves reading every post again; without it each run finds out for itself. */
  readonly memberships?: KnownMemberships
  /** The operator means feeds to lose entries. */
  readonly acceptShrink: boolean
  readonly now: Clock
}

/** What stands in the folder, by path. */
export interface Standing {
  /** What is on record. */
  readonly known: ReadonlyMap<string, Publication>
  /** Those of them whose files are there. */
  readonly present: ReadonlySet<string>
  /** Those of them that are as they are on record. */
  readonly intact: ReadonlySet<string>
}

/** What a run of publishing did. */
export interface PublishReport {
  readonly feeds: number
  readonly written: readonly string[]
  readonly unchanged: number
  readonly withdrawn: readonly string[]
  /** Documents that were not published, and why; what stood there stays. */
  readonly refused: readonly { readonly path: string; readonly because: string }[]
  readonly leftOut: readonly LeftOut[]
}

/** The input of a document whose feed is no more, and which is kept as it stands. */
export const ORPHANED = 'orphaned'
