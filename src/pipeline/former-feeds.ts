import type { Slug } from '../domain/identifiers.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import type { Clock } from '../domain/time.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'

const PUBLISHED_FEEDS = 'published-feeds'

/** What became of the feeds that are taken back, and of those that were before. */
export interface FormerFeeds {
  /**
   * Notes where feeds that are no more under their slug have gone, so that their addresses lead there. To be called
   * before their files are taken away: a crash in between is made good by the next run.
   */
  readonly note: (withdrawn: readonly Slug[]) => Promise<void>
  /** Notes what each feed stands for, for the next time. */
  readonly remember: () => Promise<void>
}

/**
 * Compares the feeds there are with those of the last time. A feed has moved when the label it stood for, or exactly what
 * it selected, is carried by a feed whose slug is new.
 */
export async function formerFeeds(
  { store, now }: { readonly store: Pick<Store, 'publications' | 'movedSlugs' | 'notices'>; readonly now: Clock },
  rules: readonly FeedRule[],
): Promise<FormerFeeds> {
  const before = await publishedFeeds(store)
  const labels = new Map([...(await store.publications.labelSlugs())].map(([label, slug]) => [slug, `label:${label}`]))
  const newcomers = new Map<string, Slug>()
  for (const rule of rules) if (!Object.hasOwn(before, rule.slug)) newcomers.set(identityOf(rule), rule.slug)
  const identityOnce = (slug: Slug) => (Object.hasOwn(before, slug) ? before[slug] : labels.get(slug)) ?? ''
  return {
    note: async withdrawn => {
      await store.movedSlugs.note(new Map(withdrawn.map(slug => [slug, newcomers.get(identityOnce(slug)) ?? null])), now())
      await store.movedSlugs.forget(rules.map(({ slug }) => slug))
    },
    remember: () => store.notices.put(PUBLISHED_FEEDS, Object.fromEntries(rules.map(rule => [rule.slug, identityOf(rule)])), now()),
  }
}

/** What each feed stood for when publishing last came to its end, by slug. */
export async function publishedFeeds({ notices }: Pick<Store, 'notices'>): Promise<Readonly<Record<string, string>>> {
  return ((await notices.get(PUBLISHED_FEEDS))?.document ?? {}) as Readonly<Record<string, string>>
}

/** Gives what a feed stands for. How it is headed, and how much it shows, is no part of that. */
export function identityOf({ kind, label, any, all, none, outlets, include }: FeedRule): string {
  return label === null ? `${kind}:${digestOf(JSON.stringify([any, all, none, outlets, include]))}` : `label:${label}`
}
