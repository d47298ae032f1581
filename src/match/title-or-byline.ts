import type { Article } from '../domain/article.ts'
import type { Candidate, Evidence } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { DAY } from '../domain/time.ts'
import { type KnownArticles, ORDER_TOLERANCE } from './known-articles.ts'
import { originalOf } from './operator-word.ts'
import { isSamePerson } from './person-name.ts'
import { titleKey, titleSimilarity, words } from './title-key.ts'

// Two headlines of one outlet on one event reach .7; an edited headline of the same article stays above .8.
const SAME_TITLE = 0.8
// Short lines ("Air Force One") are like many titles by accident.
const WORDS_NEEDED = 4

/** Tier 3: articles whose English title, or author and date, stand as a line of the body; best first. */
export function lineCandidates(post: Post, known: KnownArticles): readonly Candidate[] {
  const byKey = new Map<string, Candidate>()
  const offer = (article: Article, evidence: Evidence, score: number) => {
    if (article.published > post.published + ORDER_TOLERANCE) return
    const before = byKey.get(article.key)
    const named: Evidence[] = post.outlets.includes(article.outlet) ? [{ kind: 'outlet-named', outlet: article.outlet }] : []
    const kept = before?.evidence.filter(({ kind }) => kind !== evidence.kind && kind !== 'outlet-named') ?? []
    const total = Math.max(score, before?.score ?? 0) + (kept.length > 0 ? 0.02 : 0)
    byKey.set(article.key, { tier: 3, score: Math.min(total, 1), original: originalOf(article), evidence: [...kept, evidence, ...named] })
  }
  offerTitles(post, known, offer)
  offerBylines(post, known, offer)
  return [...byKey.values()].sort((a, b) => rank(b) - rank(a) || compare(a, b))
}

type Offer = (article: Article, evidence: Evidence, score: number) => void

function offerTitles(post: Post, known: KnownArticles, offer: Offer): void {
  for (const { text } of post.englishLines) {
    const key = titleKey(text)
    for (const article of known.byTitle) {
      if (titleKey(article.title) === key) offer(article, { kind: 'english-title', line: text, similarity: 1 }, 0.97)
    }
    if (words(text).length < WORDS_NEEDED) continue
    for (const article of known.inSpan) {
      if (titleKey(article.title) === key) continue
      const similarity = titleSimilarity(text, article.title)
      if (similarity >= SAME_TITLE) offer(article, { kind: 'english-title', line: text, similarity }, 0.97 * similarity)
    }
  }
}

function offerBylines(post: Post, known: KnownArticles, offer: Offer): void {
  for (const { author, date } of post.bylines) {
    if (author === undefined || date === undefined) continue
    for (const article of known.onDays) {
      // A day named without a zone: the article's instant may lie on either side of it.
      const sameDay = article.published >= date - DAY && article.published < date + 2 * DAY
      if (sameDay && article.authors.some(name => isSamePerson(name, author)))
        offer(article, { kind: 'author-and-date', author, date }, 0.93)
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
