// The project's matcher behind the interface of the shared evaluator.
import { articleUnits } from '../../src/match/article-units.ts'
import { backgroundRates } from '../../src/match/background-rates.ts'
import { ContentIndex } from '../../src/match/content-index.ts'
import { weighed } from '../../src/match/content-model.ts'
import type { ArticleKind } from '../../src/match/content-weights.ts'
import { englishWords } from '../../src/match/english-words.ts'
import { coverageOf } from '../../src/match/post-coverage.ts'
import { shippedKatakana, shippedLexicon, shippedRates } from '../../src/match/shipped-lexicon.ts'
import { soundingWords } from '../../src/match/sounding-words.ts'

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

const lexicon = shippedLexicon()
const model = shippedKatakana()
const ACCEPT = { title: 0.92, summary: 0.94, full: 0.8 } as const

export async function rank(posts: readonly GivenPost[], articles: readonly GivenArticle[]) {
  const sounding = soundingWords(model)
  for (const { title, summary = '', body = '' } of articles)
    sounding.add(englishWords([title, summary, body].join('\n')).map(({ text }) => text))
  const index = new ContentIndex(key => lexicon.keys.has(key))
  for (const article of articles) index.add(articleUnits(article, lexicon, 6_000))
  const kindOf = (at: number): ArticleKind =>
    articles[at]?.body !== undefined ? 'full' : articles[at]?.summary !== undefined ? 'summary' : 'title'
  const coverages = posts.map(post => coverageOf(post, lexicon, sounding))
  const rates = backgroundRates(shippedRates())
  return posts.map(({ id }, at) => {
    const coverage = coverages[at]
    const candidates = coverage === undefined ? [] : weighed(index.candidates(coverage, rates), kindOf)
    const [best] = candidates
    const isSure = best !== undefined && best.probability >= ACCEPT[kindOf(best.article)]
    const ranked = candidates.map(({ article, score }) => ({ articleId: articles[article]?.id ?? '', score }))
    return { postId: id, ranked, accepted: isSure ? (articles[best.article]?.id ?? null) : null }
  })
}
