import type { Article } from '../domain/article.ts'
import type { Evidence } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { DAY } from '../domain/time.ts'
import { englishWords } from './english-words.ts'
import { renderingOf, type Said } from './post-coverage.ts'

/** What is known of an article besides what it says. */
export type ArticleAppearance = Pick<Article, 'outlet' | 'authors' | 'published'> & {
  /** English characters of its whole text; absent where a feed gave less than all of it. */
  readonly length?: number
}

/** What speaks for an article, or against it, beside the texts: in nats, and in words. */
export interface Circumstances {
  readonly nats: number
  readonly evidence: readonly Evidence[]
}

const [OUTLET_NAMED, AUTHOR_NAMED] = [2.5, 2]
// A name that is read by ear is a name from here on.
const HEARD = 0.5
// Of the Japanese characters of a translation, to the English ones of its original.
const USUAL_LENGTH = 0.45
const TOO_LONG = 2

/**
 * Weighs what surrounds two texts: the outlet and the author a post names, how long after the article it came, and whether
 * it is longer than a translation of the article can be.
 *
 * @param usualLag days after which half of the translations of an operator have come
 */
export function circumstancesOf(
  post: Pick<Post, 'outlets' | 'published' | 'text'>,
  coverage: Said,
  article: ArticleAppearance,
  usualLag: number,
): Circumstances {
  const days = (post.published - article.published) / DAY
  const isOutletNamed = post.outlets.includes(article.outlet)
  const author = article.authors.find(name => isNamed(name, coverage))
  const times = article.length === undefined ? 0 : post.text.length / (article.length * USUAL_LENGTH)
  const isTooLong = times > TOO_LONG
  return {
    nats:
      (isOutletNamed ? OUTLET_NAMED : 0) +
      (author === undefined ? 0 : AUTHOR_NAMED) -
      Math.log1p(Math.max(0, days) / usualLag) -
      (isTooLong ? 2 * Math.log(times / TOO_LONG) : 0),
    evidence: [
      ...(isOutletNamed ? [{ kind: 'outlet-named', outlet: article.outlet } as const] : []),
      ...(author === undefined ? [] : [{ kind: 'author-named', author } as const]),
      { kind: 'lag', days: Math.round(days * 10) / 10 },
      ...(isTooLong ? [{ kind: 'too-long', times: Math.round(times * 10) / 10 } as const] : []),
    ],
  }
}

/** Whether a post names somebody in full, in Latin letters or by sound: a family name alone may be anybody's. */
function isNamed(name: string, coverage: Said): boolean {
  const words = englishWords(name).filter(({ text }) => text.length >= 3)
  return (
    words.length >= 2 && words.every(({ stem: key, text: written }) => (renderingOf(coverage, { key, written })?.confidence ?? 0) >= HEARD)
  )
}
