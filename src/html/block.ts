/** What a block of text was in its document; `paragraph` where nothing says more. */
export type BlockKind = 'paragraph' | 'heading' | 'list-item' | 'quote' | 'preformatted' | 'caption' | 'cell'

/** A link of a body. */
export interface BlockLink {
  /** Absolute where it could be resolved, else as written. */
  readonly href: string
  /** Empty for a link around an image. */
  readonly text: string
}

/** A paragraph, or what stands for one. `text` is never empty and has line ends only if `kind` is `preformatted`. */
export interface Block {
  readonly text: string
  readonly kind: BlockKind
  readonly links: readonly BlockLink[]
}
