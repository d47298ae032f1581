import { AppError } from '../domain/app-error.ts'
import type { OutputEntry, OutputFeed } from '../domain/output-feed.ts'
import { archivePath, FEED_SYNTAXES, type FeedSyntax, feedPath, type Site } from '../domain/site.ts'
import { sanitizeHtml } from '../html/sanitize.ts'
import { labelScheme } from '../label/output-feed.ts'
import type { Document } from '../publish/publish-documents.ts'
import { atomDocument, atomEntry } from '../render/feed/atom.ts'
import type { EntryContext } from '../render/feed/entry-context.ts'
import type { FeedHeader, FeedPlace } from '../render/feed/feed-header.ts'
import { jsonDocument, jsonItem } from '../render/feed/json-feed.ts'
import { rssDocument, rssItem } from '../render/feed/rss.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'
import type { FragmentCache } from './fragment-cache.ts'
import type { GatheredFeed } from './gather-feed.ts'

/** An entry that was left out of what is published, and why. */
export interface LeftOut {
  readonly id: string
  readonly url?: string
  readonly because: string
}

/** What rendering needs. */
export interface RenderDeps {
  readonly site: Site
  readonly generator: FeedHeader['generator']
  readonly store: Pick<Store, 'publications'>
  readonly fragments: FragmentCache
  /** Who pushes the feeds to their subscribers (WebSub §4), absolute addresses. */
  readonly hubs?: readonly string[]
}

const RENDERERS: Readonly<
  Record<
    FeedSyntax,
    {
      readonly entry: (entry: OutputEntry, context: EntryContext) => string
      readonly document: (header: FeedHeader, fragments: readonly string[]) => string
    }
  >
> = {
  atom: { entry: atomEntry, document: atomDocument },
  rss: { entry: rssItem, document: rssDocument },
  json: { entry: jsonItem, document: jsonDocument },
}

/** A document's place in the history of its feed, and what has left that. */
export type PlaceInHistory = Pick<FeedHeader, 'place' | 'tombstones'>

/**
 * Renders a feed in every syntax. Each entry is rendered by itself: one that cannot be is left out of all of them and
 * reported, the others are published.
 */
export async function renderFeed(
  gathered: GatheredFeed,
  deps: RenderDeps,
  history: PlaceInHistory,
): Promise<{ readonly feed: OutputFeed; readonly documents: readonly Document[]; readonly leftOut: readonly LeftOut[] }> {
  const { feed, fragments, leftOut } = await renderEntries(gathered, deps, SYNTAXES)
  // A document that lacks an entry does not hold all there is (RFC 5005 §2).
  const isCut = leftOut.length > 0 && history.place.kind === 'complete'
  const header = headerOf(feed, deps, isCut ? { ...history, place: { kind: 'current', newestArchive: null } } : history)
  const documents = SYNTAXES.map((syntax): Document => {
    const text = RENDERERS[syntax].document(header, fragments(syntax))
    return { path: feedPath(feed.rule.slug, syntax), kind: syntax, text }
  })
  return { feed, documents, leftOut }
}

/** Renders one archive of a feed; they come as Atom alone. */
export async function renderArchive(
  gathered: GatheredFeed,
  deps: RenderDeps,
  place: FeedPlace & { readonly kind: 'archive' },
): Promise<{ readonly document: Document; readonly leftOut: readonly LeftOut[] }> {
  const { feed, fragments, leftOut } = await renderEntries(gathered, deps, ['atom'])
  const text = atomDocument(headerOf(feed, deps, { place, tombstones: [] }), fragments('atom'))
  return { document: { path: archivePath(feed.rule.slug, place.page), kind: 'atom', text }, leftOut }
}

const SYNTAXES = Object.keys(FEED_SYNTAXES) as FeedSyntax[]

interface RenderedEntries {
  /** With the entries that could be rendered. */
  readonly feed: OutputFeed
  readonly fragments: (syntax: FeedSyntax) => readonly string[]
  readonly leftOut: readonly LeftOut[]
}

async function renderEntries(gathered: GatheredFeed, deps: RenderDeps, syntaxes: readonly FeedSyntax[]): Promise<RenderedEntries> {
  const { site, generator, fragments } = deps
  const { rule, language } = gathered.feed
  const context: EntryContext = { site, rule, language, labelScheme: labelScheme(site) }
  const contextDigest = digestOf(JSON.stringify([site.id, site.author, site.timeZone, rule.titles, language, generator.version]))
  const contents = await sanitizedContents(gathered, deps)
  const leftOut: LeftOut[] = []
  const rendered: { readonly entry: OutputEntry; readonly texts: ReadonlyMap<FeedSyntax, string> }[] = []
  for (const bare of gathered.feed.entries) {
    try {
      const content = contents.get(bare.key)
      if (content?.kind === 'failed') throw content.error
      const entry = content === undefined ? bare : { ...bare, content: content.html }
      const key = `${contextDigest}:${digestOf(JSON.stringify(entry))}`
      const text = (syntax: FeedSyntax) => fragments.get(`${syntax}:${key}`, () => RENDERERS[syntax].entry(entry, context))
      rendered.push({ entry, texts: new Map(syntaxes.map(syntax => [syntax, text(syntax)])) })
    } catch (error) {
      const because = error instanceof AppError || error instanceof RangeError ? error.message : `internal error: ${String(error)}`
      leftOut.push({ id: bare.id, ...(bare.url === undefined ? {} : { url: bare.url }), because })
    }
  }
  const entries = rendered.map(({ entry }) => entry)
  const updated = entries.length === 0 ? null : Math.max(...entries.map(entry => entry.updated))
  const textsIn = (syntax: FeedSyntax) => rendered.map(({ texts }) => texts.get(syntax) ?? '')
  return { feed: { ...gathered.feed, entries, updated }, fragments: textsIn, leftOut }
}

function headerOf(
  { rule, id, language, updated }: OutputFeed,
  { site, generator, hubs = [] }: RenderDeps,
  history: PlaceInHistory,
): FeedHeader {
  return { rule, id, language, updated, site, labelScheme: labelScheme(site), generator, hubs, ...history }
}

type Content = { readonly kind: 'clean'; readonly html: string } | { readonly kind: 'failed'; readonly error: unknown }

/** HTML is sanitised once per content: what was sanitised before comes from the store. */
async function sanitizedContents({ contents }: GatheredFeed, { store }: RenderDeps): Promise<ReadonlyMap<string, Content>> {
  const known = await store.publications.sanitized([...contents.values()].map(content => content.digest))
  const fresh = new Map<string, string>()
  const result = new Map<string, Content>()
  for (const [key, { html, base, digest: made }] of contents) {
    try {
      const clean = known.get(made) ?? fresh.get(made) ?? sanitizeHtml(html, base)
      if (!known.has(made)) fresh.set(made, clean)
      result.set(key, { kind: 'clean', html: clean })
    } catch (error) {
      result.set(key, { kind: 'failed', error })
    }
  }
  if (fresh.size > 0) await store.publications.keepSanitized(fresh)
  return result
}
