import type { Slug } from '../domain/identifiers.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import type { Clock } from '../domain/time.ts'
import { freeSlug } from '../label/slug.ts'
import type { Store } from '../store/store.ts'
import { identityOf, publishedFeeds } from './former-feeds.ts'

const FIRST_SLUGS = 'first-slugs'

/**
 * Gives feeds that have moved to another slug what they had under the former one: the id their readers know them by
 * (RFC 4287 §4.2.6), and their archives. To be called before anything is published; done again after a crash it does the same.
 */
export async function movedFeeds(
  rules: readonly FeedRule[],
  { store, now }: { readonly store: Pick<Store, 'archives' | 'notices'>; readonly now: Clock },
): Promise<readonly FeedRule[]> {
  const before = new Map(Object.entries(await publishedFeeds(store)))
  const first = new Map(Object.entries(((await store.notices.get(FIRST_SLUGS))?.document ?? {}) as Readonly<Record<string, Slug>>))
  const current = new Set<string>(rules.map(({ slug }) => slug))
  const left = new Map([...before].flatMap(([slug, identity]) => (current.has(slug) ? [] : [[identity, slug as Slug] as const])))
  const formerOf = (rule: FeedRule) => (before.has(rule.slug) ? rule.slug : left.get(identityOf(rule)))
  const names = new Map<string, Slug>()
  // Whoever has an id keeps it: a new feed whose slug another one has left takes an id of its own.
  for (const rule of rules.toSorted((a, b) => Number(formerOf(a) === undefined) - Number(formerOf(b) === undefined))) {
    const former = formerOf(rule)
    if (former !== undefined && former !== rule.slug) await store.archives.move(former, rule.slug)
    const name = former === undefined ? rule.slug : (first.get(former) ?? former)
    names.set(rule.slug, freeSlug(name, new Set(names.values())))
  }
  const kept = new Map([...first].filter(([slug]) => before.has(slug) && !current.has(slug)))
  for (const [slug, name] of names) if (name !== slug) kept.set(slug, name)
  if (!isSame(kept, first)) await store.notices.put(FIRST_SLUGS, Object.fromEntries(kept), now())
  return rules.map(rule => {
    const firstSlug = names.get(rule.slug) ?? rule.slug
    return firstSlug === rule.slug ? rule : { ...rule, firstSlug }
  })
}

function isSame(a: ReadonlyMap<string, Slug>, b: ReadonlyMap<string, Slug>): boolean {
  return a.size === b.size && [...a].every(([slug, name]) => b.get(slug) === name)
}
