import type { Slug } from '../domain/identifiers.ts'
import type { FeedRule, OutputFeed } from '../domain/output-feed.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath } from '../domain/site.ts'
import { labelScheme } from '../label/output-feed.ts'
import type { FeedSummary } from '../render/page/index-page.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import type { Publication } from '../store/publication-store.ts'
import { type FeedHistory, feedHistory, publishArchives, recentTombstones } from './archive-pages.ts'
import { currentRules } from './current-rules.ts'
import { digestOf } from './digest.ts'
import { formerFeeds } from './former-feeds.ts'
import { type GatheredFeed, gatherFeed } from './gather-feed.ts'
import { hostFiles } from './host-files.ts'
import { noMemberships } from './known-memberships.ts'
import { type MeantLosses, meantLosses } from './meant-losses.ts'
import { postMemberships } from './post-memberships.ts'
import { ORPHANED, type PublishDeps, type PublishReport, type Standing } from './publish-deps.ts'
import { entryFiles, publishEntryPages } from './publish-entry-pages.ts'
import { publishFeedList } from './publish-feed-list.ts'
import { feedPageFiles, type PageDeps, publishFeedPages, publishFrontPages } from './publish-pages.ts'
import { PublishRun } from './publish-run.ts'
import { isEntryFile, slugOfFile } from './published-path.ts'
import { renderFeed } from './render-feed.ts'
import { securityExpiry } from './security-expiry.ts'

// A feed this small whose label left its last post goes without asking; the loss of a larger one may be an accident.
const SMALL_FEED = 6

/** Renders and publishes every feed and page whose input is another than it was last made from. */
export async function publishAll(deps: PublishDeps, standing: Standing): Promise<PublishReport> {
  const { store, site } = deps
  const { known } = standing
  const rules = await currentRules(deps)
  const slugs = new Map(rules.flatMap(({ label, slug }) => (label === null ? [] : [[label, slug] as const])))
  await store.publications.keepLabelSlugs(slugs)
  const losses = await meantLosses(deps, rules)
  const run = new PublishRun(deps, standing)
  const used = new Set<string>()
  const summaries = new Map<Slug, FeedSummary>()
  const catalogue = await store.pages.catalogue()
  const members = await postMemberships(rules, catalogue, store, deps.memberships ?? noMemberships())
  const labelRules = new Map(rules.flatMap(rule => (rule.label === null ? [] : [[rule.label, rule] as const])))
  const pages: PageDeps = { deps, run, rules, labelRules }
  const tombstones = await recentTombstones(deps)
  // Whatever is led to stands before what leads to it: first the pages of new posts, then new feeds, then what has changed.
  const isNew = (post: CataloguedPost) => !run.stands(entryFiles(post, site))
  await publishEntryPages(catalogue.filter(isNew), pages)
  for (const rule of run.newFirst(rules, ({ slug }) => feedPageFiles(slug, site))) {
    const gathered = await gatherFeed(rule, site, store, surroundings(deps))
    for (const content of gathered.contents.values()) used.add(content.digest)
    const posts = members.get(rule.slug) ?? []
    summaries.set(rule.slug, summaryOf(gathered.feed, posts))
    const allowShrink = deps.acceptShrink || losses.mayShrink(rule)
    const history = await feedHistory(gathered.feed, posts, deps, tombstones)
    // What a document links to stands before it does.
    await publishArchives(rule, history, deps, run, allowShrink)
    const published = await publishFeed({ ...gathered, history }, slugs, run, deps, allowShrink)
    if (published === undefined) run.keep([...known.keys()].filter(path => slugOfFile(path) === rule.slug))
    else await publishFeedPages(published, posts, pages)
  }
  await publishEntryPages(
    catalogue.filter(post => !isNew(post)),
    pages,
  )
  await publishFeedList(rules, site, run)
  await publishFrontPages(
    rules.flatMap(({ slug }) => summaries.get(slug) ?? []),
    pages,
  )
  const former = await formerFeeds(deps, rules)
  const gone = await goneFiles(known, run, deps, losses)
  await former.note(gone.flatMap(path => feedSlugOf(path) ?? []))
  await publishHostFiles(run, deps)
  await run.withdraw(gone.filter(path => !run.isWanted(path)))
  await store.publications.pruneSanitized(used)
  await losses.remember()
  await former.remember()
  return { feeds: rules.length, ...run.report() }
}

interface DatedFeed extends GatheredFeed {
  readonly history: FeedHistory
}

/** Publishes the documents of a feed; gives the feed as they have it, or undefined where what stands has to stay. */
async function publishFeed(
  gathered: DatedFeed,
  slugs: ReadonlyMap<string, Slug>,
  run: PublishRun,
  deps: PublishDeps,
  allowShrink: boolean,
): Promise<OutputFeed | undefined> {
  const { rule } = gathered.feed
  const inputDigest = inputOf(gathered, deps, slugs)
  if (run.isCurrent(pathsOf(rule), inputDigest)) return gathered.feed
  const { documents, leftOut } = await renderFeed(gathered, deps, gathered.history)
  run.leaveOut(leftOut)
  // An input with an entry left out is looked at again: what was in its way may be gone.
  const isDone = await run.publish(documents, leftOut.length === 0 ? inputDigest : '', allowShrink)
  const withoutThem = gathered.feed.entries.filter(({ id }) => !leftOut.some(entry => entry.id === id))
  return isDone ? { ...gathered.feed, entries: withoutThem } : undefined
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

function surroundings({ directory, site }: PublishDeps) {
  return {
    directory,
    labelScheme: labelScheme(site),
  }
}

function pathsOf(rule: FeedRule): readonly string[] {
  return (Object.keys(FEED_SYNTAXES) as FeedSyntax[]).map(syntax => feedPath(rule.slug, syntax))
}

function inputOf({ feed, contents, history }: DatedFeed, deps: PublishDeps, slugs: ReadonlyMap<string, Slug>): string {
  const bodies = feed.entries.map(({ key }) => contents.get(key)?.digest)
  return digestOf(
    JSON.stringify([deps.site, deps.generator, deps.hubs, feed, bodies, history.place, history.tombstones, [...slugs].sort()]),
  )
}

/** @param posts all that the feed selects */
function summaryOf({ rule, entries }: OutputFeed, posts: readonly CataloguedPost[]): FeedSummary {
  const newest = entries[0]
  return {
    rule,
    count: posts.length + entries.filter(({ kind }) => kind === 'article').length,
    newest: newest?.published ?? null,
    translated: posts.length,
    withOriginal: posts.filter(({ hasOriginal }) => hasOriginal).length,
    ...(newest === undefined ? {} : { newestHeadline: newest.title }),
  }
}
