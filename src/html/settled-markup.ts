import { cleanAttributes, hasImage } from './allowed-markup.ts'
import { isTrackingPixel } from './clutter.ts'

// As `sanitizeHtml` writes them; anything else is not looked at any further.
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z]+(?:="[^"<>]*")?)*)( \/)?>/y
const ATTRIBUTE = / ([a-z]+)(?:="([^"]*)")?/g
const VOID = new Set(['br', 'hr', 'img', 'source', 'col'])
const INLINE = new Set('a abbr b br cite code em i mark q s small span strong sub sup time u ruby rb rt rp img picture source'.split(' '))
// Elements of which one may end another that it stands directly in, and pairs of them that go well together.
const RIVALS: readonly ReadonlySet<string>[] = [
  new Set(['a']),
  new Set(['li']),
  new Set(['dt', 'dd']),
  new Set(['rt', 'rp']),
  new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']),
  new Set(['tr', 'td', 'th', 'thead', 'tbody', 'tfoot']),
]
const PEACEFUL = new Set(['tr td', 'tr th', 'thead tr', 'tbody tr', 'tfoot tr'])

/**
 * Tells of HTML that was sanitised whether doing it again would surely change nothing: its tags match, no element ends
 * another that it stands in, and its attributes are as they would be written again. Where this says no, there may be
 * nothing to change all the same; it costs a twentieth of finding out.
 */
export function isSettled(html: string, base: string | undefined): boolean {
  const open: string[] = []
  let end = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', end)) {
    TAG.lastIndex = at
    const [tag, slash, name = '', attributes = '', isClosed] = TAG.exec(html) ?? []
    if (tag === undefined) return false
    end = at + tag.length
    if (slash === '/') {
      if (attributes !== '' || open.pop() !== name) return false
      continue
    }
    if (VOID.has(name) !== (isClosed !== undefined) || ends(name, open.at(-1)) || !isClean(name, attributes, base)) return false
    if (!VOID.has(name)) open.push(name)
  }
  return open.length === 0
}

/** Whether HTML parsers may take the beginning of an element for the end of the one around it. */
function ends(name: string, around: string | undefined): boolean {
  if (around === undefined) return false
  if (around === 'p') return !INLINE.has(name)
  return RIVALS.some(rivals => rivals.has(name) && rivals.has(around)) && !PEACEFUL.has(`${around} ${name}`)
}

function isClean(name: string, written: string, base: string | undefined): boolean {
  const isImage = name === 'img' || name === 'source'
  if (written === '' && !isImage) return true
  const pairs: (readonly [name: string, value: string])[] = []
  for (const [, attribute = '', value = ''] of written.matchAll(ATTRIBUTE)) {
    const read = decoded(value)
    // What is within a srcset is written anew by others.
    if (read === undefined || attribute === 'srcset') return false
    pairs.push([attribute, read])
  }
  const clean = Object.entries(cleanAttributes(name, Object.fromEntries(pairs), base))
  const isSame =
    clean.length === pairs.length && clean.every(([key, value], index) => pairs[index]?.[0] === key && pairs[index][1] === value)
  const attributes = new Map(pairs)
  return isSame && (!isImage || (hasImage(name, attributes, base) && !isTrackingPixel(attributes)))
}

const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** Undefined where it holds other references than those that are written. */
function decoded(value: string): string | undefined {
  if (!value.includes('&')) return value
  const isKnown = value.match(/&/g)?.length === value.match(/&(?:amp|lt|gt|quot);/g)?.length
  return isKnown ? value.replace(/&(?:amp|lt|gt|quot);/g, reference => CHARACTERS[reference] ?? '') : undefined
}
