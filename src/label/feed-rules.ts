import type { Slug } from '../domain/identifiers.ts'
import type { FeedRule, RequestedFeed } from '../domain/output-feed.ts'
import { labelSlugs } from './slug.ts'

/**
 * The feeds to publish: those the operator asks for in their order, then one for every other label that posts carry, most
 * used first. A requested feed that stands for a label takes the place of the label's own.
 *
 * @param given slugs that labels were given earlier
 */
export function feedRules(
  requested: readonly RequestedFeed[],
  labels: readonly { readonly label: string; readonly count: number }[],
  defaults: { readonly limit: number; readonly hideLabels: readonly string[] },
  given: ReadonlyMap<string, Slug> = new Map(),
): readonly FeedRule[] {
  const taken = new Set(requested.flatMap(({ slug }) => (slug === undefined ? [] : [slug as string])))
  const covered = new Set([...requested.map(({ label }) => label), ...defaults.hideLabels])
  const automatic = labels.filter(({ label }) => !covered.has(label)).toSorted((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
  const standing = requested.flatMap(({ label, slug }) => (label !== undefined && slug === undefined ? [label] : []))
  const slugs = labelSlugs([...standing, ...automatic.map(({ label }) => label)].toSorted(), taken, given)
  const slugOf = (label: string) => slugs.get(label) ?? ('' as Slug)
  return [
    ...requested.map(feed => requestedRule(feed, slugOf)),
    ...automatic.map(({ label }): FeedRule => ({ ...WHOLE_LABEL, slug: slugOf(label), title: label, label, limit: defaults.limit })),
  ]
}

const WHOLE_LABEL = { any: [], all: [], none: [], outlets: [], include: 'translated', titles: 'japanese' } as const

function requestedRule(feed: RequestedFeed, slugOf: (label: string) => Slug): FeedRule {
  const { slug, label, title, subtitle, ...selection } = feed
  const rule = { ...selection, slug: slug ?? slugOf(label ?? ''), title: title ?? label ?? slug ?? '', label: label ?? null }
  return subtitle === undefined ? rule : { ...rule, subtitle }
}
