/** A word of a pair and where it stands first. */
export interface Placed {
  readonly word: string
  /** English characters from the beginning of the text, 0 in a headline; on the Japanese side where that would be. */
  readonly at: number
}

/** A key of an original, with how it is written where nothing in the post was seen to say it. */
export interface PlacedKey extends Placed {
  readonly written?: string
}

/** What one pair of a post and its original shows. */
export interface Lesson {
  /** Days from the article to the post. */
  readonly lag: number
  /** Keys that the post says, with confidence. */
  readonly said: readonly (readonly [key: string, confidence: number])[]
  /** Keys of the original, as far as the post can have translated it. */
  readonly original: readonly PlacedKey[]
  /** Folded words of the post that nothing in the original was seen to stand for. */
  readonly unexplained: readonly Placed[]
}
