import { AppError } from '../domain/app-error.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { FeedRule, OutputEntry, OutputFeed } from '../domain/output-feed.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath, type Site } from '../domain/site.ts'
import type { Instant } from '../domain/time.ts'
import { SANITIZER_VERSION, sanitizeHtml } from '../html/sanitize.ts'
import { labelScheme } from '../label/output-feed.ts'
import type { Document } from '../publish/publish-documents.ts'
import { atomDocument, atomEntry } from '../render/feed/atom.ts'
import type { EntryContext } from '../render/feed/entry-context.ts'
import type { FeedHeader } from '../render/feed/feed-header.ts'
import { jsonDocument, jsonItem } from '../render/feed/json-feed.ts'
import { type PublishableEntry, publishableEntry } from '../render/feed/publishable-entry.ts'
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
  readonly directory: OutletDirectory
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
      readonly entry: (entry: PublishableEntry, context: EntryContext) => string
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
): Promise<{ readonly documents: readonly Document[]; readonly leftOut: readonly LeftOut[] }> {
  const { rendered, leftOut } = await renderEntries(gathered, deps, SYNTAXES, true)
  const entries = rendered.map(({ entry }) => entry)
  const present = new Set(entries.map(({ id }) => id))
  const tombstones = history.tombstones.filter(({ ref }) => !present.has(ref))
  // A document that lacks an entry does not hold all there is (RFC 5005 §2).
  const isCut = leftOut.length > 0 && history.place.kind === 'complete'
  const place = isCut ? ({ kind: 'current', newestArchive: null } as const) : history.place
  const header = headerOf({ ...gathered.feed, updated: newest(entries) }, deps, { place, tombstones })
  const documents = SYNTAXES.map((syntax): Document => {
    const fragments = rendered.map(({ texts }) => texts.get(syntax) ?? '')
    return { path: feedPath(gathered.feed.rule.slug, syntax), kind: syntax, text: RENDERERS[syntax].document(header, fragments) }
  })
  return { documents, leftOut }
}

const SYNTAXES = Object.keys(FEED_SYNTAXES) as FeedSyntax[]

interface RenderedEntries {
  /** Those that could be rendered, in the feed's order. */
  readonly rendered: readonly { readonly entry: OutputEntry; readonly texts: ReadonlyMap<FeedSyntax, string> }[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * Renders the entries of a feed one by one, each in these syntaxes; what was rendered before is used again.
 *
 * @param isKept whether their contents, once sanitised, are likely to be asked for again by another process
 */
export async function renderEntries(
  gathered: GatheredFeed,
  deps: RenderDeps,
  syntaxes: readonly FeedSyntax[],
  isKept: boolean,
): Promise<RenderedEntries> {
  const { rule, language, entries } = gathered.feed
  const context: EntryContext = { site: deps.site, rule, language, labelScheme: labelScheme(deps.site) }
  const contextDigest = fragmentContext(rule, language, deps)
  const keyOf = (entry: OutputEntry) => {
    const content = gathered.contents.get(entry.key)?.digest
    return `${contextDigest}:${entry.key}:${gathered.stamps?.get(entry.key) ?? digestOf(JSON.stringify([entry, content]))}`
  }
  const known = new Map(entries.map(entry => [entry.key, knownTexts(keyOf(entry), deps.fragments, syntaxes)]))
  const contents = await sanitizedContents(
    entries.flatMap(({ key }) => (known.get(key) === undefined ? [key] : [])),
    gathered,
    deps,
    isKept,
  )
  const leftOut: LeftOut[] = []
  const rendered: RenderedEntries['rendered'][number][] = []
  for (const bare of entries) {
    try {
      const texts = known.get(bare.key) ?? textsOf(withContent(bare, contents.get(bare.key)), context, syntaxes)
      for (const [syntax, text] of texts) deps.fragments.keep(`${syntax}:${keyOf(bare)}`, text)
      rendered.push({ entry: bare, texts })
    } catch (error) {
      const because = error instanceof AppError || error instanceof RangeError ? error.message : `internal error: ${String(error)}`
      leftOut.push({ id: bare.id, ...(bare.url === undefined ? {} : { url: bare.url }), because })
    }
  }
  return { rendered, leftOut }
}

/** What the rendering of an entry depends on besides the entry; in front of an entry's key and stamp it names a fragment. */
export function fragmentContext(rule: FeedRule, language: string, { site, generator, directory }: RenderDeps): string {
  const { titles, content, excerptCharacters } = rule
  const ofSite = [site.id, site.author, site.timeZone, language, generator.version, directory.all, SANITIZER_VERSION]
  return digestOf(JSON.stringify([...ofSite, titles, content, excerptCharacters]))
}

function knownTexts(key: string, fragments: FragmentCache, syntaxes: readonly FeedSyntax[]): ReadonlyMap<FeedSyntax, string> | undefined {
  const texts = new Map<FeedSyntax, string>()
  for (const syntax of syntaxes) {
    const text = fragments.find(`${syntax}:${key}`)
    if (text === undefined) return undefined
    texts.set(syntax, text)
  }
  return texts
}

function textsOf(entry: OutputEntry, context: EntryContext, syntaxes: readonly FeedSyntax[]): ReadonlyMap<FeedSyntax, string> {
  const publishable = publishableEntry(entry, context)
  return new Map(syntaxes.map(syntax => [syntax, RENDERERS[syntax].entry(publishable, context)]))
}

function withContent(entry: OutputEntry, content: Content | undefined): OutputEntry {
  if (content?.kind === 'failed') throw content.error
  return content === undefined ? entry : { ...entry, content: content.html }
}

/** The newest `updated` of all; null where there is none. */
export function newest(entries: readonly Pick<OutputEntry, 'updated'>[]): Instant | null {
  return entries.length === 0 ? null : Math.max(...entries.map(({ updated }) => updated))
}

/** Puts together what a document says besides its entries. */
export function headerOf(
  { rule, id, language, updated }: Pick<OutputFeed, 'rule' | 'id' | 'language' | 'updated'>,
  { site, generator, hubs = [] }: RenderDeps,
  history: PlaceInHistory,
): FeedHeader {
  return { rule, id, language, updated, site, labelScheme: labelScheme(site), generator, hubs, ...history }
}

type Content = { readonly kind: 'clean'; readonly html: string } | { readonly kind: 'failed'; readonly error: unknown }

/** HTML is sanitised once per content: what was sanitised before comes from the store. */
async function sanitizedContents(
  keys: readonly string[],
  { contents }: GatheredFeed,
  { store }: RenderDeps,
  isKept: boolean,
): Promise<ReadonlyMap<string, Content>> {
  const wanted = keys.flatMap(key => {
    const content = contents.get(key)
    return content === undefined ? [] : [[key, content] as const]
  })
  const known = await store.publications.sanitized(wanted.map(([, content]) => content.digest))
  const fresh = new Map<string, string>()
  const result = new Map<string, Content>()
  for (const [key, { html, base, digest: made }] of wanted) {
    try {
      const clean = known.get(made) ?? fresh.get(made) ?? sanitizeHtml(html, base)
      if (!known.has(made)) fresh.set(made, clean)
      result.set(key, { kind: 'clean', html: clean })
    } catch (error) {
      result.set(key, { kind: 'failed', error })
    }
  }
  if (fresh.size > 0 && isKept) await store.publications.keepSanitized(fresh)
  return result
}
