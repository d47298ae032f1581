// Elements that stand beside paragraphs; a line that begins with one is not wrapped.
const BLOCK =
  /^\s*<(?:!--|\/?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|blockquote|pre|figure|figcaption|hr|iframe|section|article|aside|header|footer|form|center|script|style)\b)/i
const HAS_PARAGRAPHS = /<p[\s>]|<!-- wp:/i

/**
 * Makes paragraphs of text that blog editors keep with bare line breaks: blank lines divide, single line ends become
 * `<br>`. A text that has paragraphs of its own stays as it is, and so does what is in `pre`.
 */
export function brokenIntoParagraphs(html: string): string {
  if (HAS_PARAGRAPHS.test(html) || !html.includes('\n')) return html
  return aroundPreformatted(html)
    .map(({ text, isPreformatted }) => (isPreformatted ? text : paragraphs(text)))
    .join('\n')
}

function paragraphs(text: string): string {
  const blocks: string[][] = [[]]
  for (const line of text.split('\n')) {
    if (line.trim() === '') blocks.push([])
    else blocks.at(-1)?.push(line.trimEnd())
  }
  return blocks
    .filter(lines => lines.length > 0)
    .map(lines => (BLOCK.test(lines[0] ?? '') ? lines.join('\n') : `<p>${lines.join('<br>\n')}</p>`))
    .join('\n')
}

function aroundPreformatted(html: string): readonly { readonly text: string; readonly isPreformatted: boolean }[] {
  const parts: { text: string; isPreformatted: boolean }[] = []
  const open = /<pre[\s>]/gi
  const close = /<\/pre>/gi
  let at = 0
  for (let match = open.exec(html); match !== null; match = open.exec(html)) {
    close.lastIndex = match.index
    const end = close.exec(html) === null ? html.length : close.lastIndex
    parts.push({ text: html.slice(at, match.index), isPreformatted: false }, { text: html.slice(match.index, end), isPreformatted: true })
    at = end
    open.lastIndex = end
  }
  return [...parts, { text: html.slice(at), isPreformatted: false }]
}
