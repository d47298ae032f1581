import { articleAddress } from '../../domain/article-address.ts'
import { bodyBlocks } from './body-blocks.ts'

// A credit stands at the very end; what is looked at bounds the work on a long post.
const END_CHARACTERS = 4_000
const LAST_BLOCKS = 3
const MOST_LINKS = 20

// Title, outlet, author and date fit; a paragraph that merely mentions the article is longer.
const CREDIT_CHARACTERS = 400
const CREDIT_WORD =
  /原文|元記事|原典|原著|原題|出典|出所|引用元|転載元|参照元|翻訳元|ソース|\b(?:source|original|via|translated from|first published)\b/iu
const BARE_ADDRESS = /https?:\/\/[^\s<>"「」『』（）、。]{4,2000}/giu

/**
 * Tells whether a post ends with a credit of its own to the original: one of its last blocks is short, names the address,
 * and either says what it is (`元記事: …`) or holds nothing else.
 *
 * @param html sanitised
 */
export function hasOwnCredit(html: string, url: string | undefined): boolean {
  const wanted = url === undefined ? undefined : articleAddress(url)
  if (wanted === undefined) return false
  // Cut before a tag, so that none is taken for text.
  const cut = html.length <= END_CHARACTERS ? 0 : Math.max(html.indexOf('<', html.length - END_CHARACTERS), 0)
  return bodyBlocks(html.slice(cut))
    .slice(-LAST_BLOCKS)
    .some(({ text, links }) => {
      if (text.length > CREDIT_CHARACTERS + wanted.length) return false
      const shown = links.slice(0, MOST_LINKS)
      const bare = [...text.matchAll(BARE_ADDRESS)].slice(0, MOST_LINKS).map(([address]) => address.replace(/[).,;:]+$/, ''))
      if (![...shown.map(({ href }) => href), ...bare].some(address => articleAddress(address) === wanted)) return false
      const besides = shown.reduce((rest, link) => rest.replace(link.text, () => ''), text).replace(BARE_ADDRESS, '')
      return CREDIT_WORD.test(text) || /^[\s\p{P}\p{S}]*$/u.test(besides)
    })
}
