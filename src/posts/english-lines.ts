import type { EnglishLine } from '../domain/post.ts'
import type { Block } from '../html/blocks.ts'
import { bylineIn } from './bylines.ts'

// A post that ends in the full English original has hundreds; its title is among the first.
const MOST_LINES = 40
const SHORTEST = 12
const LONGEST = 250
const FEWEST_WORDS = 3

const WORD = /[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}'’.&-]*/gu
const QUOTED = /[「『“"]([^「」『』“”"]{12,250})[」』”"]/gu
const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const ADDRESS = /^(?:https?:\/\/|www\.)\S+$/i
const LABEL = /^(?:原題|原文|元記事|出典|引用元?|タイトル|original(?: article| title)?|title)\s*[:：]\s*/i
const CAPTION =
  /^(?:(?:image|photo|picture|file photo|illustration|video|graphic|screenshot|caption|courtesy|credit|source)s?\b\s*(?:by|credit|courtesy|from|of|via|[:：|/(-])|courtesy )|\b(?:photo|image|picture|illustration|video|graphic)s?\s*(?:by|credit|courtesy|via|[:：])|\b(?:getty images|wikimedia|wikipedia|shutterstock|creative commons|flickr|alamy|associated press|dvids|afp via)\b|\(ap photo|\breleased\)$/i

/**
 * Finds the lines of a body that could be the title of an English article: mostly Latin letters, three words or more,
 * 12 to 250 characters, and neither byline, address nor caption. English in 「」 within Japanese text and the English
 * text of a link count too. At most 40, in order, each text once.
 */
export function englishLines(blocks: readonly Block[]): readonly EnglishLine[] {
  const lines = new Map<string, EnglishLine>()
  for (const [index, block] of blocks.entries()) {
    for (const text of candidatesIn(block)) {
      if (lines.size === MOST_LINES) return [...lines.values()]
      if (!lines.has(text) && isTitleLike(text)) lines.set(text, { block: index, text })
    }
  }
  return [...lines.values()]
}

function candidatesIn(block: Block): readonly string[] {
  if (block.kind === 'caption') return []
  const lines = block.text.split('\n').map(line => line.trim())
  const titles = lines.filter(line => !CAPTION.test(line)).map(line => line.replace(LABEL, ''))
  if (!JAPANESE.test(block.text)) return titles
  const quoted = [...block.text.matchAll(QUOTED)].map(match => match[1] ?? '')
  const within = [...block.links.map(({ text }) => text), ...quoted].map(text => text.trim()).filter(isTitleLike)
  return within.length > 0 ? within : titles
}

function isTitleLike(text: string): boolean {
  if (text.length < SHORTEST || text.length > LONGEST || ADDRESS.test(text)) return false
  return (text.match(WORD)?.length ?? 0) >= FEWEST_WORDS && isMostlyLatin(text) && bylineIn(text, 0) === undefined
}

function isMostlyLatin(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  return latin >= 8 && latin >= 0.8 * letters
}
