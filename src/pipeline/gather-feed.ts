import type { Article } from '../domain/article.ts'
import type { FeedRule, OutputEntry, OutputFeed } from '../domain/output-feed.ts'
import type { Site } from '../domain/site.ts'
import { SANITIZER_VERSION } from '../html/sanitize.ts'
import { excerptOfText } from '../html/text.ts'
import { articleFacts, postFacts } from '../label/entry-facts.ts'
import { articleEntry, type EntrySurroundings, postEntry } from '../label/output-entry.ts'
import { outputFeed } from '../label/output-feed.ts'
import { asksOf, necessaryLabels, necessaryOutlets, selects } from '../label/selects.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import { type PostToPublish, toPublish } from '../store/post-to-publish.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'
import { originalOf, originalsOf } from './originals.ts'

/** A feed to publish with what its entries' contents are made from; the contents themselves are made only when needed. */
export interface GatheredFeed {
  readonly feed: OutputFeed
  /** By entry key: what changes whenever the entry may read otherwise; absent where nothing but the entry itself tells. */
  readonly stamps?: ReadonlyMap<string, string>
  /** By entry key: unsanitised HTML with the address it resolves against; absent where no content is published. */
  readonly contents: ReadonlyMap<string, { readonly html: string; readonly base?: string; readonly digest: string }>
}

/** What gathering asks the store. */
export type GatherStore = Pick<Store, 'entries' | 'posts' | 'matches'>

// Entries read at a time while a rule is picky.
const MIN_PAGE = 20
const MAX_PAGE = 200
// What could be translated next is not years old, and outlets have tens of thousands of articles.
const SEARCHED_ARTICLES = 5_000

/** Gathers the newest entries a rule selects. */
export async function gatherFeed(
  rule: FeedRule,
  site: Site,
  store: GatherStore,
  about: Omit<EntrySurroundings, 'excerpt'>,
): Promise<GatheredFeed> {
  const posts = rule.include === 'untranslated' ? [] : await selectedPosts(rule, store)
  return withArticles(rule, posts, site, store, surroundingsOf(rule, about))
}

/** Gathers the same where it is known which posts the rule selects: the newest of them, in any order. */
export async function gatherNewest(
  rule: FeedRule,
  posts: readonly Pick<CataloguedPost, 'key' | 'stamp'>[],
  site: Site,
  store: GatherStore,
  about: Omit<EntrySurroundings, 'excerpt'>,
): Promise<GatheredFeed> {
  const read = await store.posts.toPublish(
    posts.map(({ key }) => key),
    true,
  )
  return { ...(await withArticles(rule, read, site, store, surroundingsOf(rule, about))), stamps: stampsOf(posts) }
}

async function withArticles(
  rule: FeedRule,
  posts: readonly PostToPublish[],
  site: Site,
  store: GatherStore,
  around: EntrySurroundings,
): Promise<GatheredFeed> {
  const articles = rule.include === 'translated' ? [] : await selectedArticles(rule, store)
  const { entries, contents } = await withContents(rule, posts, store, around)
  for (const stored of articles) {
    const outlet = stored.outlet === null ? undefined : around.directory.byId(stored.outlet)
    if (outlet === undefined) continue
    entries.push(articleEntry(stored, outlet, around))
    const { content } = stored.entry
    const isWhole = rule.content === 'full' && outlet.republish === 'full'
    if (isWhole && content?.type === 'html') contents.set(stored.key, contentOf(content.value, content.base ?? stored.entry.url))
  }
  return { feed: outputFeed(rule, site, entries), contents }
}

function stampsOf(posts: readonly Pick<CataloguedPost, 'key' | 'stamp'>[]): ReadonlyMap<string, string> {
  return new Map(posts.map(({ key, stamp }) => [key, stamp]))
}

function surroundingsOf(rule: FeedRule, about: Omit<EntrySurroundings, 'excerpt'>): EntrySurroundings {
  return { ...about, excerpt: ({ text }) => (rule.content === 'link' ? '' : excerptOfText(text, rule.excerptCharacters)) }
}

async function withContents(rule: FeedRule, posts: readonly PostToPublish[], store: GatherStore, around: EntrySurroundings) {
  const originals = await originalsOf(posts, store)
  const entries: OutputEntry[] = []
  const contents = new Map<string, { html: string; base?: string; digest: string }>()
  for (const judged of posts) {
    const { post, base } = judged
    entries.push(postEntry(judged, originalOf(judged, originals), around))
    if (rule.content === 'full') contents.set(post.key, contentOf(post.html, base))
  }
  return { entries, contents }
}

async function selectedPosts(rule: FeedRule, store: GatherStore): Promise<readonly PostToPublish[]> {
  const bounds = { anyLabel: necessaryLabels(rule), anyOutlet: necessaryOutlets(rule) }
  return newestSelected(rule, Number.POSITIVE_INFINITY, async (limit, offset) => {
    const page = await store.posts.newest({ ...bounds, limit, offset })
    const originals = asksOf(rule, ['author', 'keyword']) ? await originalsOf(page, store) : new Map<string, Article>()
    return page.map(
      judged => [toPublish(judged), selects(rule, postFacts(judged.post, judged.judgement, originalOf(judged, originals)))] as const,
    )
  })
}

async function selectedArticles(rule: FeedRule, store: GatherStore): Promise<readonly StoredEntry[]> {
  return newestSelected(rule, SEARCHED_ARTICLES, async (limit, offset) => {
    const page = await store.entries.untranslated(necessaryOutlets(rule), limit, offset)
    const proposed = asksOf(rule, ['match']) ? await store.matches.proposed(page.map(({ key }) => key)) : new Set<string>()
    return page.map(stored => [stored, selects(rule, articleFacts(stored, proposed.has(stored.key)))] as const)
  })
}

/** Reads on, newest first, until the rule has its fill or `most` have been looked at. */
async function newestSelected<T>(
  rule: FeedRule,
  most: number,
  read: (limit: number, offset: number) => Promise<readonly (readonly [entry: T, isSelected: boolean])[]>,
): Promise<readonly T[]> {
  const limit = Math.min(MAX_PAGE, Math.max(rule.limit, MIN_PAGE))
  const selected: T[] = []
  for (let offset = 0; selected.length < rule.limit && offset < most; offset += limit) {
    const page = await read(limit, offset)
    selected.push(...page.flatMap(([entry, isSelected]) => (isSelected ? [entry] : [])))
    if (page.length < limit) break
  }
  return selected.slice(0, rule.limit)
}

function contentOf(html: string, base: string | undefined): { html: string; base?: string; digest: string } {
  const digest = digestOf(`${SANITIZER_VERSION}\0${base ?? ''}\0${html}`)
  return { html, digest, ...(base === undefined ? {} : { base }) }
}
