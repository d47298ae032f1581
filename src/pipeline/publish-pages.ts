import type { EntryKey, Slug } from '../domain/identifiers.ts'
import type { FeedRule, OutputFeed } from '../domain/output-feed.ts'
import { coveragePagePath, indexPagePath, labelPagePath, type PageLanguage, type Site, yearPagePath } from '../domain/site.ts'
import type { Document } from '../publish/publish-documents.ts'
import { coveragePage } from '../render/page/coverage-page.ts'
import { type FeedSummary, indexPage } from '../render/page/index-page.ts'
import { labelPage } from '../render/page/label-page.ts'
import { pageMonth } from '../render/page/page-time.ts'
import type { LabelYear } from '../render/page/year-links.ts'
import { type ListedEntry, yearPage } from '../render/page/year-page.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import { coverageOf, translationsAmong } from './coverage.ts'
import { digestOf } from './digest.ts'
import { entriesOfPosts, type PublishedPost } from './entries-of-posts.ts'
import type { PublishDeps } from './publish-deps.ts'
import type { PublishRun } from './publish-run.ts'

/** The languages every page comes in. */
export const PAGE_LANGUAGES: readonly PageLanguage[] = ['ja', 'en']

/** What all pages are published with. */
export interface PageDeps {
  readonly deps: PublishDeps
  readonly run: PublishRun
  readonly rules: readonly FeedRule[]
  /** The feeds that stand for a label, by the label. */
  readonly labelRules: ReadonlyMap<string, FeedRule>
  /** Every path on record. */
  readonly published: readonly string[]
  /** Posts that were read in this run: those of a year are on the pages of every feed that has them. */
  readonly listed: Map<EntryKey, ListedEntry>
}

/** A feed as its page shows it. */
export interface ShownFeed {
  readonly rule: FeedRule
  readonly feed: () => Promise<OutputFeed>
  /** Another one whenever the feed may read otherwise. */
  readonly digest: string
}

// A list that is still taken in at a glance, and a document of some 40 kB.
const POSTS_ON_A_PAGE = 100

/** Publishes the pages of a feed: what it holds now, and every year it has posts of. @param members oldest first */
export async function publishFeedPages(shown: ShownFeed, members: readonly CataloguedPost[], pages: PageDeps): Promise<void> {
  const { site, generator } = pages.deps
  const { rule, digest } = shown
  const byYear = Map.groupBy(members, ({ published }) => pageMonth(published, site.timeZone).year)
  const years = [...byYear].map(([year, posts]): LabelYear => ({ year, count: posts.length }))
  // Without their counts, or each new post would change the pages of all the years before it.
  const bare = years.map(({ year }) => ({ year }))
  for (const [year, posts] of pages.run.newFirst([...byYear], ([year]) => filesOfYear(rule.slug, year, site)))
    await publishYear(rule, year, posts, bare, pages)
  const inputDigest = digestOf(JSON.stringify([digest, years]))
  const path = (language: PageLanguage) => labelPagePath(rule.slug, language, site)
  if (pages.run.isCurrent(PAGE_LANGUAGES.map(path).map(fileOf), inputDigest)) return
  const labelSlug = (label: string) => pages.labelRules.get(label)?.slug
  const view = { site, feed: await shown.feed(), years, generatorVersion: generator.version, labelSlug }
  await publishInBoth(pages, inputDigest, path, language => labelPage({ ...view, language }))
}

async function publishYear(
  rule: FeedRule,
  year: number,
  posts: readonly CataloguedPost[],
  years: readonly LabelYear[],
  pages: PageDeps,
): Promise<void> {
  const { site, generator, directory } = pages.deps
  const count = Math.ceil(posts.length / POSTS_ON_A_PAGE)
  const heading = digestOf(JSON.stringify([site, generator, directory.all, rule.slug, rule.title, years, posts.length]))
  // New pages are the last ones, and those before lead to them.
  for (let page = count; page > 0; page--) {
    const shown = posts.slice((page - 1) * POSTS_ON_A_PAGE, page * POSTS_ON_A_PAGE)
    const inputDigest = digestOf(JSON.stringify([heading, page, count, shown.map(({ key, stamp }) => [key, stamp])]))
    const path = (language: PageLanguage) => yearPagePath(rule.slug, { year, page }, language, site)
    if (pages.run.isCurrent(PAGE_LANGUAGES.map(path).map(fileOf), inputDigest)) continue
    const entries = await listedEntries(shown, pages)
    const view = { site, rule, year, page, years, entries, pages: count, count: posts.length, generatorVersion: generator.version }
    await publishInBoth(pages, inputDigest, path, language => yearPage({ ...view, language }), true)
  }
}

