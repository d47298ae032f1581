import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { CitedAddress } from '../domain/post.ts'
import type { Block } from '../html/blocks.ts'
import { isArticleAddress } from './article-path.ts'

// A list of links, not a translation, has more.
const MOST_CITED = 50

// How many links of one block are looked at, and how far around each (in UTF-16 units): both bound the work on a hostile body.
const MOST_LINKS = 300
const WINDOW = 80

// Stops at white space, quotation marks and what Japanese puts right behind an address.
const BARE_ADDRESS = /(?:https?:\/\/|(?<![\p{L}\p{N}@./-])www\.)[^\s<>"'“”「」『』（）［］【】、。，・]{4,2000}/giu

const CREDIT_WORD =
  /(?:原文|元記事|元ネタ|原典|原著|出典|出所|引用元?|転載元|ソース|参照元|翻訳元|\b(?:source|original(?: article| story| post)?|via|link|read more(?: at)?|first (?:published|appeared)(?: (?:in|on|at))?))(?:記事|リンク|サイト|URL|は|の)*\s*(?:こちら|以下)?\s*[:：→⇒⇨▶►»>=＝／/|「『(（[［<〈-]*\s*$/iu
const NOTHING_MUCH = /^[\s\p{P}\p{S}]*$/u

/**
 * Finds the articles of known outlets that a body links to or names by bare address, in order of appearance, each
 * address once. Where an address occurs several times, the first occurrence that is a credit stands for it.
 * Home pages, sections, authors' pages, images and share links are left out.
 */
export function citedAddresses(blocks: readonly Block[], directory: OutletDirectory): readonly CitedAddress[] {
  const found = new Map<string, CitedAddress>()
  for (const [index, block] of blocks.entries()) {
    for (const mention of mentionsIn(block)) {
      const published = directory.byUrl(mention.url)
      if (published === undefined || !isArticleAddress(published.address)) continue
      const known = found.get(published.address)
      if (known?.isCredit === true || (known !== undefined && !mention.isCredit)) continue
      if (known === undefined && found.size === MOST_CITED) return [...found.values()]
      found.set(published.address, { ...mention, address: published.address, outlet: published.outlet.id, block: index })
    }
  }
  return [...found.values()]
}

interface Mention {
  readonly url: string
  readonly as: 'link' | 'text'
  readonly isCredit: boolean
}

/** The addresses of a block, those that stand further left first. */
function mentionsIn(block: Block): readonly Mention[] {
  const placed: { readonly at: number; readonly mention: Mention }[] = []
  let plain = ''
  let from = 0
  for (const { href, text } of block.links.slice(0, MOST_LINKS)) {
    const at = Math.max(from, block.text.indexOf(text, from))
    const end = block.text.startsWith(text, at) ? at + text.length : at
    // What a link shows may be a shortened form of its address: it is blanked, so that it is not read as text too.
    plain += block.text.slice(from, at) + ' '.repeat(end - at)
    from = end
    if (/^https?:/i.test(href)) placed.push({ at, mention: { url: href, as: 'link', isCredit: isCredit(block.text, at, end) } })
  }
  plain += block.text.slice(from)
  for (const match of plain.matchAll(BARE_ADDRESS)) {
    const written = match[0].replace(/[.,;:!?*_~|…]+$/, '')
    const text = written.includes('(') ? written : written.replace(/\)+$/, '')
    const url = /^www\./i.test(text) ? `https://${text}` : text
    placed.push({ at: match.index, mention: { url, as: 'text', isCredit: isCredit(plain, match.index, match.index + text.length) } })
  }
  return placed.sort((a, b) => a.at - b.at).map(({ mention }) => mention)
}

/** Alone in its line, or right behind a word that gives credit. */
function isCredit(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - WINDOW), start)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const [after = ''] = text.slice(end, end + WINDOW).split('\n', 1)
  return (NOTHING_MUCH.test(line) && NOTHING_MUCH.test(after)) || CREDIT_WORD.test(line)
}
