// The project's matcher behind the interface of the shared evaluator.
import { articleUnits } from '../../src/match/article-units.ts'
import { ContentIndex } from '../../src/match/content-index.ts'
import { weighed } from '../../src/match/content-model.ts'
import type { ArticleKind } from '../../src/match/content-weights.ts'
import { type LanguageKnowledge, languageKnowledge } from '../../src/match/language-knowledge.ts'
import { coverageOf } from '../../src/match/post-coverage.ts'

interface GivenPost {
  readonly id: string
  readonly title: string
  readonly body: string
}

interface GivenArticle {
  readonly id: string
  readonly title: string
  readonly summary?: string
  readonly body?: string
}

const ACCEPT = { title: 0.9, summary: 0.85, full: 0.8 } as const

/** The matcher with what it knows of the two languages. */
export function ranker({ lexicon, readings, isKnowable, rates, hear }: LanguageKnowledge) {
  return async function rank(posts: readonly GivenPost[], articles: readonly GivenArticle[]) {
    for (const { title, summary = '', body = '' } of articles) hear([title, summary, body].join('\n'))
    const index = new ContentIndex(isKnowable)
    for (const article of articles) index.add(articleUnits(article, lexicon, 6_000))
    const kindOf = (at: number): ArticleKind =>
      articles[at]?.body !== undefined ? 'full' : articles[at]?.summary !== undefined ? 'summary' : 'title'
    const coverages = posts.map(post => coverageOf(post, readings))
    return posts.map(({ id }, at) => {
      const coverage = coverages[at]
      const candidates = coverage === undefined ? [] : weighed(index.candidates(coverage, rates), kindOf)
      const [best] = candidates
      const isSure = best !== undefined && best.probability >= ACCEPT[kindOf(best.article)]
      const ranked = candidates.map(({ article, score }) => ({ articleId: articles[article]?.id ?? '', score }))
      return { postId: id, ranked, accepted: isSure ? (articles[best.article]?.id ?? null) : null }
    })
  }
}

export const rank = ranker(languageKnowledge())
