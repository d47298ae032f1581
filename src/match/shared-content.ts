import type { Article } from '../domain/article.ts'
import type { Candidate, Evidence } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { DAY } from '../domain/time.ts'
import { countryNames } from './country-names.ts'
import { englishSkeleton, katakanaSkeleton, katakanaWords, soundsAlike } from './katakana.ts'
import { ORDER_TOLERANCE } from './known-articles.ts'
import { numbersIn } from './numbers.ts'
import { originalOf } from './operator-word.ts'

// Evidence worth this many nats makes a score of one half: about one rare name and a rare number.
const HALF_SCORE = 6
// Naming the outlet narrows tens of thousands of articles to hundreds.
const OUTLET_WEIGHT = 2
const DAYS_OF_HALF_WEIGHT = 10
const LEAD_CHARACTERS = 1_500

/**
 * Tier 4 in its first form: what both texts say. Names heard alike, Latin words, numbers and countries that post and
 * article share, each weighted by how few of the candidates share it (inverse document frequency, in nats). The score is
 * a rank, not a probability: such a match is only ever proposed.
 */
export function contentCandidates(post: Post, articles: readonly Article[]): readonly Candidate[] {
  const eligible = articles.filter(({ published }) => published <= post.published + ORDER_TOLERANCE)
  const sides = postSide(post)
  const shares = eligible.map(article => ({ article, shared: sharedWith(sides, article) }))
  const frequency = new Map<string, number>()
  for (const { shared } of shares) for (const { key } of shared) frequency.set(key, (frequency.get(key) ?? 0) + 1)
  const weigh = (key: string) => Math.log((eligible.length + 1) / (frequency.get(key) ?? 1))
  return shares
    .map(({ article, shared }) => toCandidate(post, article, shared, weigh))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (String(a.original.entry) < String(b.original.entry) ? -1 : 1))
}

interface Shared {
  readonly kind: 'number' | 'latin' | 'katakana' | 'country'
  /** What is counted: the English side. */
  readonly key: string
  readonly japanese: string
  readonly english: string
}

interface PostSide {
  readonly numbers: ReadonlySet<string>
  readonly latin: ReadonlySet<string>
  readonly katakana: readonly { readonly word: string; readonly skeleton: string }[]
  readonly countries: readonly { readonly japanese: string; readonly english: string }[]
}

function postSide(post: Post): PostSide {
  const text = `${post.headline}\n${post.text.slice(0, LEAD_CHARACTERS)}`.normalize('NFKC')
  return {
    numbers: numbersIn(text),
    latin: latinWords(text),
    katakana: [...katakanaWords(text)].map(word => ({ word, skeleton: katakanaSkeleton(word) })),
    countries: countryNames().filter(({ japanese }) => text.includes(japanese)),
  }
}

/** Words in Latin letters that stand out in Japanese text: names, abbreviations and designations such as F-35B. */
function latinWords(text: string): ReadonlySet<string> {
  return new Set(
    (text.match(/[A-Za-z][A-Za-z0-9]*(?:-\d+[A-Za-z]*)?/g) ?? []).filter(word => word.length >= 2).map(word => word.toLowerCase()),
  )
}

function sharedWith(post: PostSide, article: Article): readonly Shared[] {
  const text = `${article.title}\n${article.text.slice(0, LEAD_CHARACTERS)}`
  const shared: Shared[] = []
  for (const number of numbersIn(text))
    if (post.numbers.has(number)) shared.push({ kind: 'number', key: number, japanese: number, english: number })
  for (const word of latinWords(text)) if (post.latin.has(word)) shared.push({ kind: 'latin', key: word, japanese: word, english: word })
  for (const { japanese, english } of post.countries)
    if (text.includes(english)) shared.push({ kind: 'country', key: english, japanese, english })
  const taken = new Set(post.countries.map(({ japanese }) => japanese))
  const names = new Set(text.match(/\b[A-Z][\p{L}]{2,}/gu) ?? [])
  for (const name of names) {
    const skeleton = englishSkeleton(name)
    const heard = post.katakana.find(({ word, skeleton: kana }) => !taken.has(word) && soundsAlike(skeleton, kana))
    if (heard !== undefined) shared.push({ kind: 'katakana', key: name.toLowerCase(), japanese: heard.word, english: name })
  }
  return shared
}

function toCandidate(post: Post, article: Article, shared: readonly Shared[], weigh: (key: string) => number): Candidate {
  const evidence: Evidence[] = []
  const pick = (kind: Shared['kind']) => shared.filter(item => item.kind === kind)
  const weight = (items: readonly Shared[]) => round(items.reduce((sum, { key }) => sum + weigh(key), 0))
  const pairs = (items: readonly Shared[]) => items.map(({ japanese, english }) => [japanese, english] as const)
  const [numbers, latin, katakana, countries] = [pick('number'), pick('latin'), pick('katakana'), pick('country')]
  if (numbers.length > 0) evidence.push({ kind: 'shared-numbers', values: numbers.map(({ key }) => key), weight: weight(numbers) })
  if (latin.length > 0) evidence.push({ kind: 'shared-latin-words', values: latin.map(({ key }) => key), weight: weight(latin) })
  if (katakana.length > 0) evidence.push({ kind: 'katakana-names', pairs: pairs(katakana), weight: weight(katakana) })
  if (countries.length > 0) evidence.push({ kind: 'country-names', pairs: pairs(countries), weight: weight(countries) })
  const isNamed = post.outlets.includes(article.outlet)
  const lagDays = Math.max(0, (post.published - article.published) / DAY)
  const said = weight(shared)
  const nearness = 1 / (1 + lagDays / DAYS_OF_HALF_WEIGHT)
  const total = said === 0 ? 0 : said * (0.5 + nearness / 2) + (isNamed ? OUTLET_WEIGHT : 0)
  if (isNamed) evidence.push({ kind: 'outlet-named', outlet: article.outlet })
  evidence.push({ kind: 'lag', days: round(lagDays) })
  return { tier: 4, score: round(total / (total + HALF_SCORE)), original: originalOf(article), evidence }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
