import type { Entry, Feed, FeedMetadata } from '../../domain/feed.ts'

/** What an export file turns out to be. */
export type ExportKind = 'blogger-backup' | 'blogger-takeout' | 'wordpress' | 'movable-type' | 'feed'

/** What in an export is left out, in the singular. */
export type LeftOutKind =
  | 'attachment'
  | 'comment'
  | 'draft'
  | 'menu item'
  | 'other item'
  | 'page'
  | 'private post'
  | 'repeated post'
  | 'revision'
  | 'scheduled post'
  | 'setting'
  | 'template'
  | 'trackback'
  | 'trashed post'
  | 'unreadable post'

/** Something in an export that is not imported. `why` may be empty where `what` says it all. */
export interface LeftOut {
  readonly what: LeftOutKind
  readonly why: string
  readonly count: number
}

/** A stretch of an export, in its order. */
export interface ImportBatch {
  readonly entries: readonly Entry[]
  readonly skipped: readonly LeftOut[]
  /** How many of the entries are named in no way that gives an address below a host; absent where that is not told apart. */
  readonly nameless?: number
  /** How many of the export's `of` items are read, this batch included. */
  readonly done: number
  readonly of: number
}

/** An export that was recognised; its posts are read as the batches are asked for, so that memory stays bounded. */
export interface ExportReading {
  readonly kind: ExportKind
  /** The WHATWG name of the encoding it was read in. */
  readonly encoding: string
  readonly feed: FeedMetadata
  readonly batches: () => AsyncIterable<ImportBatch>
}

/** Reads a feed document; the stage that parses feeds provides it. */
export type FeedParser = (
  bytes: Uint8Array,
  context: { readonly url: string },
) => Promise<{ readonly kind: 'feed'; readonly feed: Feed } | { readonly kind: 'not-a-feed' | 'unreadable'; readonly detail: string }>

/** What reading an export needs beside its bytes. */
export interface ExportContext {
  /** How the file is called in messages. */
  readonly name: string
  /** What the posts are imported as; tells posts apart that have no id of their own. */
  readonly source: string
  /** Where the blog is, ending in `/`: exports of Blogger and Movable Type name posts below it. */
  readonly home?: string
  /** IANA name; times in Movable Type exports carry no offset. */
  readonly timeZone: string
  readonly parseFeed: FeedParser
  /** Decodes bytes that are not UTF-8 by what they say of themselves and look like. */
  readonly decode: (bytes: Uint8Array) => { readonly text: string; readonly encoding: string }
}

/** Metadata of a feed that says nothing of itself. */
export const NO_METADATA: FeedMetadata = { authors: [], contributors: [], categories: [], links: [] }
