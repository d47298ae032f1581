import type { EntryKey, Slug } from '../domain/identifiers.ts'

/** Which feeds each post is in, as it was last read; whoever publishes again and again keeps it between runs. */
export interface KnownMemberships {
  rules: string
  readonly byPost: Map<EntryKey, { readonly stamp: string; readonly slugs: readonly Slug[] }>
}

/** A memory that knows nothing yet. */
export function noMemberships(): KnownMemberships {
  return { rules: '', byPost: new Map() }
}
