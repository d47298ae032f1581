import { attributesText } from './attributes-text.ts'
import { decodeReferences, escapeAttribute, escapeText, readableControls } from './character-references.ts'
import { canonicalName, innerScope, rootScope, type Scope } from './element-names.ts'
import type { FeedRoot } from './feed-root.ts'
import { IGNORED, KNOWN_FIELDS, TEXT_FIELDS, TRANSPARENT } from './fields.ts'
import { type Markup, tagAt } from './markup-scan.ts'
import { takeText } from './take-text.ts'

/** A feed written anew as XML that is well formed, has the usual outline and canonical names. */
export interface Rewriting {
  readonly xml: string
  /** The document ends before the feed does. */
  readonly isCut: boolean
  /** Entries that were left out, one sentence each. */
  readonly skipped: readonly string[]
}

/** No feed nests this deep outside its texts; the rest of such nesting is left out. */
const MAX_DEPTH = 40
const CONTAINER = /^itunes\.|\.(?:author|contributor|source|image)$/
/** What XML 1.0 §2.2 forbids. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

interface OpenElement {
  /** As written in the source, in lower case. */
  readonly rawName: string
  readonly scope: Scope
  /** As written in the result; '' where nothing is to be closed. */
  name: string
}

interface State {
  readonly text: string
  readonly root: FeedRoot
  readonly rootScope: Scope
  readonly out: string[]
  readonly open: OpenElement[]
  readonly skipped: string[]
  channelAttributes: string
  /** Length of `out` before the entry that is open. */
  entryAt: number | undefined
  entries: number
  tooDeep: number
  isChannelClosed: boolean
  isDone: boolean
}

/**
 * Writes a feed anew, in one pass over it: prefixes resolved, inline markup made text, references decoded, what is
 * unclosed closed, entries lifted to where rss-parser looks for them. An entry that is cut off by the document's
 * end is left out, as are those after the first `maxEntries`.
 */
export function rewriteFeed(source: string, root: FeedRoot, maxEntries: number): Rewriting {
  const text = readableControls(source.slice(root.start).replace(FORBIDDEN, ''))
  const state: State = {
    ...{ text, root, rootScope: rootScope(root), out: [], open: [], skipped: [], channelAttributes: '' },
    ...{ entryAt: undefined, entries: 0, tooDeep: 0, isChannelClosed: false, isDone: false },
  }
  let at = root.shape === 'whole' ? (tagAt(text, 0)?.end ?? text.length) : 0
  while (at < text.length && !state.isDone) at = step(state, at, maxEntries)
  const isCut = !state.isDone && !state.isChannelClosed && root.shape === 'whole'
  finish(state)
  if (isCut) state.skipped.push('The document is cut off: what came behind is missing.')
  return { xml: shell(state), isCut, skipped: state.skipped }
}

function step(state: State, at: number, maxEntries: number): number {
  const { text } = state
  const start = text.indexOf('<', at)
  const end = start < 0 ? text.length : start
  if (end > at) writeText(state, decodeReferences(text.slice(at, end)))
  if (start < 0) return end
  const markup = tagAt(text, start)
  switch (markup?.kind) {
    case undefined:
      writeText(state, '<')
      return start + 1
    case 'cdata':
      writeText(state, markup.text)
      return markup.end
    case 'close':
      close(state, markup)
      return markup.end
    case 'open':
      return open(state, markup, maxEntries)
    case 'nothing':
      return markup.end
  }
}

