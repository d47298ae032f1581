import type { Article } from '../domain/article.ts'

/** An article as it is compared with posts. */
export interface ArticleParts {
  readonly title: string
  readonly summary?: string
  readonly body?: string
  /** How much of the body is read. */
  readonly bodyCharacters: number
  /** All that a post may have heard: the text and the names of the authors. */
  readonly heard: string
}

// A feed gives a sentence or two, or it gives the article.
const SUMMARY_CHARACTERS = 700
const LEAD_CHARACTERS = 300
const BODY_CHARACTERS = 6_000

/** Takes apart what a feed gave of an article: a title, a summary, or the beginning and the rest of its text. */
export function articleParts({ title, text, authors }: Pick<Article, 'title' | 'text' | 'authors'>): ArticleParts {
  const heard = `${title}\n${text.slice(0, BODY_CHARACTERS)}\n${authors.join('\n')}`
  const whole = { title, heard, bodyCharacters: BODY_CHARACTERS }
  if (text === '') return whole
  if (text.length <= SUMMARY_CHARACTERS) return { ...whole, summary: text }
  const end = text.slice(0, LEAD_CHARACTERS).lastIndexOf('. ')
  const cut = end > 80 ? end + 1 : LEAD_CHARACTERS
  return { ...whole, summary: text.slice(0, cut), body: text.slice(cut) }
}
