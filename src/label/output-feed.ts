import type { FeedRule, OutputEntry, OutputFeed } from '../domain/output-feed.ts'
import type { Site } from '../domain/site.ts'

/** Puts a feed together: newest first, no id twice, no more than its limit; `updated` is its newest entry's (RFC 4287 §4.2.15). */
export function outputFeed(rule: FeedRule, site: Pick<Site, 'id' | 'language'>, candidates: readonly OutputEntry[]): OutputFeed {
  const seen = new Set<string>()
  const entries: OutputEntry[] = []
  for (const entry of candidates.toSorted(newestFirst)) {
    if (seen.has(entry.id) || entries.length === rule.limit) continue
    seen.add(entry.id)
    entries.push(entry)
  }
  const updated = entries.length === 0 ? null : Math.max(...entries.map(entry => entry.updated))
  return { rule, id: feedId(site, rule), language: site.language, updated, entries }
}

/** The scheme of our own labels. */
export function labelScheme(site: Pick<Site, 'id'>): string {
  return `${site.id}:label`
}

function feedId(site: Pick<Site, 'id'>, rule: FeedRule): string {
  return `${site.id}:feed:${encodeURIComponent(rule.slug)}`
}

function newestFirst(a: OutputEntry, b: OutputEntry): number {
  return b.published - a.published || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}
