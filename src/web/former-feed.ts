/** Slugs under which feeds were once published, with the slug of today; null where the feed is no more. */
export type FormerSlugs = ReadonlyMap<string, string | null>

/** What became of an address below `feeds/` or `labels/`. */
export type FormerFeed =
  /** `location` is relative to the address (RFC 9110 §10.2.2). */
  { readonly kind: 'moved'; readonly location: string } | { readonly kind: 'gone' }

const FEED = /^feeds\/([^/]+?)(\.(?:atom|rss|json)|\/[^/]+)$/
const PAGE = /^(?:(?:en|ja)\/)?labels\/([^/]+?)(?:\.html|(\/[^/]+)\.html)$/

/**
 * What became of a file that is not there: a document or page of a feed that has another slug now is found under that, one
 * of a feed that was taken back is gone for good. Undefined for any other.
 *
 * @param path below the output folder, not percent-encoded
 */
export function formerFeed(path: string, formerSlugs: FormerSlugs): FormerFeed | undefined {
  const [, slug = '', rest = ''] = FEED.exec(path) ?? PAGE.exec(path) ?? []
  const today = formerSlugs.get(slug)
  if (today === undefined) return undefined
  if (today === null) return { kind: 'gone' }
  const up = rest.startsWith('/') ? '../' : './'
  return { kind: 'moved', location: up + encodeURIComponent(today) + rest.split('/').map(encodeURIComponent).join('/') }
}
