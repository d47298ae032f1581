import type { OutletId } from '../domain/identifiers.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import type { Instant } from '../domain/time.ts'
import type { Coverage, OutletCoverage } from '../render/page/coverage-page.ts'
import type { AcceptedTranslation, CataloguedPost } from '../store/page-store.ts'

/** A translation with its date; an outlet's come oldest first. */
export interface PublishedTranslation extends AcceptedTranslation {
  readonly postPublished: Instant
}

/** The translations among posts, in their order. */
export function translationsAmong(posts: readonly Pick<CataloguedPost, 'published' | 'translation'>[]): readonly PublishedTranslation[] {
  return posts.flatMap(({ published, translation }) => (translation === null ? [] : [{ ...translation, postPublished: published }]))
}

/**
 * Counts what is translated: each outlet that has articles or translations, those with the most translations first, and
 * all of them together.
 */
export function coverageOf(
  counted: { readonly translations: readonly PublishedTranslation[]; readonly articles: ReadonlyMap<OutletId, number> },
  directory: OutletDirectory,
  rules: readonly FeedRule[],
): { readonly outlets: readonly OutletCoverage[]; readonly total: Coverage } {
  const { translations, articles } = counted
  const byOutlet = Map.groupBy(translations, ({ outlet }) => outlet)
  const shown = directory.all.filter(({ id }) => articles.has(id) || byOutlet.has(id))
  const outlets = shown.map(({ id, name }): OutletCoverage => {
    const slug = rules.find(({ kind, outlets: own }) => kind === 'outlet' && own.length === 1 && own[0] === id)?.slug
    return { name, ...summed(byOutlet.get(id) ?? [], articles.get(id) ?? 0), ...(slug === undefined ? {} : { slug }) }
  })
  const all = shown.flatMap(({ id }) => byOutlet.get(id) ?? [])
  const articlesOfAll = shown.reduce((sum, { id }) => sum + (articles.get(id) ?? 0), 0)
  return {
    outlets: outlets.toSorted((a, b) => b.translated - a.translated || b.articles - a.articles || (a.name < b.name ? -1 : 1)),
    total: summed(all, articlesOfAll),
  }
}

function summed(translations: readonly PublishedTranslation[], articles: number): Coverage {
  const seen = new Set<string>()
  const lags: number[] = []
  for (const { article, articlePublished, postPublished } of translations) {
    // Of several translations of one article the first counts; an outlet's come oldest first.
    if (article === null || articlePublished === null || seen.has(article)) continue
    seen.add(article)
    lags.push(postPublished - articlePublished)
  }
  const newest = translations.reduce<Instant | null>((latest, { postPublished }) => Math.max(latest ?? postPublished, postPublished), null)
  return { articles, translated: seen.size, medianLagMs: median(lags), newest }
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
