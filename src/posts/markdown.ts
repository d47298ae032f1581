import { escapeHtml } from '../html/escape.ts'
import { type LinkDefinitions, linkLabelKey, renderInline } from './markdown-inline.ts'

// Quotes and lists within each other beyond this are text; it bounds recursion and the work per line.
const DEEPEST = 12

const BLANK = /^[ \t]*$/
const FENCE = /^ {0,3}(`{3,}|~{3,})([^`]*)$/
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const QUOTE = /^ {0,3}> ?/
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?: {1,4}(?! )| |$)/
const DEFINITION = /^ {0,3}\[([^[\]]{1,200})\]:[ \t]*<?([^\s<>]{1,2000})>?[ \t]*(?:["'(].*)?$/
const HTML_BLOCK =
  /^ {0,3}<(?:!--|\/?(?:address|article|aside|audio|blockquote|center|details|div|dl|dt|dd|figure|figcaption|footer|h[1-6]|header|hr|iframe|li|main|nav|ol|p|picture|pre|section|script|style|summary|table|tbody|td|tfoot|th|thead|tr|ul|video)(?:[\s/>]|$))/i

/**
 * Renders the Markdown people write posts in: headings, paragraphs, emphasis, links (inline, by reference, bare
 * addresses), images, lists, quotes, code, rules and hard breaks, as CommonMark has them where it is about these.
 * HTML passes through unchanged; the result is to be sanitised like any other body. Linear in time, never throws.
 *
 * Differs from CommonMark on purpose: `**「強調」**の` is emphasis though a letter follows the mark, and lines indented by
 * four spaces are a paragraph, as Japanese writers indent.
 */
export function renderMarkdown(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const definitions = new Map<string, string>()
  const rest = lines.filter(line => {
    const [, label, href] = DEFINITION.exec(line) ?? []
    if (label === undefined || href === undefined) return true
    if (!definitions.has(linkLabelKey(label))) definitions.set(linkLabelKey(label), href)
    return false
  })
  return renderBlocks(rest, definitions, 0)
}

interface Rendered {
  readonly html: string
  /** The line that follows. */
  readonly next: number
}

function renderBlocks(lines: readonly string[], definitions: LinkDefinitions, depth: number): string {
  const blocks: string[] = []
  for (let at = 0; at < lines.length; ) {
    const { html, next } = renderBlock(lines, at, definitions, depth)
    if (html !== '') blocks.push(html)
    at = next
  }
  return blocks.join('\n')
}

function renderBlock(lines: readonly string[], at: number, definitions: LinkDefinitions, depth: number): Rendered {
  const line = lines[at] ?? ''
  if (BLANK.test(line)) return { html: '', next: at + 1 }
  const fence = FENCE.exec(line)
  if (fence !== null) return renderFence(lines, at, fence[1] ?? '```')
  const heading = HEADING.exec(line)
  if (heading !== null) return { html: headingOf(heading[1]?.length ?? 1, heading[2] ?? '', definitions), next: at + 1 }
  if (RULE.test(line)) return { html: '<hr>', next: at + 1 }
  if (HTML_BLOCK.test(line)) {
    const next = firstFrom(lines, at + 1, BLANK)
    return { html: lines.slice(at, next).join('\n'), next }
  }
  if (depth < DEEPEST && QUOTE.test(line)) {
    const next = endOfParagraph(lines, at, QUOTE)
    const quoted = lines.slice(at, next).map(text => text.replace(QUOTE, ''))
    return { html: `<blockquote>\n${renderBlocks(quoted, definitions, depth + 1)}\n</blockquote>`, next }
  }
  if (depth < DEEPEST && ITEM.test(line)) return renderList(lines, at, definitions, depth)
  return renderParagraph(lines, at, definitions)
}

function renderFence(lines: readonly string[], at: number, fence: string): Rendered {
  const close = firstFrom(lines, at + 1, fence.startsWith('~') ? /^ {0,3}~{3,}[ \t]*$/ : /^ {0,3}`{3,}[ \t]*$/, fence.length)
  return { html: `<pre><code>${escapeHtml(lines.slice(at + 1, close).join('\n'))}</code></pre>`, next: close + 1 }
}

function headingOf(level: number, text: string, definitions: LinkDefinitions): string {
  // "## Title ##": the closing marks are decoration. A loop, as a regular expression would search from every space.
  let end = text.trimEnd().length
  while (text.charAt(end - 1) === '#') end--
  const isClosed = end === 0 || /\s/.test(text.charAt(end - 1))
  return `<h${level}>${renderInline((isClosed ? text.slice(0, end) : text).trim(), definitions)}</h${level}>`
}

function renderParagraph(lines: readonly string[], at: number, definitions: LinkDefinitions): Rendered {
  const next = endOfParagraph(lines, at)
  const text = lines
    .slice(at, next)
    .map(line => line.replace(/^[ \t]+/, ''))
    .join('\n')
    .trimEnd()
  const underline = UNDERLINE.exec(lines[next] ?? '')
  if (underline !== null) return { html: headingOf(underline[1]?.startsWith('=') ? 1 : 2, text, definitions), next: next + 1 }
  return { html: `<p>${renderInline(text, definitions)}</p>`, next }
}

/** Where the paragraph, or the quote with its lazily continued lines, that begins at `at` ends. */
function endOfParagraph(lines: readonly string[], at: number, belongs?: RegExp): number {
  let next = at + 1
  for (; next < lines.length; next++) {
    const line = lines[next] ?? ''
    if (belongs?.test(line)) continue
    if (BLANK.test(line) || UNDERLINE.test(line) || startsBlock(line)) break
  }
  return next
}

function startsBlock(line: string): boolean {
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || HTML_BLOCK.test(line) || QUOTE.test(line) || ITEM.test(line)
}

function renderList(lines: readonly string[], at: number, definitions: LinkDefinitions, depth: number): Rendered {
  const first = ITEM.exec(lines[at] ?? '')?.[2] ?? '-'
  const isOrdered = /\d/.test(first)
  const items: string[][] = []
  let isLoose = false
  let next = at
  while (next < lines.length) {
    const marker = ITEM.exec(lines[next] ?? '')
    if (marker?.[2]?.at(-1) !== first.at(-1) || RULE.test(lines[next] ?? '')) break
    const item = itemLines(lines, next, marker?.[0].length ?? 0)
    items.push(item.lines)
    next = item.next
    const isFollowed = ITEM.exec(lines[next] ?? '')?.[2]?.at(-1) === first.at(-1)
    isLoose ||= item.lines.slice(0, -1).some(line => BLANK.test(line)) || (isFollowed && BLANK.test(lines[next - 1] ?? ''))
  }
  const rendered = items.map(item => `<li>${itemHtml(item, isLoose, definitions, depth)}</li>`).join('\n')
  const start = isOrdered && Number.parseInt(first, 10) !== 1 ? ` start="${Number.parseInt(first, 10)}"` : ''
  return { html: isOrdered ? `<ol${start}>\n${rendered}\n</ol>` : `<ul>\n${rendered}\n</ul>`, next }
}

/** The lines of one item without its indentation; blank lines behind it are passed over. */
function itemLines(lines: readonly string[], at: number, indent: number): { readonly lines: string[]; readonly next: number } {
  const own = [(lines[at] ?? '').slice(indent)]
  let next = at + 1
  for (; next < lines.length; next++) {
    const line = lines[next] ?? ''
    const isIndented = line.slice(0, indent).trim() === '' && line.length > indent
    const isLazy = !BLANK.test(lines[next - 1] ?? '') && !startsBlock(line)
    if (!BLANK.test(line) && !isIndented && !isLazy) break
    own.push(isIndented ? line.slice(indent) : line)
  }
  while (own.length > 1 && BLANK.test(own.at(-1) ?? '')) own.pop()
  return { lines: own, next }
}

function itemHtml(item: readonly string[], isLoose: boolean, definitions: LinkDefinitions, depth: number): string {
  const html = renderBlocks(item, definitions, depth + 1)
  return isLoose ? html : html.replace(/^<p>([\s\S]*?)<\/p>/, '$1')
}

function firstFrom(lines: readonly string[], at: number, pattern: RegExp, minLength = 0): number {
  let index = at
  for (; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (pattern.test(line) && line.trim().length >= minLength) break
  }
  return index
}
