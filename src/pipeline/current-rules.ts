import type { PostSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { AutomaticFeeds, FeedRule, RequestedFeed } from '../domain/output-feed.ts'
import type { Site } from '../domain/site.ts'
import { feedRules } from '../label/feed-rules.ts'
import type { Store } from '../store/store.ts'

/** What decides which feeds there are. */
export interface RuleDeps {
  readonly store: Pick<Store, 'posts' | 'publications'>
  readonly site: Pick<Site, 'language'>
  readonly directory: OutletDirectory
  readonly requested: readonly RequestedFeed[]
  readonly limit: number
  readonly hideLabels: readonly string[]
  readonly feeds: AutomaticFeeds
  readonly postSources: readonly Pick<PostSource, 'id'>[]
}

/** The feeds there are: those asked for, one for every other label under the slug it was first given, and the automatic ones. */
export async function currentRules(deps: RuleDeps): Promise<readonly FeedRule[]> {
  const { store, site, directory, requested, limit, hideLabels, postSources } = deps
  const outlets = (await store.posts.outlets()).flatMap(({ outlet, count }) => {
    const known = directory.byId(outlet)
    return known === undefined ? [] : [{ id: known.id, name: known.name, count }]
  })
  const grounds = { labels: await store.posts.labels(), outlets, given: await store.publications.labelSlugs() }
  // Where nothing can ever come from, a feed would only be empty.
  const feeds = {
    ...deps.feeds,
    all: deps.feeds.all && postSources.length > 0,
    untranslated: deps.feeds.untranslated && directory.all.length > 0,
  }
  return feedRules(requested, grounds, { limit, hideLabels, feeds, language: site.language })
}
