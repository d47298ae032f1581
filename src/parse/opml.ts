import { decodeReferences } from './character-references.ts'
import { decodeDocument } from './decode-document.ts'
import { recognise } from './feed-root.ts'
import { tagAt } from './markup-scan.ts'

/** A feed of a subscription list. Texts are on one line and may be empty; addresses are as they are written. */
export interface OpmlFeed {
  readonly title: string
  readonly xmlUrl: string
  readonly htmlUrl: string
  /** The nearest outline around it that has a page of its own: a publisher, whereas a folder has none. */
  readonly publisher?: { readonly name: string; readonly htmlUrl: string }
  /** It stands below the outermost outline named `posts`. */
  readonly isPost: boolean
}

/** A subscription list read. `detail` says what came instead, as the object of "got …". */
export type OpmlReading =
  | { readonly kind: 'opml'; readonly feeds: readonly OpmlFeed[] }
  | { readonly kind: 'not-opml'; readonly detail: string }

/** The name of the outline that holds the sources of posts. */
export const POSTS_OUTLINE = 'posts'

// A list that people read has a few hundred.
const MAX_FEEDS = 10_000
const OPML_TAG = /<(?:opml|outline)[\s>]/i

/**
 * Reads OPML 1.0 or 2.0, well formed or not, in any encoding: outlines at any depth, with or without `type`, names of
 * attributes in any case. What is unclosed, unescaped or cut off costs nothing but itself. Never throws.
 */
export function readOpml(bytes: Uint8Array): OpmlReading {
  const { text } = decodeDocument(bytes, undefined)
  const recognition = recognise(text)
  if (recognition.kind === 'xml') return { kind: 'not-opml', detail: 'a feed' }
  if (!OPML_TAG.test(text)) return { kind: 'not-opml', detail: detailOf(recognition) }
  return { kind: 'opml', feeds: feedsIn(text) }
}

function detailOf(recognition: ReturnType<typeof recognise>): string {
  switch (recognition.kind) {
    case 'page':
      return 'an HTML page'
    case 'json':
    case 'xml':
      return `a ${recognition.kind.toUpperCase()} document`
    case 'other':
    case 'nothing':
      return recognition.detail
  }
}

interface Outline {
  readonly text: string
  readonly xmlUrl: string
  readonly htmlUrl: string
}

function feedsIn(text: string): readonly OpmlFeed[] {
  const feeds: OpmlFeed[] = []
  // What an outline passes on to those in it, so that depth costs nothing.
  const open: Surroundings[] = []
  for (let at = text.indexOf('<'); at >= 0 && feeds.length < MAX_FEEDS; at = text.indexOf('<', at)) {
    const tag = tagAt(text, at)
    at = tag?.end ?? at + 1
    if (tag?.kind === 'close' && tag.local === 'outline') open.pop()
    if (tag?.kind !== 'open' || tag.local !== 'outline') continue
    const outline = outlineOf(tag.attributes())
    const around = open.at(-1) ?? { isPost: false }
    if (outline.xmlUrl !== '') feeds.push({ ...around, title: outline.text, xmlUrl: outline.xmlUrl, htmlUrl: outline.htmlUrl })
    if (!tag.isEmpty) open.push(within(outline, around, open.length))
  }
  return feeds
}

type Surroundings = Pick<OpmlFeed, 'publisher' | 'isPost'>

function within({ text, xmlUrl, htmlUrl }: Outline, around: Surroundings, depth: number): Surroundings {
  if (xmlUrl !== '') return around
  if (htmlUrl !== '') return { ...around, publisher: { name: text, htmlUrl } }
  return depth === 0 && text === POSTS_OUTLINE ? { isPost: true } : around
}

function outlineOf(attributes: ReadonlyMap<string, string>): Outline {
  const values = new Map([...attributes].map(([name, value]) => [name.toLowerCase(), oneLine(value)]))
  const value = (name: string) => values.get(name) ?? ''
  return { text: value('text') || value('title'), xmlUrl: value('xmlurl'), htmlUrl: value('htmlurl') }
}

function oneLine(value: string): string {
  return decodeReferences(value)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
