/** How a sample post is written; every shape is met in the field, and every one occurs among the samples. */
export type PostShape =
  | 'outlet-then-comment'
  | 'comment-then-outlet'
  | 'full-width-lower-case-outlet'
  | 'bare-url'
  | 'english-title-and-byline'
  | 'byline-only'
  | 'pair-list'
  | 'essay'
  | 'two-outlets'
  | 'outlet-in-corner-brackets'
  | 'outlet-in-square-brackets'
  | 'amp-and-tracking'
  | 'old-host'
  | 'drop-cap'
  | 'hostile-html'
  | 'outlet-only'
  | 'nothing-cited'
  | 'commentary'

/** What a reader of the post can know of its original. */
export interface ExpectedOriginal {
  /** Slug of the article the post translates; absent where it translates none. */
  readonly article?: string
  /**
   * What names the article. `proposal`: only the outlet does, the rest is likeness; `none`: nothing does.
   * For both, the article is the only one that a machine may propose.
   */
  readonly by: 'cited-link' | 'bare-url' | 'english-title' | 'author-and-date' | 'pair-list' | 'none' | 'proposal'
}

/** A post of the sample blog as its translator saved it. */
export interface SamplePost {
  /** Digits, as Blogger numbers posts; unique. */
  readonly id: string
  /** Path of the post's page below the blog's host. */
  readonly path: string
  readonly title: string
  readonly labels: readonly string[]
  /** ISO 8601 with the blog's own offset, +09:00. */
  readonly published: string
  readonly updated: string
  readonly shape: PostShape
  readonly expects: ExpectedOriginal
  /** HTML in which `{{port}}` stands for the port the demo runs on. */
  readonly html: string
}
