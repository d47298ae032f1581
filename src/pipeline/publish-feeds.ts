import { createHash } from 'node:crypto'
import type { Slug } from '../domain/identifiers.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { FeedRule, OutputFeed } from '../domain/output-feed.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath, indexPagePath, labelPagePath, type PageLanguage, type Site } from '../domain/site.ts'
import type { Clock } from '../domain/time.ts'
import { excerptOf } from '../html/text.ts'
import { feedRules, type RequestedFeed } from '../label/feed-rules.ts'
import { labelScheme } from '../label/output-feed.ts'
import { areAllPresent, type Document, publishDocuments, sweepFolder, withdrawDocuments } from '../publish/publish-documents.ts'
import { type FeedSummary, indexPage } from '../render/page/index-page.ts'
import { labelPage } from '../render/page/label-page.ts'
import type { Publication } from '../store/publication-store.ts'
import type { Store } from '../store/store.ts'
import { type GatheredFeed, gatherFeed } from './gather-feed.ts'
import { type LeftOut, type RenderDeps, renderFeed } from './render-feed.ts'

/** What publishing needs of the world. */
export interface PublishDeps extends RenderDeps {
  readonly store: Pick<Store, 'entries' | 'posts' | 'publications' | 'notices'>
  readonly directory: OutletDirectory
  readonly requested: readonly RequestedFeed[]
  readonly folder: string
  readonly limit: number
  readonly hideLabels: readonly string[]
  readonly stylesheet: string
  /** The operator means feeds to lose entries. */
  readonly acceptShrink: boolean
  readonly now: Clock
}

/** What a run of publishing did. */
export interface PublishReport {
  readonly feeds: number
  readonly written: readonly string[]
  readonly unchanged: number
  readonly withdrawn: readonly string[]
  /** Documents that were not published, and why; what stood there stays. */
  readonly refused: readonly { readonly path: string; readonly because: string }[]
  readonly leftOut: readonly LeftOut[]
}

const EXCERPT_CHARACTERS = 200
const LANGUAGES: readonly PageLanguage[] = ['ja', 'en']
const PUBLISHED_STATE = 'published-state'
const LAST_PUBLISH = 'last-publish'

/**
 * Publishes every feed and page whose input changed since it was last published. Where nothing at all changed, nothing
 * is read, rendered or written.
 */
export async function publishFeeds(deps: PublishDeps): Promise<PublishReport> {
  const { store, folder } = deps
  const known = await store.publications.all()
  const config = digest([deps.site, deps.requested, deps.limit, deps.hideLabels, deps.directory.all, deps.generator, deps.stylesheet])
  const state = `${config}:${await store.publications.stateDigest()}`
  const before = stateOf((await store.notices.get(PUBLISHED_STATE))?.document)
  const isWhole = await areAllPresent(folder, [...known.keys()])
  if (before === state && isWhole && known.size > 0) {
    const { leftOut } = await lastTroubles(store)
    return { feeds: countFeeds(known.keys()), written: [], unchanged: known.size, withdrawn: [], refused: [], leftOut }
  }
  await sweepFolder(folder)
  const allowShrink = deps.acceptShrink || (before !== undefined && !before.startsWith(`${config}:`))
  const report = await publishAll(deps, isWhole ? known : new Map(), known, allowShrink)
  await store.notices.put(LAST_PUBLISH, { refused: report.refused, leftOut: report.leftOut }, deps.now())
  // What was refused is tried again each time, so that it is reported until it is mended.
  if (report.refused.length === 0) await store.notices.put(PUBLISHED_STATE, state, deps.now())
  return report
}

/** What could not be published when publishing last had something to do; it holds until then next time. */
export async function lastTroubles({ notices }: Pick<Store, 'notices'>): Promise<Pick<PublishReport, 'refused' | 'leftOut'>> {
  const document = (await notices.get(LAST_PUBLISH))?.document as Partial<PublishReport> | undefined
  return { refused: document?.refused ?? [], leftOut: document?.leftOut ?? [] }
}

