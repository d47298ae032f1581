import type { EntryKey, Slug } from '../domain/identifiers.ts'

/** What was found out about each post in the run before; whoever publishes again and again keeps it between runs. */
export interface KnownMemberships {
  /** Digest of the rules by which the posts were divided. */
  rules: string
  readonly byPost: Map<EntryKey, { readonly stamp: string; readonly slugs: readonly Slug[] }>
  /** Digest of what the pages of all posts are made from besides the posts. */
  pagesMadeFrom: string
  pages: ReadonlyMap<EntryKey, KnownPage>
}

/** The files of a post's page and the digest of what they are made from, for one stamp of the post. */
export interface KnownPage {
  readonly stamp: string
  readonly files: readonly string[]
  readonly input: string
}

/** A memory that knows nothing yet. */
export function noMemberships(): KnownMemberships {
  return { rules: '', byPost: new Map(), pagesMadeFrom: '', pages: new Map() }
}
