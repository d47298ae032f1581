import { absoluteAddress } from './address.ts'
import { readMarkup } from './read-markup.ts'

type Attributes = ReadonlyMap<string, string>

/**
 * Removes from HTML what feeds carry beside their content: tracking pixels, FeedBurner's "feedflare" links, images
 * that `isShown` refuses, and Blogger's empty `<div class="separator">`, which leaves a `<br>`.
 * The result is no safer than its input.
 *
 * @param isShown tells for an img or source element whether it has anything to show
 */
export function withoutClutter(html: string, isShown: (name: string, attributes: Attributes) => boolean): string {
  const cuts: Cut[] = []
  const divs: { readonly kind: DivKind; readonly start: number; readonly contentBefore: number }[] = []
  let content = 0
  readMarkup(html, {
    open: (name, attributes, start, end) => {
      if (name === 'div') divs.push({ kind: divKind(attributes), start, contentBefore: content })
      else if (name === 'source' && !isShown(name, attributes)) cuts.push({ start, end, instead: '' })
      else if (name === 'img' && (isTrackingPixel(attributes) || !isShown(name, attributes))) cuts.push({ start, end, instead: '' })
      else if (!CONTENTLESS.has(name)) content++
    },
    close: (name, _start, end) => {
      const div = name === 'div' ? divs.pop() : undefined
      if (div === undefined || div.kind === 'plain') return
      const isEmpty = content === div.contentBefore
      if (div.kind === 'feedflare') cut(cuts, { start: div.start, end, instead: '' })
      else if (isEmpty) cut(cuts, { start: div.start, end, instead: '<br>' })
    },
    text: text => {
      if (/[^\s\u200B]/.test(text)) content++
    },
  })
  return withCuts(html, cuts)
}

/** Tells whether an element is FeedBurner's row of sharing links. */
export function isFeedFlare(attributes: Attributes): boolean {
  return /(?:^|\s)feedflare(?:\s|$)/i.test(attributes.get('class') ?? '')
}

/** Tells whether an image is there to count readers: by its size, by being hidden or by its address. */
export function isTrackingPixel(attributes: Attributes): boolean {
  const style = styleOf(attributes)
  if (style.get('display') === 'none' || style.get('visibility') === 'hidden') return true
  const isTiny = (side: string): boolean => /^[01](?:\.0+)?(?:px)?$/.test(attributes.get(side)?.trim() ?? style.get(side) ?? '')
  if (isTiny('width') && isTiny('height')) return true
  const address = absoluteAddress(attributes.get('src') ?? '')
  return address !== undefined && COUNTERS.test(address)
}

interface Cut {
  readonly start: number
  readonly end: number
  readonly instead: string
}

type DivKind = 'feedflare' | 'separator' | 'plain'

// Elements that show nothing by themselves; a separator with only these is empty.
const CONTENTLESS = new Set(['div', 'span', 'br', 'p', 'a', 'b', 'i', 'em', 'strong', 'u', 'font', 'small', 'big', 'center'])

// Seen in feeds: FeedBurner, Feedsportal, DoubleClick, WordPress.com, Pheedo, Quantcast, comScore, Facebook, Google, Blogger.
const COUNTERS = new RegExp(
  [
    'feeds\\d?\\.feedburner\\.com/~',
    'feedproxy\\.google\\.com/~',
    '(?:[^/]+\\.)?feedsportal\\.com/',
    '(?:[^/]+\\.)?doubleclick\\.net/',
    'stats\\.wordpress\\.com/b\\.gif',
    'pixel\\.wp\\.com/',
    'feeds\\.wordpress\\.com/1\\.0/',
    '(?:[^/]+\\.)?pheedo\\.com/',
    'pixel\\.quantserve\\.com/',
    '(?:[^/]+\\.)?scorecardresearch\\.com/',
    '(?:www\\.)?facebook\\.com/tr[/?]',
    '(?:www|ssl)\\.google-analytics\\.com/',
    'blogger\\.googleusercontent\\.com/tracker/',
  ]
    .map(address => `^https?://${address}`)
    .join('|'),
)

function divKind(attributes: Attributes): DivKind {
  if (isFeedFlare(attributes)) return 'feedflare'
  return /(?:^|\s)separator(?:\s|$)/.test(attributes.get('class') ?? '') ? 'separator' : 'plain'
}

function styleOf(attributes: Attributes): ReadonlyMap<string, string> {
  const declarations = (attributes.get('style') ?? '').split(';').map(declaration => declaration.split(':'))
  return new Map(declarations.map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim().toLowerCase()]))
}

/** Adds a cut in place of those that lie within it. */
function cut(cuts: Cut[], outer: Cut): void {
  for (let last = cuts.at(-1); last !== undefined && last.start >= outer.start; last = cuts.at(-1)) cuts.pop()
  cuts.push(outer)
}

function withCuts(html: string, cuts: readonly Cut[]): string {
  const kept: string[] = []
  let from = 0
  for (const { start, end, instead } of cuts) {
    kept.push(html.slice(from, start), instead)
    from = end
  }
  return kept.join('') + html.slice(from)
}
