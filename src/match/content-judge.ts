import type { Article } from '../domain/article.ts'
import type { EntryKey } from '../domain/identifiers.ts'
import type { Candidate, Evidence } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { ArticleEditions } from './article-editions.ts'
import { type ArticleParts, articleParts } from './article-parts.ts'
import { articleUnits } from './article-units.ts'
import { circumstancesOf } from './circumstances.ts'
import { contentEvidence } from './content-evidence.ts'
import { ContentIndex } from './content-index.ts'
import { type Weighed, weighed } from './content-model.ts'
import type { ArticleKind } from './content-weights.ts'
import type { ArticleSpan, SpanArticles } from './known-articles.ts'
import type { LanguageKnowledge } from './language-knowledge.ts'
import { originalOf } from './operator-word.ts'
import { coverageOf, type PostCoverage } from './post-coverage.ts'
import { TitleWords } from './title-words.ts'
import { isAboutBoth } from './two-articles.ts'

/** Compares texts across the two languages. It knows the articles it was told of, each in its newest edition. */
export interface ContentJudge {
  /** Makes an article known, in place of the edition that was. */
  readonly add: (article: Article) => void
  /** Forgets an article; one that is not known is no matter. */
  readonly remove: (key: EntryKey) => void
  readonly within: (span: ArticleSpan) => SpanArticles
  readonly size: () => ContentSize
}

/** How much a judge remembers. */
export interface ContentSize {
  readonly articles: number
  /** Editions that were replaced or removed: they cost memory and time until a judge begins anew. */
  readonly superseded: number
  /** Expressions of all articles, which is what memory goes by. */
  readonly units: number
}

// The store gives the beginning of longer ones.
const WHOLE_CHARACTERS = 3_900
// A translation of a whole article says two thirds of it by this measure, a commentary that quotes it a third.
const LEAST_SHARE = 0.5
const MOST_FOR_A_PART = 0.9
// How many of the candidates behind the best are looked at as a second original.
const NEXT_BEST = 3

/** Judges by what is known of the two languages. */
export function contentJudge(knowledge: LanguageKnowledge): ContentJudge {
  const { lexicon, isKnowable, hear } = knowledge
  const index = new ContentIndex(isKnowable)
  const editions = new ArticleEditions()
  const titles = new TitleWords()
  const forms: ArticleForm[] = []
  let units = 0
  const forget = (key: EntryKey) => {
    const number = editions.numberOf(key)
    if (number === undefined) return
    index.remove(number)
    editions.remove(key)
  }
  return {
    add: article => {
      const parts = articleParts(article)
      forget(article.key)
      hear(parts.heard)
      const said = articleUnits(parts, lexicon, parts.bodyCharacters)
      const number = index.add(said)
      units += said.length
      editions.put(number, article)
      titles.add(number, article.title)
      forms[number] = formOf(parts, article.text)
    },
    remove: forget,
    within: span => ({
      articles: { [Symbol.iterator]: () => editions.of(span) },
      titledLike: line => editions.of(span, titles.near(line)),
      candidates: post => candidatesAmong(post, span, { ...knowledge, index, editions, forms }),
    }),
    size: () => ({ articles: editions.size, superseded: editions.superseded, units }),
  }
}

/** How much of an article there is; `length` in characters where that is all of it. */
interface ArticleForm {
  readonly kind: ArticleKind
  readonly length?: number
}

interface Known extends LanguageKnowledge {
  readonly index: ContentIndex
  readonly editions: ArticleEditions
  readonly forms: readonly ArticleForm[]
}

function candidatesAmong(post: Post, span: ArticleSpan, known: Known): readonly Candidate[] {
  const { index, editions, forms, readings, rates, usualLag } = known
  if (editions.isBare(span)) return []
  const coverage = coverageOf({ title: post.headline, body: post.text }, readings)
  // The order in which articles became known must not tell.
  const comesFirst = (a: number, b: number) => String(editions.at(a)?.key) < String(editions.at(b)?.key)
  const scored = index.candidates(coverage, rates, editions.within(span), comesFirst)
  const circumstances = new Map(
    scored.flatMap(({ article: number }) => {
      const article = editions.at(number)
      return article === undefined ? [] : [[number, circumstancesOf(post, coverage, { ...article, ...forms[number] }, usualLag)] as const]
    }),
  )
  const found = weighed(
    scored,
    number => forms[number]?.kind ?? 'title',
    number => circumstances.get(number)?.nats ?? 0,
  )
  const second = secondOriginal(found, coverage, known)
  const candidates = found.flatMap(({ article: number, probability, score: nats, features }, rank) => {
    const article = editions.at(number)
    if (article === undefined) return []
    const share = forms[number]?.kind === 'full' ? Math.round(features.bodyShare * 100) / 100 : undefined
    const isPart = share !== undefined && share < LEAST_SHARE
    const isOneOfTwo = rank === 0 && second !== undefined
    const evidence: readonly Evidence[] = [
      ...contentEvidence(index.unitsOf(number), coverage, rates),
      ...(share === undefined ? [] : [{ kind: 'share-covered', share, isPart } as const]),
      ...(circumstances.get(number)?.evidence ?? []),
      ...(isOneOfTwo ? [{ kind: 'two-originals', other: nameOf(editions.at(second)) } as const] : []),
    ]
    const score = isPart || isOneOfTwo ? Math.min(probability, MOST_FOR_A_PART) : probability
    const candidate: Candidate = { original: originalOf(article), tier: 4, score: Math.min(0.99, Number(score.toFixed(3))), evidence }
    return [{ candidate, nats }]
  })
  // What is next to impossible still has an order, for people.
  const inOrder = candidates.toSorted(
    (x, y) => y.candidate.score - x.candidate.score || y.nats - x.nats || (keyOf(x.candidate) < keyOf(y.candidate) ? -1 : 1),
  )
  return inOrder.map(({ candidate }) => candidate)
}

/** An article of which a post says much that its best candidate does not say. */
function secondOriginal([best, ...others]: readonly Weighed[], coverage: PostCoverage, { index, rates }: Known): number | undefined {
  if (best === undefined) return undefined
  const isSecond = ({ article }: Weighed) => isAboutBoth(coverage, index.unitsOf(best.article), index.unitsOf(article), rates)
  return others.slice(0, NEXT_BEST).find(isSecond)?.article
}

function keyOf({ original }: Candidate): string {
  return String(original.entry)
}

function nameOf(article: Article | undefined): string {
  return article?.url ?? article?.title ?? ''
}

function formOf(parts: ArticleParts, text: string): ArticleForm {
  if (parts.body === undefined) return { kind: parts.summary === undefined ? 'title' : 'summary' }
  return text.length < WHOLE_CHARACTERS ? { kind: 'full', length: text.length } : { kind: 'full' }
}
