import type { Article } from '../domain/article.ts'
import type { Candidate, Evidence } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { DAY } from '../domain/time.ts'
import { articleUnits, type Unit } from './article-units.ts'
import type { BackgroundRates } from './background-rates.ts'
import { ContentIndex } from './content-index.ts'
import { weighed } from './content-model.ts'
import type { ArticleKind } from './content-weights.ts'
import { ORDER_TOLERANCE } from './known-articles.ts'
import type { LanguageKnowledge } from './language-knowledge.ts'
import { originalOf } from './operator-word.ts'
import { coverageOf, type PostCoverage } from './post-coverage.ts'

/** Compares texts across the two languages. It remembers the articles it has seen; what it says depends on its arguments alone. */
export interface ContentJudge {
  /** Articles that a post may translate by what both say, best first; `score` is the probability that it does. */
  readonly candidates: (post: Post, articles: readonly Article[]) => readonly Candidate[]
  /** Editions of articles that it remembers. */
  readonly size: () => number
}

// A feed gives a sentence or two, or it gives the article.
const SUMMARY_CHARACTERS = 700
const LEAD_CHARACTERS = 300
const BODY_CHARACTERS = 6_000
// What a post says of its original beside its text, in nats: it names the outlet, and it comes soon after the article.
const OUTLET_NAMED = 2.5
const DAYS_OF_LAG = 20
const SHOWN = 12
// A translation of a whole article says two thirds of it by this measure, a commentary that quotes it a third.
const LEAST_SHARE = 0.5
const MOST_FOR_A_PART = 0.9

/** Judges by what is known of the two languages. */
export function contentJudge({ lexicon, readings, isKnowable, rates, hear }: LanguageKnowledge): ContentJudge {
  const index = new ContentIndex(isKnowable)
  const numbers = new Map<string, number>()
  const kinds: ArticleKind[] = []
  const numberOf = (article: Article): number => {
    const version = `${article.key} ${article.title} ${article.text.length} ${article.text.slice(0, 40)}`
    const known = numbers.get(version)
    if (known !== undefined) return known
    const parts = partsOf(article)
    hear(`${article.title}\n${article.text.slice(0, BODY_CHARACTERS)}`)
    const number = index.add(articleUnits({ title: article.title, ...parts }, lexicon, BODY_CHARACTERS))
    kinds[number] = parts.body !== undefined ? 'full' : parts.summary !== undefined ? 'summary' : 'title'
    numbers.set(version, number)
    return number
  }
  return {
    size: () => index.size,
    candidates: (post, articles) => {
      const eligible = articles.filter(({ published }) => published <= post.published + ORDER_TOLERANCE)
      if (eligible.length === 0) return []
      const byNumber = new Map(eligible.map(article => [numberOf(article), article] as const))
      const coverage = coverageOf({ title: post.headline, body: post.text }, readings)
      const scored = index.candidates(coverage, rates, number => byNumber.has(number))
      const besides = (number: number) => besideTheText(post, byNumber.get(number))
      const found = weighed(scored, number => kinds[number] ?? 'title', besides).flatMap(
        ({ article: number, probability, features }): readonly Candidate[] => {
          const article = byNumber.get(number)
          if (article === undefined) return []
          const share = kinds[number] === 'full' ? Math.round(features.bodyShare * 100) / 100 : undefined
          const isPart = share !== undefined && share < LEAST_SHARE
          const covers: readonly Evidence[] = share === undefined ? [] : [{ kind: 'share-covered', share, isPart }]
          const evidence = [...evidenceOf(index.unitsOf(number), coverage, rates), ...covers, ...circumstances(post, article)]
          const score = isPart ? Math.min(probability, MOST_FOR_A_PART) : probability
          return [{ original: originalOf(article), tier: 4, score: Math.min(0.99, Number(score.toFixed(3))), evidence }]
        },
      )
      return found.sort((x, y) => y.score - x.score || (String(x.original.entry) < String(y.original.entry) ? -1 : 1))
    },
  }
}

function partsOf({ text }: Article): { readonly summary?: string; readonly body?: string } {
  if (text === '') return {}
  if (text.length <= SUMMARY_CHARACTERS) return { summary: text }
  const end = text.slice(0, LEAD_CHARACTERS).lastIndexOf('. ')
  const cut = end > 80 ? end + 1 : LEAD_CHARACTERS
  return { summary: text.slice(0, cut), body: text.slice(cut) }
}

function besideTheText(post: Post, article: Article | undefined): number {
  if (article === undefined) return 0
  const named = post.outlets.includes(article.outlet) ? OUTLET_NAMED : 0
  return named - Math.max(0, post.published - article.published) / (DAYS_OF_LAG * DAY)
}

function circumstances(post: Post, article: Article): readonly Evidence[] {
  const lag: Evidence = { kind: 'lag', days: Math.round(((post.published - article.published) / DAY) * 10) / 10 }
  return post.outlets.includes(article.outlet) ? [{ kind: 'outlet-named', outlet: article.outlet }, lag] : [lag]
}

/** The strongest reasons on either side, in words. */
function evidenceOf(units: readonly Unit[], { all }: PostCoverage, rates: BackgroundRates): readonly Evidence[] {
  const met = units
    .flatMap(({ key, written }) => {
      const rendering = all.get(key)
      return rendering === undefined ? [] : [{ key, written, rendering, weight: -Math.log(rates.rateOf(key)) * rendering.confidence }]
    })
    .sort((a, b) => b.weight - a.weight)
  const facts = met.filter(({ key }) => key.startsWith('#'))
  const words = met.filter(({ key }) => !key.startsWith('#')).slice(0, SHOWN)
  const missed = units.filter(({ key, field }) => field === 'title' && key.startsWith('#') && !all.has(key)).map(({ key }) => factText(key))
  const weight = (list: readonly { readonly weight: number }[]) => Math.round(list.reduce((sum, item) => sum + item.weight, 0) * 10) / 10
  const evidence: Evidence[] = []
  if (words.length > 0)
    evidence.push({
      kind: 'rendered-words',
      pairs: words.map(({ written, rendering }) => [rendering.japanese, written] as const),
      weight: weight(words),
    })
  if (facts.length > 0) evidence.push({ kind: 'shared-numbers', values: facts.map(({ key }) => factText(key)), weight: weight(facts) })
  if (missed.length > 0) evidence.push({ kind: 'missing-numbers', values: missed })
  return evidence
}

/** `#d3-11` is 3/11, `#p12.5` 12.5%. */
function factText(key: string): string {
  const text = key.slice(2)
  return key.startsWith('#d') ? text.replace('-', '/') : key.startsWith('#p') ? `${text}%` : text
}
