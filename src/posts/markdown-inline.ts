import { escapeAttribute, escapeHtml } from '../html/escape.ts'
import { addMarks, finished, noEmphasis } from './markdown-emphasis.ts'
import { literalSpans, pairedSquareBrackets } from './markdown-spans.ts'

/** Addresses of `[label]: address` lines, by `linkLabelKey`. */
export type LinkDefinitions = ReadonlyMap<string, string>

/** The form in which labels of link definitions are compared. */
export function linkLabelKey(label: string): string {
  return label.replace(/\s+/g, ' ').trim().toLowerCase()
}

const PLAIN = /[^\\`<![*_\nh&>]+/y
const CODE = /`+/y
const TAG = /<\/?[A-Za-z][^<>]*>/y
const AUTOLINK = /<((?:https?|mailto):[^\s<>]+)>/y
const BARE = /https?:\/\/[^\s<>"「」『』（）、。，]+/y
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/iy
const MARKS = /\*+|_+/y

/**
 * Renders the text of one Markdown block. HTML tags, comments and character references pass through.
 * A single pass: every look-ahead stops at the next possible start of its own kind, or is worked out beforehand.
 */
export function renderInline(text: string, definitions: LinkDefinitions, withinLink = false): string {
  const emphasis = noEmphasis()
  const brackets = pairedSquareBrackets(text)
  const spans = literalSpans(text)
  for (let at = 0; at < text.length; ) {
    const run = matchAt(MARKS, text, at)
    if (run !== undefined) {
      addMarks(emphasis, run[0], text.charAt(at - 1), text.charAt(at + run[0].length))
      at += run[0].length
      continue
    }
    const link = withinLink ? undefined : linkAt(text, at, brackets, definitions)
    const piece = link ?? pieceAt(text, at, spans, withinLink)
    emphasis.parts.push(piece.html)
    at = piece.end
  }
  return finished(emphasis)
}

interface Piece {
  readonly html: string
  readonly end: number
}

function pieceAt(text: string, at: number, spans: ReadonlyMap<number, number>, withinLink: boolean): Piece {
  const plain = matchAt(PLAIN, text, at)
  if (plain !== undefined) return pieceOfPlain(plain[0], text, at)
  const spanEnd = spans.get(at)
  if (spanEnd !== undefined) return text.charAt(at) === '<' ? { html: text.slice(at, spanEnd), end: spanEnd } : codeAt(text, at, spanEnd)
  const escaped = /^\\([!-/:-@[-`{-~\n])/.exec(text.slice(at, at + 2))
  if (escaped?.[1] !== undefined) return { html: escaped[1] === '\n' ? '<br>\n' : escapeHtml(escaped[1]), end: at + 2 }
  const auto = matchAt(AUTOLINK, text, at) ?? (withinLink ? undefined : bareAddressAt(text, at))
  if (auto !== undefined) return { html: anchor(auto[1], escapeHtml(auto[1])), end: at + auto[0].length }
  const asIs = (matchAt(TAG, text, at) ?? matchAt(REFERENCE, text, at))?.[0] ?? ''
  if (asIs !== '') return { html: asIs, end: at + asIs.length }
  return { html: escapeHtml(text.charAt(at)), end: at + 1 }
}

/** Two spaces at the end of a line break it. */
function pieceOfPlain(plain: string, text: string, at: number): Piece {
  const end = at + plain.length
  const breaks = text.charAt(end) === '\n' && plain.endsWith('  ')
  return breaks ? { html: `${escapeHtml(plain.trimEnd())}<br>\n`, end: end + 1 } : { html: escapeHtml(plain), end }
}

function codeAt(text: string, at: number, end: number): Piece {
  const fence = matchAt(CODE, text, at)?.[0].length ?? 1
  const code = text.slice(at + fence, end - fence).replace(/\n/g, ' ')
  return { html: `<code>${escapeHtml(code.trim() === '' ? code : code.replace(/^ (.*) $/, '$1'))}</code>`, end }
}

function bareAddressAt(text: string, at: number): readonly [string, string] | undefined {
  if (/[a-z\d]/i.test(text.charAt(at - 1))) return undefined
  const written = matchAt(BARE, text, at)?.[0].replace(/[.,;:!?*_~]+$/, '')
  if (written === undefined) return undefined
  const address = written.includes('(') ? written : written.replace(/\)+$/, '')
  return [address, address]
}

/** `[text](address "title")`, `[text][label]`, `[label]`, and images with a `!` before. */
function linkAt(text: string, at: number, brackets: ReadonlyMap<number, number>, definitions: LinkDefinitions): Piece | undefined {
  const isImage = text.startsWith('![', at)
  const start = isImage ? at + 1 : at
  const close = brackets.get(start)
  if (close === undefined) return undefined
  const label = text.slice(start + 1, close)
  const target = destinationAt(text, close + 1) ?? definedTarget(text, close, label, brackets, definitions)
  if (target === undefined) return undefined
  if (isImage) return { html: `<img src="${escapeAttribute(target.href)}" alt="${escapeAttribute(label)}">`, end: target.end }
  return { html: anchor(target.href, renderLinkText(label, definitions)), end: target.end }
}

/** Links do not nest, images within a link do. */
function renderLinkText(label: string, definitions: LinkDefinitions): string {
  const images = label.includes('![') ? pairedSquareBrackets(label) : new Map<number, number>()
  const start = label.indexOf('![')
  const image = start < 0 ? undefined : linkAt(label, start, images, definitions)
  if (image === undefined) return renderInline(label, definitions, true)
  return renderInline(label.slice(0, start), definitions, true) + image.html + renderInline(label.slice(image.end), definitions, true)
}

interface Target {
  readonly href: string
  readonly end: number
}

// Parentheses within an address may nest this deep; a cap keeps a row of unclosed links from being read again and again.
const DESTINATION =
  /\(\s{0,9}(?:<([^<>\n]{0,2000})>|((?:[^\s()<>]|\([^\s()<>]{0,500}\)){0,2000}))(?:\s{1,9}(?:"[^"]{0,500}"|'[^']{0,500}'))?\s{0,9}\)/y

function destinationAt(text: string, at: number): Target | undefined {
  const match = text.charAt(at) === '(' ? matchAt(DESTINATION, text, at) : undefined
  return match === undefined ? undefined : { href: match[1] ?? match[2] ?? '', end: at + match[0].length }
}

function definedTarget(
  text: string,
  close: number,
  label: string,
  brackets: ReadonlyMap<number, number>,
  definitions: LinkDefinitions,
): Target | undefined {
  const second = text.charAt(close + 1) === '[' ? brackets.get(close + 1) : undefined
  const key = second === undefined || second === close + 2 ? label : text.slice(close + 2, second)
  if (definitions.size === 0 || key.length > 200) return undefined
  const href = definitions.get(linkLabelKey(key))
  return href === undefined ? undefined : { href, end: (second ?? close) + 1 }
}

function anchor(href: string, html: string): string {
  return `<a href="${escapeAttribute(href)}">${html}</a>`
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