async function listedEntries(posts: readonly CataloguedPost[], { listed, deps }: PageDeps): Promise<readonly ListedEntry[]> {
  const unread = posts.filter(({ key }) => !listed.has(key))
  noteListed(await entriesOfPosts(unread, deps, 0), listed)
  return posts.flatMap(({ key }) => listed.get(key) ?? [])
}

/** Keeps of posts that were read what lists show of them. */
export function noteListed(posts: readonly Pick<PublishedPost, 'entry'>[], listed: PageDeps['listed']): void {
  for (const { entry } of posts) {
    const { key, title, url, language, published, original } = entry
    const shown = {
      key,
      title,
      language,
      published,
      ...(url === undefined ? {} : { url }),
      ...(original === undefined ? {} : { original }),
    }
    listed.set(key, shown)
  }
}

/** Publishes the pages that stand for the whole site, with their style sheet. */
export async function publishFrontPages(
  feeds: readonly FeedSummary[],
  catalogue: readonly CataloguedPost[],
  pages: PageDeps,
): Promise<void> {
  const { run, rules } = pages
  const { site, generator, store, directory, stylesheet } = pages.deps
  const common = { site, generatorVersion: generator.version }
  if (!run.isCurrent(['style.css'], digestOf(stylesheet)))
    await run.publish([{ path: 'style.css', kind: 'style', text: stylesheet }], digestOf(stylesheet), true)
  const counted = { translations: translationsAmong(catalogue), articles: await store.pages.articleCounts() }
  const coverage = coverageOf(counted, directory, rules)
  const digest = (input: unknown) => digestOf(JSON.stringify([site, generator, input]))
  await inBothLanguages(
    pages,
    digest(coverage),
    language => coveragePagePath(language, site),
    language => coveragePage({ ...common, ...coverage, language }),
  )
  await inBothLanguages(
    pages,
    digest(feeds),
    language => `${indexPagePath(language, site)}index`,
    language => indexPage({ ...common, feeds, language }),
  )
}

/** The files of a feed's own page, which stand when all of its documents do. */
export function feedPageFiles(slug: Slug, site: Pick<Site, 'language'>): readonly string[] {
  return PAGE_LANGUAGES.map(language => fileOf(labelPagePath(slug, language, site)))
}

function filesOfYear(slug: Slug, year: number, site: Pick<Site, 'language'>): readonly string[] {
  return PAGE_LANGUAGES.map(language => fileOf(yearPagePath(slug, { year, page: 1 }, language, site)))
}

/** The file of a page, by the path it is asked for under. */
export function fileOf(path: string): string {
  return `${path}.html`
}

async function inBothLanguages(
  pages: PageDeps,
  inputDigest: string,
  path: (language: PageLanguage) => string,
  render: (language: PageLanguage) => string,
): Promise<void> {
  if (!pages.run.isCurrent(PAGE_LANGUAGES.map(path).map(fileOf), inputDigest)) await publishInBoth(pages, inputDigest, path, render)
}

async function publishInBoth(
  { run }: PageDeps,
  inputDigest: string,
  path: (language: PageLanguage) => string,
  render: (language: PageLanguage) => string,
  isRarelyRead = false,
): Promise<void> {
  const documents = PAGE_LANGUAGES.map((language): Document => {
    return { path: fileOf(path(language)), kind: 'page', text: render(language), isRarelyRead }
  })
  await run.publishSoon(documents, inputDigest, true)
}