async function publishAll(
  deps: PublishDeps,
  current: ReadonlyMap<string, Publication>,
  known: ReadonlyMap<string, Publication>,
  allowShrink: boolean,
): Promise<PublishReport> {
  const { store, site, folder } = deps
  const rules = feedRules(deps.requested, await store.posts.labels(), deps)
  const slugs = new Map(rules.flatMap(({ label, slug }) => (label === null ? [] : [[label, slug] as const])))
  const report = {
    written: [] as string[],
    unchanged: 0,
    refused: [] as { path: string; because: string }[],
    leftOut: new Map<string, LeftOut>(),
  }
  const wanted = new Set<string>()
  const publish = async (documents: readonly Document[], inputDigest: string) => {
    const outcomes = await publishDocuments(folder, documents, { allowShrink, now: deps.now })
    const recorded: Publication[] = []
    for (const outcome of outcomes) {
      if (outcome.kind === 'refused') report.refused.push({ path: outcome.path, because: outcome.because })
      else recorded.push({ path: outcome.path, inputDigest, byteDigest: outcome.byteDigest, entries: outcome.entries })
      if (outcome.kind === 'written') report.written.push(outcome.path)
      if (outcome.kind === 'unchanged') report.unchanged++
    }
    await store.publications.record(recorded, deps.now())
  }
  const summaries: FeedSummary[] = []
  for (const rule of rules) {
    const gathered = await gatherFeed(rule, site, store, surroundings(deps))
    summaries.push(summaryOf(gathered.feed))
    const paths = pathsOf(rule, site)
    for (const path of paths) wanted.add(path)
    const inputDigest = inputOf(gathered, deps, slugs)
    if (paths.every(path => current.get(path)?.inputDigest === inputDigest)) {
      report.unchanged += paths.length
      continue
    }
    const { feed, documents, leftOut } = await renderFeed(gathered, deps)
    for (const entry of leftOut) report.leftOut.set(entry.id, entry)
    const labelSlug = (label: string): Slug | undefined => slugs.get(label)
    const view = { site, feed, labelSlug, generatorVersion: deps.generator.version }
    const pages = LANGUAGES.map(
      (language): Document => ({
        path: `${labelPagePath(rule.slug, language, site)}.html`,
        kind: 'page',
        text: labelPage({ ...view, language }),
      }),
    )
    await publish([...documents, ...pages], leftOut.length === 0 ? inputDigest : '')
  }
  const front = frontPages(deps, summaries)
  for (const { path } of front) wanted.add(path)
  await publish(front, digest(front))
  const gone = [...known.keys()].filter(path => !wanted.has(path))
  // A label that vanished with no change of the config is a loss, and a loss is not published.
  const withdrawn = allowShrink ? gone : []
  await withdrawDocuments(folder, withdrawn)
  await store.publications.forget(withdrawn)
  return { feeds: rules.length, ...report, withdrawn, leftOut: [...report.leftOut.values()] }
}

function surroundings({ directory, site }: PublishDeps) {
  return {
    directory,
    labelScheme: labelScheme(site),
    excerpt: ({ text }: { readonly text: string }) => excerptOf(text, EXCERPT_CHARACTERS),
  }
}

function pathsOf(rule: FeedRule, site: Site): readonly string[] {
  const feeds = (Object.keys(FEED_SYNTAXES) as FeedSyntax[]).map(syntax => feedPath(rule.slug, syntax))
  return [...feeds, ...LANGUAGES.map(language => `${labelPagePath(rule.slug, language, site)}.html`)]
}

function inputOf({ feed, contents }: GatheredFeed, deps: PublishDeps, slugs: ReadonlyMap<string, Slug>): string {
  const bodies = feed.entries.map(({ key }) => contents.get(key)?.digest)
  return digest([deps.site, deps.generator, feed, bodies, [...slugs]])
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

function countFeeds(paths: Iterable<string>): number {
  return [...paths].filter(path => path.endsWith('.atom')).length
}

function stateOf(document: unknown): string | undefined {
  return typeof document === 'string' ? document : undefined
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}
