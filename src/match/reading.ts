/** One expression of a post, and the keys of what it may stand for in English, each with the confidence that it does, in (0, 1]. */
export interface Read {
  readonly japanese: string
  readonly keys: readonly (readonly [key: string, confidence: number])[]
}

/**
 * One way of reading Japanese in the terms of articles: by a lexicon, by ear, by the readings of characters.
 *
 * @param folded text folded by `foldJapanese`
 */
export type Reading = (folded: string) => Iterable<Read>
