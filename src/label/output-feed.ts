import { isIri } from '../domain/iri.ts'
import type { FeedRule, OutputEntry, OutputFeed } from '../domain/output-feed.ts'
import type { Site } from '../domain/site.ts'

/** Puts a feed together: newest first, no id twice, no more than its limit; `updated` is its newest entry's (RFC 4287 §4.2.15). */
export function outputFeed(rule: FeedRule, site: Pick<Site, 'id' | 'language'>, candidates: readonly OutputEntry[]): OutputFeed {
  const seen = new Set<string>()
  const entries: OutputEntry[] = []
  for (const entry of candidates.toSorted(newestFirst)) {
    // An id that is no IRI is not published, and says nothing beyond its own feed (RSS guids such as "1").
    const identity = isIri(entry.id) ? entry.id : entry.key
    if (seen.has(identity) || entries.length === rule.limit) continue
    seen.add(identity)
    entries.push(entry)
  }
  const updated = entries.length === 0 ? null : Math.max(...entries.map(entry => entry.updated))
  return { rule, id: feedId(site, rule), language: site.language, updated, entries }
}

/** The scheme of our own labels. */
export function labelScheme(site: Pick<Site, 'id'>): string {
  return `${site.id}:label`
}

function feedId(site: Pick<Site, 'id'>, { slug, firstSlug = slug }: FeedRule): string {
  return `${site.id}:feed:${encodeURIComponent(firstSlug)}`
}

/** The order of a feed's entries, as a comparison. */
export function newestFirst(a: Pick<OutputEntry, 'key' | 'published'>, b: Pick<OutputEntry, 'key' | 'published'>): number {
  return b.published - a.published || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}
