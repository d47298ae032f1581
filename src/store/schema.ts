import { type Insertable, type Kysely, sql } from 'kysely'

/** Enough of a title to find it by; whole ones would make the largest index by far. */
export const TITLE_BEGINNING_CHARACTERS = 16
/** What the index of titles holds. */
export const TITLE_BEGINNING = sql<string>`substr(title_key, 1, 16)`

/**
 * The tables. Keys are digests or the operator's names, instants are integer milliseconds UTC, documents are JSON text:
 * SQLite and PostgreSQL give the same values.
 */
export interface Tables {
  readonly sources: SourcesTable
  readonly entries: EntriesTable
  readonly posts: PostsTable
  readonly post_labels: PostLabelsTable
  readonly post_outlets: PostOutletsTable
  readonly matches: MatchesTable
  readonly label_slugs: LabelSlugsTable
  readonly archive_pages: ArchivePagesTable
  readonly publications: PublicationsTable
  readonly moved_slugs: MovedSlugsTable
  readonly sanitized: SanitizedTable
  readonly notices: NoticesTable
  readonly incidents: IncidentsTable
  readonly lessons: LessonsTable
  readonly announcements: AnnouncementsTable
  readonly subscriptions: SubscriptionsTable
  readonly subscribers: SubscribersTable
  readonly hub_pings: HubPingsTable
}

export type Db = Kysely<Tables>
export type EntryRow = Insertable<EntriesTable>

interface SourcesTable {
  source_id: string
  address: string
  host: string
  next_poll_at: number
  etag: string | null
  last_modified: string | null
  failures: number
  last_poll_at: number | null
  last_success_at: number | null
  last_change_at: number | null
  last_result: string | null
  last_detail: string
  body_digest: string | null
  resume_at: number | null
  /** JSON; what the feed has shown of itself. */
  memory: string | null
}

interface EntriesTable {
  entry_key: string
  role: 'article' | 'post'
  source_id: string
  outlet_id: string | null
  entry_id: string
  url: string | null
  /** Comparison form of `url`. */
  address: string | null
  title: string
  /** Letters and digits of the title, folded. */
  title_key: string
  authors: string
  published: number
  updated: number
  first_seen: number
  changed_at: number
  content_digest: string
  document: string
  source_metadata: string
  /** What a post's author stated outside title and body; JSON, null for most. */
  facts: string | null
  /** When its source, all of which is known, no longer had it, or an operator took it out. */
  withdrawn_at: number | null
  /** `source`, `operator` or `both`; a poll brings nothing back that an operator took out. */
  withdrawn_by: string | null
}

interface PostsTable {
  post_key: string
  source_id: string
  published: number
  updated: number
  /** What reading and judging it depended on; another value means that it must be judged again. */
  judgement_digest: string
  /** 0 for posts whose labels their source does not take. */
  is_taken: number
  document: string
}

interface PostLabelsTable {
  post_key: string
  label: string
}

interface PostOutletsTable {
  post_key: string
  /** Named by the post, or the outlet of its accepted original. */
  outlet_id: string
}

interface MatchesTable {
  post_key: string
  /** `accepted`, `proposed`, `rejected` or `none`. */
  state: string
  entry_key: string | null
  address: string | null
  tier: number | null
  score: number | null
  document: string
  judged_at: number
}

interface LabelSlugsTable {
  label: string
  slug: string
}

interface MovedSlugsTable {
  slug: string
  /** Null where the feed is no more. */
  moved_to: string | null
  moved_at: number
}

interface ArchivePagesTable {
  slug: string
  entry_key: string
  /** 0 while only the feed's own document has carried it. */
  page: number
}

interface PublicationsTable {
  path: string
  input_digest: string
  byte_digest: string
  entries: number
  written_at: number
}

interface SanitizedTable {
  digest: string
  html: string
}

interface LessonsTable {
  post_key: string
  /** What it was made from. */
  digest: string
  /** JSON. */
  document: string
  changed_at: number
}

interface NoticesTable {
  name: string
  document: string
  at: number
}

export interface IncidentsTable {
  incident_key: string
  kind: string
  subject: string
  cause: string
  detail: string
  opened_at: number
  changed_at: number
  closed_at: number | null
}

interface AnnouncementsTable {
  /** The feed's address in the config. */
  address: string
  /** JSON; addresses. */
  hubs: string
  topic: string
}

interface SubscribersTable {
  subscriber_key: string
  path: string
  topic: string
  callback: string
  /** Of the callback, without its port. */
  host: string
  secret: string | null
  lease_until: number | null
  /** JSON; what waits to be confirmed. */
  request: string | null
  digest: string
  last_delivery_at: number | null
  failures: number
  next_delivery_at: number
  detail: string
}

interface HubPingsTable {
  hub: string
  path: string
  digest: string
  told_at: number | null
  failures: number
  next_ping_at: number
  detail: string
}

interface SubscriptionsTable {
  token: string
  address: string
  hub: string
  topic: string
  callback: string
  secret: string
  state: string
  opened_at: number
  next_request_at: number
  requests: number
  lease_until: number | null
  last_news_at: number | null
  deliveries: number
  misses: number
  detail: string
}
