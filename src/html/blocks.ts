import type { Block, BlockKind, BlockLink } from './block.ts'
import { type BlockCollector, blockCollector } from './block-collector.ts'
import { DIVIDERS, DROPPED, IMPLICITLY_CLOSED, kindOf } from './block-elements.ts'
import { isFeedFlare } from './clutter.ts'
import { isDropCapStyle } from './drop-cap.ts'
import { type OpenElement, openElements } from './open-elements.ts'
import { readMarkup } from './read-markup.ts'

// Callers of `blocksOf` need these names; they live apart because the collector needs them too.
export type { Block, BlockLink } from './block.ts'

/**
 * Divides a body into its blocks of text, in order. Block elements, `<br>`, table cells and, in text without any
 * markup, line ends divide; inline elements do not. White space is collapsed but in `pre`, entities are decoded, ruby
 * keeps its base only, images give no text, drop caps are joined to their word. Never throws; linear in time.
 *
 * @param base what relative links resolve against
 */
export function blocksOf(html: string, base?: string): readonly Block[] {
  return readBody(html, base).blocks
}

/** Gives all links of a body in order, also those around an image, which may belong to no block of text. */
export function linksOf(html: string, base?: string): readonly BlockLink[] {
  return readBody(html, base).links
}

// Elements that bloggers enlarge or float a first letter with.
const LETTER_ELEMENTS = new Set(['span', 'font', 'b', 'strong', 'big', 'em', 'i'])

function readBody(html: string, base: string | undefined): ReturnType<BlockCollector['finished']> {
  const open = openElements()
  const collector = blockCollector(base)
  const addText = /<[a-z!/?]/i.test(html) ? collector.addText : (text: string) => addLines(text, collector)
  const ended = (elements: readonly OpenElement[]): void => {
    for (const { name, kind, isDropped, isDropCap } of elements) {
      if (isDropCap) collector.closeDropCap()
      if (DIVIDERS.has(name) && !isDropped) collector.divide(kind)
    }
  }
  readMarkup(html, {
    open: (name, attributes) => {
      ended(open.closeWhile(IMPLICITLY_CLOSED.get(name) ?? NONE))
      const parent = open.innermost()
      const element = elementOf(name, attributes, parent)
      if (!parent.isDropped) begin(element, attributes, parent.kind, collector)
      if (isTracked(element)) open.push(element)
    },
    close: name => {
      if (open.innermost().isDropped) return ended(open.close(name))
      if (name === 'a') collector.closeLink()
      else if (name === 'br') collector.divide(open.innermost().kind)
      else ended(open.close(name))
    },
    text: text => {
      if (!open.innermost().isDropped) addText(text)
    },
  })
  return collector.finished()
}

const NONE: ReadonlySet<string> = new Set()

function elementOf(name: string, attributes: ReadonlyMap<string, string>, parent: OpenElement): OpenElement {
  return {
    name,
    kind: kindOf(name, attributes) ?? parent.kind,
    isDropped: parent.isDropped || DROPPED.has(name) || isFeedFlare(attributes),
    isDropCap: LETTER_ELEMENTS.has(name) && isDropCapStyle(attributes),
  }
}

function begin(element: OpenElement, attributes: ReadonlyMap<string, string>, kind: BlockKind, collector: BlockCollector): void {
  const { name, isDropCap } = element
  if (name === 'a' && attributes.has('href')) collector.openLink(attributes.get('href') ?? '')
  else if (name === 'br' && kind === 'preformatted') collector.addText('\n')
  else if (name === 'br' || name === 'hr' || DIVIDERS.has(name)) collector.divide(kind)
  else if (isDropCap) collector.openDropCap()
}

/** Other elements change nothing by being open, so that it does not matter whether they are closed. */
function isTracked({ name, isDropped, isDropCap }: OpenElement): boolean {
  if (name === 'a' || VOID.has(name)) return false
  return DIVIDERS.has(name) || DROPPED.has(name) || name === 'ruby' || isDropCap || isDropped
}

const VOID: ReadonlySet<string> = new Set('area base basefont br col embed frame hr img input link meta param source track wbr'.split(' '))

function addLines(text: string, collector: BlockCollector): void {
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    if (index > 0) collector.divide('paragraph')
    collector.addText(line)
  }
}
