/** One expression of a post, and the keys of what it may stand for in English, each with the confidence that it does, in (0, 1]. */
export interface Read {
  readonly japanese: string
  readonly keys: readonly (readonly [key: string, confidence: number])[]
  /**
   * What was heard, by the words as articles write them. Which words there are depends on all articles; what is said of one
   * must not, so that it counts for those that write the very word.
   */
  readonly heard?: readonly (readonly [word: string, confidence: number])[]
  /** Found only because some article has it: it says nothing of articles that do not. */
  readonly isByChance?: true
}

/**
 * One way of reading Japanese in the terms of articles: by a lexicon, by ear, by the readings of characters.
 *
 * @param folded text folded by `foldJapanese`
 */
export type Reading = (folded: string) => Iterable<Read>
