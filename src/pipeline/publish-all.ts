import type { Slug } from '../domain/identifiers.ts'
import type { FeedRule, OutputFeed, RequestedFeed } from '../domain/output-feed.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath, indexPagePath, labelPagePath, type PageLanguage, type Site } from '../domain/site.ts'
import { excerptOfText } from '../html/text.ts'
import { feedRules } from '../label/feed-rules.ts'
import { labelScheme } from '../label/output-feed.ts'
import type { Document } from '../publish/publish-documents.ts'
import { type FeedSummary, indexPage } from '../render/page/index-page.ts'
import { labelPage } from '../render/page/label-page.ts'
import type { Publication } from '../store/publication-store.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'
import { type GatheredFeed, gatherFeed } from './gather-feed.ts'
import { type MeantLosses, meantLosses } from './meant-losses.ts'
import { ORPHANED, type PublishDeps, type PublishReport } from './publish-deps.ts'
import { PublishRun } from './publish-run.ts'
import { renderFeed } from './render-feed.ts'

const EXCERPT_CHARACTERS = 200
const LANGUAGES: readonly PageLanguage[] = ['ja', 'en']
// A feed this small whose label left its last post goes without asking; the loss of a larger one may be an accident.
const SMALL_FEED = 6

/** Renders and publishes every feed and page whose input is another than it was last made from. */
export async function publishAll(deps: PublishDeps, known: ReadonlyMap<string, Publication>, isWhole: boolean): Promise<PublishReport> {
  const { store, site } = deps
  const rules = await currentRules(store, deps.requested, deps)
  const slugs = new Map(rules.flatMap(({ label, slug }) => (label === null ? [] : [[label, slug] as const])))
  await store.publications.keepLabelSlugs(slugs)
  const losses = await meantLosses(deps, rules)
  const run = new PublishRun(deps, isWhole ? known : new Map())
  const used = new Set<string>()
  const summaries: FeedSummary[] = []
  for (const rule of rules) {
    const gathered = await gatherFeed(rule, site, store, surroundings(deps))
    for (const content of gathered.contents.values()) used.add(content.digest)
    summaries.push(summaryOf(gathered.feed))
    await publishFeed(gathered, slugs, run, deps, deps.acceptShrink || losses.mayShrink(rule.slug))
  }
  const front = frontPages(deps, summaries)
  await run.publish(front, digestOf(JSON.stringify(front)), true)
  await withdrawGone(known, run, deps, losses)
  await store.publications.pruneSanitized(used)
  await losses.remember()
  return { feeds: rules.length, ...run.report() }
}

/** The feeds there are: those asked for, and one for every other label, each under the slug it was first given. */
async function currentRules(
  store: Pick<Store, 'posts' | 'publications'>,
  requested: readonly RequestedFeed[],
  defaults: { readonly limit: number; readonly hideLabels: readonly string[] },
): Promise<readonly FeedRule[]> {
  return feedRules(requested, await store.posts.labels(), defaults, await store.publications.labelSlugs())
}

async function publishFeed(
  gathered: GatheredFeed,
  slugs: ReadonlyMap<string, Slug>,
  run: PublishRun,
  deps: PublishDeps,
  allowShrink: boolean,
): Promise<void> {
  const { site } = deps
  const { rule } = gathered.feed
  const inputDigest = inputOf(gathered, deps, slugs)
  if (run.isCurrent(pathsOf(rule, site), inputDigest)) return
  const { feed, documents, leftOut } = await renderFeed(gathered, deps)
  run.leaveOut(leftOut)
  // An input with an entry left out is looked at again: what was in its way may be gone.
  const isDone = await run.publish(documents, leftOut.length === 0 ? inputDigest : '', allowShrink)
  if (!isDone) return run.keep(pathsOf(rule, site))
  const labelSlug = (label: string): Slug | undefined => slugs.get(label)
  const view = { site, feed, labelSlug, generatorVersion: deps.generator.version }
  const pages = LANGUAGES.map(
    (language): Document => ({
      path: `${labelPagePath(rule.slug, language, site)}.html`,
      kind: 'page',
      text: labelPage({ ...view, language }),
    }),
  )
  await run.publish(pages, leftOut.length === 0 ? inputDigest : '', true)
}

/** Takes back what belongs to no feed any more, unless that may be an accident. */
async function withdrawGone(
  known: ReadonlyMap<string, Publication>,
  run: PublishRun,
  deps: PublishDeps,
  losses: MeantLosses,
): Promise<void> {
  const gone = [...known.values()].filter(({ path }) => !run.isWanted(path))
  const lostFeeds = gone.filter(({ path, entries }) => path.endsWith('.atom') && entries >= SMALL_FEED)
  const lost = lostFeeds.map(({ path }) => path.replace(/^feeds\/|\.atom$/g, ''))
  const accidents = new Set(deps.acceptShrink ? [] : lost.filter(slug => !losses.mayVanish(slug)))
  const isAccident = ({ path }: Publication) => accidents.has(path.replace(/^.*\/|\.(?:atom|rss|json|html)$/g, ''))
  const kept = gone.filter(isAccident)
  const because = 'its label is on no post any more; what stands is kept; if that is meant, run "kakehashi once --accept-shrink"'
  for (const { path } of kept) if (path.endsWith('.atom')) run.refuse(path, because)
  await deps.store.publications.record(
    kept.map(publication => ({ ...publication, inputDigest: ORPHANED })),
    deps.now(),
  )
  await run.withdraw(gone.filter(publication => !isAccident(publication)).map(({ path }) => path))
}

function surroundings({ directory, site }: PublishDeps) {
  return {
    directory,
    labelScheme: labelScheme(site),
    excerpt: ({ text }: { readonly text: string }) => excerptOfText(text, EXCERPT_CHARACTERS),
  }
}

function pathsOf(rule: FeedRule, site: Site): readonly string[] {
  const feeds = (Object.keys(FEED_SYNTAXES) as FeedSyntax[]).map(syntax => feedPath(rule.slug, syntax))
  return [...feeds, ...LANGUAGES.map(language => `${labelPagePath(rule.slug, language, site)}.html`)]
}

function inputOf({ feed, contents }: GatheredFeed, deps: PublishDeps, slugs: ReadonlyMap<string, Slug>): string {
  const bodies = feed.entries.map(({ key }) => contents.get(key)?.digest)
  return digestOf(JSON.stringify([deps.site, deps.generator, feed, bodies, [...slugs].sort()]))
}

function frontPages(deps: PublishDeps, feeds: readonly FeedSummary[]): readonly Document[] {
  const { site, generator } = deps
  const pages = LANGUAGES.map((language): Document => {
    const text = indexPage({ site, language, feeds, generatorVersion: generator.version })
    return { path: `${indexPagePath(language, site)}index.html`, kind: 'page', text }
  })
  return [...pages, { path: 'style.css', kind: 'style', text: deps.stylesheet }]
}

function summaryOf({ rule, entries }: OutputFeed): FeedSummary {
  const posts = entries.filter(({ kind }) => kind === 'post')
  const newest = entries[0]
  return {
    rule,
    count: entries.length,
    newest: newest?.published ?? null,
    translated: posts.length,
    withOriginal: posts.filter(({ original }) => original !== undefined).length,
    ...(newest === undefined ? {} : { newestHeadline: newest.title }),
  }
}
