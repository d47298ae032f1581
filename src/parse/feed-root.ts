import { tagAt } from './markup-scan.ts'

/** Where and how a feed's outermost element begins. */
export interface FeedRoot {
  readonly format: 'atom' | 'rss' | 'rdf' | 'cdf'
  /** `entry` (an item, too) and `channel` are documents that lack their outer shell. */
  readonly shape: 'whole' | 'entry' | 'channel'
  /** The element's name as written, with its prefix. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Index of `<`. */
  readonly start: number
  /** Index behind `>`. */
  readonly end: number
}

/** What a document turns out to be before it is parsed. */
export type Recognition =
  | { readonly kind: 'xml'; readonly root: FeedRoot }
  | { readonly kind: 'json' }
  | { readonly kind: 'page'; readonly title: string | undefined }
  | { readonly kind: 'other'; readonly detail: string }
  /** Blank, or a prolog with nothing behind it. */
  | { readonly kind: 'nothing'; readonly detail: string }

const FEED_ROOT = /<(?:[\w.-]+:)?(?:feed|rss|rdf)[\s>]/i
const PAGE = /<(?:!doctype\s+html|html|head|body)\b/i
/** How far into a document junk is searched for the feed behind it. */
const MAX_JUNK = 8192

/** Tells a feed from what servers send in its place, by the first element alone. */
export function recognise(text: string): Recognition {
  const start = firstElement(text)
  const first = text.charAt(start)
  if (first === '{' || first === '[') return { kind: 'json' }
  const root = first === '<' ? rootAt(text, start) : undefined
  if (root !== undefined) return { kind: 'xml', root }
  return behindJunk(text, start) ?? whatElse(text, start)
}

function rootAt(text: string, start: number): FeedRoot | undefined {
  const tag = tagAt(text, start)
  if (tag === undefined || tag.kind !== 'open') return undefined
  const format = formatOf(tag.name, tag.local)
  if (format === undefined) return undefined
  return { ...format, name: tag.name, attributes: tag.attributes(), start, end: tag.end }
}

function formatOf(name: string, local: string): Pick<FeedRoot, 'format' | 'shape'> | undefined {
  switch (local) {
    case 'feed':
      return { format: 'atom', shape: 'whole' }
    case 'entry':
      return { format: 'atom', shape: 'entry' }
    case 'rss':
      return { format: 'rss', shape: 'whole' }
    case 'item':
      return { format: 'rss', shape: 'entry' }
    case 'rdf':
      return { format: 'rdf', shape: 'whole' }
    case 'channel':
      // Channel Definition Format writes its names in capitals.
      return { format: name === 'CHANNEL' ? 'cdf' : 'rss', shape: 'channel' }
    default:
      return undefined
  }
}

/** Index behind white space, byte order mark, XML declaration, processing instructions, comments and document type. */
function firstElement(text: string): number {
  let at = 0
  for (;;) {
    while (/[\s\ufeff\0]/.test(text.charAt(at))) at++
    const end = text.startsWith('<?', at)
      ? behind(text, '?>', at)
      : text.startsWith('<!--', at)
        ? behind(text, '-->', at)
        : /^<!doctype(?!\s+html)/i.test(text.slice(at, at + 32))
          ? behindDoctype(text, at)
          : at
    if (end === at) return at
    at = end
  }
}

function behind(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from)
  return index < 0 ? text.length : index + mark.length
}

/** The declarations in a document type are never read: entities stay unknown names, external subsets unfetched. */
function behindDoctype(text: string, from: number): number {
  let quote = ''
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at)
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '[') depth++
    else if (character === ']') depth--
    else if (character === '>' && depth <= 0) return at + 1
  }
  // An apostrophe in a comment of the internal subset looks like an open quote.
  const subset = text.indexOf(']>', from)
  return subset < 0 ? behind(text, '>', from) : subset + 2
}

function behindJunk(text: string, start: number): Recognition | undefined {
  const head = text.slice(start, start + MAX_JUNK)
  const feed = FEED_ROOT.exec(head)
  const page = PAGE.exec(head)
  if (feed === null) return undefined
  const root = rootAt(text, start + feed.index)
  if (root === undefined) return undefined
  // Pages talk about feeds; one that holds a feed element with its namespace or version is a feed somebody wrapped.
  const isCertain = root.attributes.has('xmlns') || root.attributes.has('version')
  return page !== null && page.index < feed.index && !isCertain ? undefined : { kind: 'xml', root }
}

function whatElse(text: string, start: number): Recognition {
  const head = text.slice(start, start + MAX_JUNK)
  if (PAGE.test(head)) return { kind: 'page', title: /<title[^<>]*>([^<]{1,300})/i.exec(text.slice(start, start + 64 * 1024))?.[1] }
  if (start >= text.length)
    return { kind: 'nothing', detail: text.trim() === '' ? 'an empty document' : 'an XML prolog with no element behind it' }
  const tag = tagAt(text, start)
  if (tag?.kind === 'open') return { kind: 'other', detail: `a document whose outermost element is <${tag.name.slice(0, 60)}>` }
  return { kind: 'other', detail: `text without a feed element, beginning “${head.slice(0, 60).replace(/\s+/g, ' ').trim()}”` }
}
