import type { BlockKind } from './block.ts'

const KINDS: ReadonlyMap<string, BlockKind> = new Map([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(name => [name, 'heading'] as const),
  ...['li', 'dt', 'dd'].map(name => [name, 'list-item'] as const),
  ...['pre', 'listing', 'xmp', 'plaintext'].map(name => [name, 'preformatted'] as const),
  ...['figcaption', 'caption'].map(name => [name, 'caption'] as const),
  ...['td', 'th'].map(name => [name, 'cell'] as const),
  ['blockquote', 'quote'],
])

/** Gives the kind an element gives to the blocks within it; undefined where it takes its parent's. */
export function kindOf(name: string, attributes: ReadonlyMap<string, string>): BlockKind | undefined {
  // Blogger captions an image in a table cell, WordPress in a paragraph.
  if (/(?:^|\s)(?:tr-caption|wp-caption-text)(?:\s|$)/.test(attributes.get('class') ?? '')) return 'caption'
  return KINDS.get(name)
}

/** Elements that divide the text around and within them. */
export const DIVIDERS: ReadonlySet<string> = new Set([
  ...KINDS.keys(),
  ...['address', 'article', 'aside', 'body', 'center', 'details', 'dialog', 'dir', 'div', 'dl', 'fieldset', 'figure', 'footer', 'form'],
  ...['header', 'hgroup', 'html', 'legend', 'main', 'menu', 'nav', 'ol', 'p', 'search', 'section', 'summary', 'table', 'tbody', 'tfoot'],
  ...['thead', 'tr', 'ul'],
])

/** Elements whose content is no text of the body, or a reading aid beside it. */
export const DROPPED: ReadonlySet<string> = new Set([
  ...['script', 'style', 'template', 'noscript', 'head', 'title', 'iframe', 'noframes', 'object', 'applet', 'noembed'],
  ...['svg', 'math', 'canvas', 'audio', 'video', 'map', 'select', 'datalist', 'textarea', 'button'],
  ...['rt', 'rp', 'rtc'],
])

/** For an element being opened, the elements whose end tag may have been left out before it (HTML, "Optional tags"). */
export const IMPLICITLY_CLOSED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...[...DIVIDERS].map(name => [name, new Set(['p', 'head'])] as const),
  ['li', new Set(['li', 'p'])],
  ...['dt', 'dd'].map(name => [name, new Set(['dt', 'dd', 'p'])] as const),
  ...['td', 'th'].map(name => [name, new Set(['td', 'th', 'p'])] as const),
  ...['tr', 'tbody', 'tfoot', 'thead'].map(
    name => [name, new Set(['td', 'th', 'tr', 'p', ...(name === 'tr' ? [] : ['thead', 'tbody'])])] as const,
  ),
  ...['rb', 'rt', 'rp', 'rtc'].map(name => [name, new Set(['rt', 'rp', 'rb', 'rtc'])] as const),
])
