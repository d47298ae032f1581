import { fortytwoArticles } from './articles-fortytwo.ts'
import { harborArticles } from './articles-harbor.ts'
import { meridianArticles } from './articles-meridian.ts'
import { tradewindArticles } from './articles-tradewind.ts'
import type { SampleArticle, SampleOutletId } from './sample-article.ts'

/** Every article of every outlet, newest first. */
export const sampleArticles: readonly SampleArticle[] = [
  ...meridianArticles,
  ...fortytwoArticles,
  ...harborArticles,
  ...tradewindArticles,
].sort((a, b) => Date.parse(b.published) - Date.parse(a.published))

/** The articles of one outlet, newest first. */
export function articlesOf(outlet: SampleOutletId): readonly SampleArticle[] {
  return sampleArticles.filter(article => article.outlet === outlet)
}
