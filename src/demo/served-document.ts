import type { Instant } from '../domain/time.ts'

/** What the demo's server has to say about an address, before caching and compression. */
export type ServedDocument =
  | { readonly kind: 'found'; readonly type: string; readonly body: string; readonly modified: Instant }
  | { readonly kind: 'moved'; readonly location: string }
  | { readonly kind: 'not-found' }