function open(state: State, tag: Markup & { kind: 'open' }, maxEntries: number): number {
  const { root, out } = state
  const attributes = tag.attributes()
  const scope = innerScope(state.open.at(-1)?.scope ?? state.rootScope, attributes, root.format)
  const name = canonicalName(tag.name, scope, root.format)
  const rawName = tag.name.toLowerCase()
  if (name !== IGNORED) closeLeaf(state)
  if (name === 'item' || name === 'entry') return openEntry(state, tag, name, scope, maxEntries)
  if (state.open.length >= MAX_DEPTH) {
    if (!tag.isEmpty) state.tooDeep++
    return tag.end
  }
  const written = attributesText(attributes, root.format)
  if (TEXT_FIELDS.has(name) && !tag.isEmpty) {
    const taken = takeText(state.text, tag.end, rawName, scope, root.format)
    const marks = taken.isMarkup ? `${taken.base === undefined ? '' : ` markup-base="${escapeAttribute(taken.base)}"`} is-markup="1"` : ''
    out.push(`<${name}${written}${marks}>`, escapeText(taken.value), `</${name}>`)
    return taken.end
  }
  const isOutline = name === 'channel' || name === 'feed' || name === 'rss' || name === 'rdf:RDF' || name === TRANSPARENT
  if (name === 'channel' && state.channelAttributes === '') state.channelAttributes = written
  if (!isOutline) out.push(`<${name}${written}${tag.isEmpty ? '/' : ''}>`)
  if (!tag.isEmpty) state.open.push({ rawName, scope, name: isOutline ? '' : name })
  return tag.end
}

/** An element that holds nothing but text was not closed where another begins in it. */
function closeLeaf(state: State): void {
  const top = state.open.at(-1)
  if (top === undefined || !KNOWN_FIELDS.has(top.name) || CONTAINER.test(top.name)) return
  state.open.pop()
  writeClose(state, top)
}

function openEntry(state: State, tag: Markup & { kind: 'open' }, name: string, scope: Scope, maxEntries: number): number {
  // An entry that is open was never closed; anything else around it is a wrapper that rss-parser would not look into.
  for (const element of [...state.open].reverse()) writeClose(state, element)
  const unclosed = state.open.findIndex(({ rawName }) => rawName === tag.name.toLowerCase())
  if (unclosed >= 0) state.open.length = unclosed
  state.tooDeep = 0
  if (state.entries === maxEntries) {
    const more = state.text.slice(tag.end).split(`<${tag.name}`).length
    state.skipped.push(`${more} entries after the first ${maxEntries} were left out.`)
    state.isDone = true
    return tag.end
  }
  state.entries++
  state.entryAt = state.out.length
  state.out.push(`<${name}${attributesText(tag.attributes(), state.root.format)}>`)
  const element = { rawName: tag.name.toLowerCase(), scope, name }
  if (tag.isEmpty) writeClose(state, element)
  else state.open.push(element)
  return tag.end
}

function close(state: State, tag: Markup & { kind: 'close' }): void {
  const rawName = tag.name.toLowerCase()
  const index = state.open.findLastIndex(element => element.rawName === rawName)
  const isOutline =
    index >= 0 && (state.open[index]?.name === 'item' || state.open[index]?.name === 'entry' || state.open[index]?.name === '')
  if (state.tooDeep > 0 && !isOutline) {
    state.tooDeep--
    return
  }
  if (index < 0) {
    if (rawName === state.root.name.toLowerCase()) state.isDone = true
    return
  }
  state.tooDeep = 0
  if (tag.local === 'channel') state.isChannelClosed = true
  for (const element of state.open.splice(index).reverse()) writeClose(state, element)
}

function writeClose(state: State, element: OpenElement): void {
  if (element.name === '') return
  state.out.push(`</${element.name}>`)
  if (element.name === 'item' || element.name === 'entry') state.entryAt = undefined
  element.name = ''
}

function writeText(state: State, text: string): void {
  const name = state.open.at(-1)?.name ?? ''
  if (name === '' || name === 'item' || name === 'entry' || name === IGNORED || state.tooDeep > 0) return
  state.out.push(escapeText(text))
}

function finish(state: State): void {
  if (state.entryAt !== undefined && !state.isDone) {
    state.out.length = state.entryAt
    state.open.length = 0
    state.skipped.push(`Entry ${state.entries} was left out: the document ends in the middle of it.`)
  }
  for (const element of state.open.reverse()) writeClose(state, element)
}

function shell({ root, out, channelAttributes }: State): string {
  if (root.format === 'atom') return `<feed>${out.join('')}</feed>`
  return `<rss version="2.0"><channel${channelAttributes}>${out.join('')}</channel></rss>`
}
