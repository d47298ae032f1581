import type { Article } from '../domain/article.ts'
import type { OutletId } from '../domain/identifiers.ts'
import type { Candidate } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { DAY, type Instant } from '../domain/time.ts'
import { titleKey } from './title-key.ts'

/** A translation dated up to this long before its article is a matter of time zones, not of order. */
export const ORDER_TOLERANCE = 2 * DAY

/** When articles appeared, ends included, and at which outlets; `outlets` empty means all of them. */
export interface ArticleSpan {
  readonly from: Instant
  readonly to: Instant
  readonly outlets: readonly OutletId[]
}

/** What must be looked up before a post can be judged. */
export interface ArticleQuestions {
  readonly addresses: readonly string[]
  readonly titleKeys: readonly string[]
  readonly span: ArticleSpan
  /** Days on which an article with a byline in the post must have appeared. */
  readonly days: readonly Instant[]
}

/** The answers. An article may be in several of the lists. */
export interface KnownArticles {
  readonly byAddress: readonly Article[]
  readonly byTitle: readonly Article[]
  readonly onDays: readonly Article[]
  /** Asked only where the lists do not decide: a span is much to know. */
  readonly inSpan: () => Promise<SpanArticles>
}

/** The articles of a span. */
export interface SpanArticles {
  /** Without their texts, in no particular order. */
  readonly articles: Iterable<Article>
  /** All of them whose title is like a line of a post, and some others. */
  readonly titledLike: (line: string) => Iterable<Article>
  /** Those that a post may translate by what both say, best first; `score` is the probability that it does. */
  readonly candidates: (post: Post) => readonly Candidate[]
}

/** Says which articles have to be known to judge a post. `operatorAddresses` are those the operator pairs it with. */
export function articleQuestions(post: Post, windowMs: number, operatorAddresses: readonly string[]): ArticleQuestions {
  return {
    addresses: [...new Set([...operatorAddresses, ...post.cited.map(({ address }) => address)])],
    titleKeys: [
      ...new Set(
        [...post.englishLines.map(({ text }) => text), ...(post.stated?.title === undefined ? [] : [post.stated.title])].map(titleKey),
      ),
    ],
    span: { from: post.published - windowMs, to: post.published + ORDER_TOLERANCE, outlets: post.outlets },
    days: [...new Set(post.bylines.flatMap(({ author, date }) => (author === undefined || date === undefined ? [] : [date])))],
  }
}
