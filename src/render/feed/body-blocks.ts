import { type Block, blocksOf } from '../../html/blocks.ts'

let latest: { readonly html: string; readonly blocks: readonly Block[] } = { html: '', blocks: [] }

/** The same as `blocksOf`, for what is asked of one body several times in a row. */
export function bodyBlocks(html: string): readonly Block[] {
  if (latest.html !== html) latest = { html, blocks: blocksOf(html) }
  return latest.blocks
}
