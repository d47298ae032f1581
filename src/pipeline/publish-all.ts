import type { Slug } from '../domain/identifiers.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import { SANITIZER_VERSION } from '../html/sanitize.ts'
import { inLanes } from '../publish/in-lanes.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import type { Publication } from '../store/publication-register.ts'
import { feedHistory, feedsPast, publishArchives } from './archive-pages.ts'
import { currentRules } from './current-rules.ts'
import { digestOf } from './digest.ts'
import { summariesOf } from './feed-summaries.ts'
import { formerFeeds } from './former-feeds.ts'
import { hostFiles } from './host-files.ts'
import { noMemberships } from './known-memberships.ts'
import { type MeantLosses, meantLosses } from './meant-losses.ts'
import { movedFeeds } from './moved-feeds.ts'
import { postMemberships } from './post-memberships.ts'
import { ORPHANED, type PublishDeps, type PublishReport, type Standing } from './publish-deps.ts'
import { plannedPages, publishEntryPages } from './publish-entry-pages.ts'
import { type PlannedFeed, type PublishedFeed, publishFeed } from './publish-feed.ts'
import { publishFeedList } from './publish-feed-list.ts'
import { feedPageFiles, type PageDeps, publishFrontPages } from './publish-pages.ts'
import { PublishRun } from './publish-run.ts'
import { isEntryFile, slugOfFile } from './published-path.ts'
import { securityExpiry } from './security-expiry.ts'

// A feed this small whose label left its last post goes without asking; the loss of a larger one may be an accident.
const SMALL_FEED = 6

/** Renders and publishes every feed and page whose input is another than it was last made from. */
export async function publishAll(deps: PublishDeps, standing: Standing): Promise<PublishReport> {
  const run = new PublishRun(deps, standing)
  try {
    return await publishChanges(deps, standing.known, run)
  } finally {
    await run.end()
  }
}

async function publishChanges(deps: PublishDeps, known: ReadonlyMap<string, Publication>, run: PublishRun): Promise<PublishReport> {
  const { store, site } = deps
  const rules = await movedFeeds(await currentRules(deps), deps)
  const slugs = new Map(rules.flatMap(({ label, slug }) => (label === null ? [] : [[label, slug] as const])))
  await store.publications.keepLabelSlugs(slugs)
  const losses = await meantLosses(deps, rules)
  const catalogue = await store.pages.catalogue()
  const labelRules = new Map(rules.flatMap(rule => (rule.label === null ? [] : [[rule.label, rule] as const])))
  const pages: PageDeps = { deps, run, rules, labelRules, published: [...known.keys()], listed: new Map() }
  const planned = await plannedFeeds(rules, catalogue, losses, deps)
  // Whatever is led to stands before what leads to it: first the pages of new posts and archives, then new feeds, then what has changed.
  const [standingPages, newPages] = divided(plannedPages(catalogue, pages), ({ files }) => run.stands(files))
  await publishEntryPages(newPages, pages)
  await publishArchives(
    planned.map(({ rule, history, allowShrink }) => ({ rule, archives: history.archives, allowShrink })),
    deps,
    run,
  )
  const { generator, hubs, directory } = deps
  const around = digestOf(JSON.stringify([site, generator, hubs, directory.all, SANITIZER_VERSION, [...slugs].sort()]))
  const published: PublishedFeed[] = []
  for (const some of divided(planned, ({ rule }) => run.stands(feedPageFiles(rule.slug, site))).toReversed())
    published.push(...(await inLanes(some, FEEDS_AT_ONCE, feed => publishFeed(feed, around, pages))))
  await publishEntryPages(standingPages, pages)
  await publishFeedList(rules, site, run)
  await publishFrontPages(await summariesOf(rules, published, deps), catalogue, pages)
  await run.settled()
  const former = await formerFeeds(deps, rules)
  const gone = await goneFiles(known, run, deps, losses)
  await former.note(gone.flatMap(path => feedSlugOf(path) ?? []))
  await publishHostFiles(run, deps)
  await run.withdraw(gone.filter(path => !run.isWanted(path)))
  await forgetSanitized(published, deps)
  await losses.remember()
  await former.remember()
  return { feeds: rules.length, ...run.report() }
}

// While the documents of one are compressed and flushed, the next one is rendered.
const FEEDS_AT_ONCE = 6

async function plannedFeeds(
  rules: readonly FeedRule[],
  catalogue: readonly CataloguedPost[],
  losses: MeantLosses,
  deps: PublishDeps,
): Promise<readonly PlannedFeed[]> {
  const members = await postMemberships(rules, catalogue, deps.store, deps.memberships ?? noMemberships())
  const past = await feedsPast(deps)
  const planned: PlannedFeed[] = []
  for (const rule of rules) {
    const posts = members.get(rule.slug) ?? []
    const history = await feedHistory(rule, posts, deps, past)
    planned.push({ rule, posts, history, allowShrink: deps.acceptShrink || losses.mayShrink(rule) })
  }
  return planned
}

/** Only a run that has read every feed knows what is not needed any more; what an edit leaves behind waits for the next such run. */
async function forgetSanitized(published: readonly PublishedFeed[], { store }: PublishDeps): Promise<void> {
  const all = published.flatMap(({ read }) => read ?? [])
  if (all.length < published.length) return
  await store.publications.pruneSanitized(new Set(all.flatMap(({ contentDigests }) => contentDigests)))
}

/** The files that belong to no feed any more and are to be taken back; those whose loss may be an accident are kept. */
async function goneFiles(
  known: ReadonlyMap<string, Publication>,
  run: PublishRun,
  deps: PublishDeps,
  losses: MeantLosses,
): Promise<readonly string[]> {
  const gone = [...known.values()].filter(({ path }) => !run.isWanted(path))
  const lostFeeds = gone.filter(({ path, entries }) => feedSlugOf(path) !== undefined && entries >= SMALL_FEED)
  const lost = lostFeeds.flatMap(({ path }) => feedSlugOf(path) ?? [])
  const accidents = new Set<string>(deps.acceptShrink ? [] : lost.filter(slug => !losses.mayVanish(slug)))
  const isAccident = ({ path }: Publication) => accidents.has(slugOfFile(path) ?? '')
  const kept = gone.filter(isAccident)
  const because = 'its label is on no post any more; what stands is kept; if that is meant, run "kakehashi once --accept-shrink"'
  for (const { path } of kept) if (feedSlugOf(path) !== undefined) run.refuse(path, because)
  await deps.store.publications.record(
    kept.map(publication => ({ ...publication, inputDigest: ORPHANED })),
    deps.now(),
  )
  // What is kept leads to pages of posts that may be gone with the rest by accident.
  const isLedTo = ({ path }: Publication) => run.hasRefused() && isEntryFile(path)
  return gone.filter(publication => !isAccident(publication) && !isLedTo(publication)).map(({ path }) => path)
}

/** The slug of the feed whose document lies there. */
function feedSlugOf(path: string): Slug | undefined {
  return /^feeds\/([^/]+)\.atom$/.exec(path)?.[1] as Slug | undefined
}

async function publishHostFiles(run: PublishRun, { site, generator, maxAgeS, store, now }: PublishDeps): Promise<void> {
  const movedSlugs = await store.movedSlugs.all()
  const securityExpiresAt = securityExpiry(site, now())
  const files = hostFiles({ site, generatorVersion: generator.version, maxAgeS, movedSlugs, securityExpiresAt })
  await run.publish(files, digestOf(JSON.stringify(files)), true)
}

function divided<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  const { first = [], second = [] } = Object.groupBy(items, item => (isFirst(item) ? 'first' : 'second'))
  return [first, second]
}
