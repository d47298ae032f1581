import { absoluteAddress } from './address.ts'
import type { Block, BlockKind, BlockLink } from './block.ts'
import { joinedDropCap, withDropCapJoined } from './drop-cap.ts'
import { collapsedWhiteSpace, preformattedText } from './white-space.ts'
import { legalXmlCharacters } from './xml-characters.ts'

/** Gathers text and links into blocks. */
export interface BlockCollector {
  readonly addText: (text: string) => void
  /** Ends the block, if there is one. */
  readonly divide: (kind: BlockKind) => void
  /** A link may go on through several blocks; it is then a link of each, with the text it has there. */
  readonly openLink: (href: string) => void
  readonly closeLink: () => void
  readonly openDropCap: () => void
  readonly closeDropCap: () => void
  readonly finished: () => { readonly blocks: readonly Block[]; readonly links: readonly BlockLink[] }
}

// A body's first paragraph may come after a caption and a line of the translator's.
const BLOCKS_WITH_DROP_CAP = 3
const KINDS_WITH_DROP_CAP: ReadonlySet<BlockKind> = new Set(['paragraph', 'quote', 'cell'])

/** @param base what relative links resolve against */
export function blockCollector(base?: string): BlockCollector {
  const blocks: Block[] = []
  const links: BlockLink[] = []
  let block = emptyBlock()
  let link: OpenLink | undefined

  const closeLinkPart = (isWhole: boolean): void => {
    if (link === undefined) return
    const text = readableText(link.text)
    if (text !== '' || (isWhole && link.parts.length === 0)) block.links.push({ href: link.href, text })
    if (text !== '') link.parts.push(text)
    link.text = ''
  }
  const closeLink = (): void => {
    closeLinkPart(true)
    if (link !== undefined) links.push({ href: link.href, text: link.parts.join(' ') })
    link = undefined
  }
  const divide = (kind: BlockKind): void => {
    closeLinkPart(false)
    const text = blockText(block, kind)
    if (text !== '') blocks.push({ text, kind, links: block.links })
    if (block.text !== '' || block.links.length > 0) block = emptyBlock()
  }
  return {
    addText: text => {
      block.text += text
      if (link !== undefined) link.text += text
      if (block.dropCap?.isOpen) block.dropCap.text += text
    },
    divide,
    openLink: href => {
      closeLink()
      link = { href: absoluteAddress(href, base) ?? href.trim(), text: '', parts: [] }
    },
    closeLink,
    openDropCap: () => {
      block.dropCap ??= { start: block.text.length, text: '', isOpen: true }
    },
    closeDropCap: () => {
      if (block.dropCap !== undefined) block.dropCap.isOpen = false
    },
    finished: () => {
      closeLink()
      divide('paragraph')
      return { blocks: withDropCapsJoined(blocks), links }
    },
  }
}

interface OpenLink {
  readonly href: string
  /** Its text in the block at hand. */
  text: string
  /** Its text in the blocks before. */
  readonly parts: string[]
}

interface OpenBlock {
  text: string
  readonly links: BlockLink[]
  dropCap: { readonly start: number; text: string; isOpen: boolean } | undefined
}

function emptyBlock(): OpenBlock {
  return { text: '', links: [], dropCap: undefined }
}

function blockText({ text, dropCap }: OpenBlock, kind: BlockKind): string {
  if (kind === 'preformatted') return preformattedText(legalXmlCharacters(text))
  if (dropCap === undefined || readableText(text.slice(0, dropCap.start)) !== '') return readableText(text)
  return readableText(joinedDropCap(dropCap.text, text.slice(dropCap.start + dropCap.text.length)) ?? text)
}

function readableText(text: string): string {
  return collapsedWhiteSpace(legalXmlCharacters(text))
}

function withDropCapsJoined(blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block, index) =>
    index < BLOCKS_WITH_DROP_CAP && KINDS_WITH_DROP_CAP.has(block.kind) ? { ...block, text: withDropCapJoined(block.text) } : block,
  )
}
