import type { Slug } from '../domain/identifiers.ts'
import type { AutomaticFeeds, FeedKind, FeedRule, RequestedFeed } from '../domain/output-feed.ts'
import type { PageLanguage } from '../domain/site.ts'
import { automaticFeeds, EVERYTHING, type TranslatedOutlet } from './automatic-feeds.ts'
import { labelSlugs } from './slug.ts'

/** What posts and earlier runs say about the feeds there are. */
export interface FeedGrounds {
  readonly labels: readonly { readonly label: string; readonly count: number }[]
  readonly outlets?: readonly TranslatedOutlet[]
  /** Slugs that labels were given earlier. */
  readonly given?: ReadonlyMap<string, Slug>
}

/** What the operator says of feeds in general. */
export interface FeedDefaults {
  readonly limit: number
  readonly hideLabels: readonly string[]
  readonly feeds: AutomaticFeeds
  readonly language: PageLanguage
}

/**
 * The feeds to publish: those the operator asks for in their order, the one of all translations, one for every other label
 * that posts carry, most used first, those of outlets, and the one of what is not translated. A requested feed that stands
 * for a label, or has the slug of an automatic feed, takes the place of that.
 */
export function feedRules(requested: readonly RequestedFeed[], grounds: FeedGrounds, defaults: FeedDefaults): readonly FeedRule[] {
  const { labels, outlets = [], given = new Map<string, Slug>() } = grounds
  const { limit, hideLabels } = defaults
  const chosen = new Set(requested.flatMap(({ slug }) => (slug === undefined ? [] : [slug as string])))
  const automatic = automaticFeeds(defaults.feeds, outlets, defaults, { requested: chosen, labels: new Set(given.values()) })
  const covered = new Set([...requested.map(({ label }) => label), ...hideLabels])
  const own = labels.filter(({ label }) => !covered.has(label)).toSorted((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
  const standing = requested.flatMap(({ label, slug }) => (label !== undefined && slug === undefined ? [label] : []))
  const taken = new Set([...chosen, ...automatic.map(({ slug }) => slug)])
  const slugs = labelSlugs([...standing, ...own.map(({ label }) => label)].toSorted(), taken, given)
  const slugOf = (label: string) => slugs.get(label) ?? ('' as Slug)
  const ofKind = (...kinds: readonly FeedKind[]) => automatic.filter(({ kind }) => kinds.includes(kind))
  return [
    ...requested.map(feed => requestedRule(feed, slugOf)),
    ...ofKind('all'),
    ...own.map(({ label }): FeedRule => ({ ...EVERYTHING, slug: slugOf(label), title: label, kind: 'label', label, limit })),
    ...ofKind('outlet', 'untranslated'),
  ]
}

function requestedRule(feed: RequestedFeed, slugOf: (label: string) => Slug): FeedRule {
  const { slug, label, title, subtitle, ...selection } = feed
  const kind = label !== undefined ? 'label' : feed.include === 'untranslated' ? 'untranslated' : 'selection'
  const names = { slug: slug ?? slugOf(label ?? ''), title: title ?? label ?? slug ?? '', label: label ?? null }
  return { ...selection, ...names, kind, ...(subtitle === undefined ? {} : { subtitle }) }
}
