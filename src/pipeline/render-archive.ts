import type { EntryKey } from '../domain/identifiers.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import { archivePath } from '../domain/site.ts'
import { labelScheme, newestFirst, outputFeed } from '../label/output-feed.ts'
import type { Document } from '../publish/publish-documents.ts'
import { atomDocument } from '../render/feed/atom.ts'
import type { FeedPlace } from '../render/feed/feed-header.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import { type GatherStore, gatherNewest } from './gather-feed.ts'
import { fragmentContext, headerOf, type LeftOut, newest, type RenderDeps, renderEntries } from './render-feed.ts'

/** Renders one archive of a feed; they come as Atom alone. Only posts that were not rendered before are read. */
export async function renderArchive(
  rule: FeedRule,
  posts: readonly CataloguedPost[],
  deps: RenderDeps & { readonly store: GatherStore },
  place: FeedPlace & { readonly kind: 'archive' },
): Promise<{ readonly document: Document; readonly leftOut: readonly LeftOut[] }> {
  const { site, fragments, directory } = deps
  const bare = outputFeed(rule, site, [])
  const context = fragmentContext(rule, bare.language, deps)
  const texts = new Map<EntryKey, string>()
  for (const { key, stamp } of posts) {
    const text = fragments.find(`atom:${context}:${key}:${stamp}`)
    if (text !== undefined) texts.set(key, text)
  }
  const missing = posts.filter(({ key }) => !texts.has(key))
  const about = { directory, labelScheme: labelScheme(site) }
  const gathered = await gatherNewest({ ...rule, limit: missing.length }, missing, site, deps.store, about)
  const { rendered, leftOut } = await renderEntries(gathered, deps, ['atom'], false)
  for (const { entry, texts: made } of rendered) texts.set(entry.key, made.get('atom') ?? '')
  const shown = posts.filter(({ key }) => texts.has(key)).toSorted(newestFirst)
  const header = headerOf({ ...bare, updated: newest(shown) }, deps, { place, tombstones: [] })
  const text = atomDocument(
    header,
    shown.flatMap(({ key }) => texts.get(key) ?? []),
  )
  return { document: { path: archivePath(rule.slug, place.page), kind: 'atom', isRarelyRead: true, text }, leftOut }
}
