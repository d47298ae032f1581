import type { Article } from '../domain/article.ts'
import type { Candidate, Evidence } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { DAY } from '../domain/time.ts'
import { type KnownArticles, ORDER_TOLERANCE, type SpanArticles } from './known-articles.ts'
import { originalOf } from './operator-word.ts'
import { isSamePerson } from './person-name.ts'
import { titleKey, titleSimilarity, words } from './title-key.ts'
import { SAME_TITLE } from './title-words.ts'

// Short lines ("Air Force One") are like many titles by accident.
const WORDS_NEEDED = 4

// What a second, independent reason adds.
const BOTH_BONUS = 0.02

/**
 * Tier 3: articles whose English title, or author and date, stand as a line of the body; best first.
 *
 * @param titledLike gives articles whose title may have been edited since
 */
export function lineCandidates(
  post: Post,
  known: Pick<KnownArticles, 'byTitle' | 'onDays'>,
  titledLike: SpanArticles['titledLike'] = () => [],
): readonly Candidate[] {
  const offers = new Map<string, Offers>()
  for (const { article, reason, score } of [...titleOffers(post, known, titledLike), ...bylineOffers(post, known)]) {
    if (article.published > post.published + ORDER_TOLERANCE) continue
    const made = offers.get(article.key) ?? { article, best: new Map() }
    offers.set(article.key, made)
    const before = made.best.get(reason.kind)
    if (before === undefined || score > before.score) made.best.set(reason.kind, { reason, score })
  }
  return [...offers.values()].map(made => toCandidate(post, made)).sort((a, b) => rank(b) - rank(a) || compare(a, b))
}

/** Whether a line of the post is long enough to be known for a title that was edited since. */
export function mayHaveTitle({ englishLines }: Post): boolean {
  return englishLines.some(({ text }) => words(text).length >= WORDS_NEEDED)
}

interface Offer {
  readonly article: Article
  readonly reason: Evidence
  readonly score: number
}

interface Offers {
  readonly article: Article
  /** The best offer of each kind. */
  readonly best: Map<Evidence['kind'], Omit<Offer, 'article'>>
}

function toCandidate(post: Post, { article, best }: Offers): Candidate {
  const offers = [...best.values()]
  const score = Math.max(...offers.map(offer => offer.score)) + (offers.length > 1 ? BOTH_BONUS : 0)
  const named: readonly Evidence[] = post.outlets.includes(article.outlet) ? [{ kind: 'outlet-named', outlet: article.outlet }] : []
  return { tier: 3, score, original: originalOf(article), evidence: [...offers.map(({ reason }) => reason), ...named] }
}

function* titleOffers(post: Post, known: Pick<KnownArticles, 'byTitle'>, titledLike: SpanArticles['titledLike']): Generator<Offer> {
  for (const { text } of post.englishLines) {
    const key = titleKey(text)
    for (const article of known.byTitle) {
      if (titleKey(article.title) === key) yield { article, reason: { kind: 'english-title', line: text, similarity: 1 }, score: 0.97 }
    }
    if (words(text).length < WORDS_NEEDED) continue
    for (const article of titledLike(text)) {
      const similarity = titleSimilarity(text, article.title)
      if (similarity >= SAME_TITLE) yield { article, reason: { kind: 'english-title', line: text, similarity }, score: 0.97 * similarity }
    }
  }
}

function* bylineOffers(post: Post, known: Pick<KnownArticles, 'onDays'>): Generator<Offer> {
  for (const { author, date } of post.bylines) {
    if (author === undefined || date === undefined) continue
    for (const article of known.onDays) {
      // A day named without a zone: the article's instant may lie on either side of it.
      const sameDay = article.published >= date - DAY && article.published < date + 2 * DAY
      if (sameDay && article.authors.some(name => isSamePerson(name, author)))
        yield { article, reason: { kind: 'author-and-date', author, date }, score: 0.93 }
    }
  }
}

/** The outlet the title names decides between candidates that are otherwise alike. */
function rank(candidate: Candidate): number {
  return candidate.score + (candidate.evidence.some(({ kind }) => kind === 'outlet-named') ? 0.1 : 0)
}

function compare(a: Candidate, b: Candidate): number {
  const left = a.original.entry ?? ''
  const right = b.original.entry ?? ''
  return left < right ? -1 : left > right ? 1 : 0
}
