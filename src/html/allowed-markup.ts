import { addressWithProtocol } from './address.ts'
import { resolvedSrcset } from './srcset.ts'

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
const BLOCKS = ['p', 'div', 'blockquote', 'pre', 'hr', 'figure', 'figcaption', 'details', 'summary']
const LISTS = ['ul', 'ol', 'li', 'dl', 'dt', 'dd']
const TABLES = ['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']
const INLINE = ['a', 'abbr', 'b', 'br', 'cite', 'code', 'em', 'i', 'mark', 'q', 's', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'u']
const RUBY = ['ruby', 'rb', 'rt', 'rp']
const IMAGES = ['img', 'picture', 'source']

/** The elements that may be republished. */
export const ALLOWED_ELEMENTS: readonly string[] = [...HEADINGS, ...BLOCKS, ...LISTS, ...TABLES, ...INLINE, ...RUBY, ...IMAGES]

/**
 * Elements that go with all they hold; any other element that is not allowed leaves its content behind, as an object
 * leaves what it holds for those who cannot show it (HTML, "The object element").
 */
export const DROPPED_WITH_CONTENT: readonly string[] = [
  ...['script', 'style', 'template', 'noscript', 'head', 'title', 'iframe', 'frameset', 'noframes', 'embed', 'applet', 'noembed'],
  ...['svg', 'math', 'canvas', 'audio', 'video', 'map', 'form', 'select', 'option', 'textarea', 'button', 'datalist', 'xmp', 'plaintext'],
]

/** Elements that are not allowed but have an allowed one of the same effect. */
export const STAND_INS: ReadonlyMap<string, string> = new Map([
  ...['address', 'article', 'aside', 'center', 'footer', 'header', 'hgroup', 'main', 'nav', 'section'].map(name => [name, 'div'] as const),
  ...['kbd', 'listing', 'samp', 'tt', 'var'].map(name => [name, 'code'] as const),
  ...['del', 'strike'].map(name => [name, 's'] as const),
  ['dfn', 'em'],
  ['ins', 'u'],
])

type Clean = (value: string, base: string | undefined) => string | undefined

const link: Clean = (value, base) => addressWithProtocol(value, ['http:', 'https:', 'mailto:'], base)
const page: Clean = (value, base) => addressWithProtocol(value, ['http:', 'https:'], base)
const text: Clean = value => (value.trim() === '' ? undefined : value)
const matching =
  (pattern: RegExp): Clean =>
  value =>
    pattern.test(value.trim()) ? value.trim() : undefined

const side = matching(/^\d{1,5}%?$/)
const span = matching(/^\d{1,4}$/)

const EVERYWHERE: readonly (readonly [string, Clean])[] = [
  ['lang', matching(/^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8}$/i)],
  ['dir', matching(/^(?:ltr|rtl|auto)$/i)],
]

/** The attributes each element may have, beside `lang` and `dir`, and what their values may be. */
const ATTRIBUTES: ReadonlyMap<string, readonly (readonly [string, Clean])[]> = new Map([
  ['a', [['href', link] as const, ['title', text] as const]],
  ['abbr', [['title', text]]],
  ['blockquote', [['cite', page]]],
  [
    'img',
    [
      ['src', imageAddress],
      ['srcset', imageCandidates],
      ['alt', value => value],
      ['title', text],
      ['width', side],
      ['height', side],
    ],
  ],
  ['ol', [['start', matching(/^-?\d{1,6}$/)]]],
  ['q', [['cite', page]]],
  // Without its type and media a browser would take the first source, whether it can show it or not.
  [
    'source',
    [
      ['srcset', imageCandidates],
      ['type', matching(/^image\/[a-z0-9.+-]{1,40}$/i)],
      ['media', text],
      ['width', side],
      ['height', side],
    ],
  ],
  [
    'td',
    [
      ['colspan', span],
      ['rowspan', span],
    ],
  ],
  [
    'th',
    [
      ['colspan', span],
      ['rowspan', span],
    ],
  ],
  ['time', [['datetime', matching(/^[0-9a-z:.+ -]{1,40}$/i)]]],
])

/** The names of the attributes an element can have after `cleanAttributes`. */
export function allowedAttributes(element: string): readonly string[] {
  const names = [...(ATTRIBUTES.get(element) ?? []), ...EVERYWHERE].map(([name]) => name)
  return element === 'a' ? [...names, 'rel'] : names
}

/**
 * Gives an element's attributes as they may be republished, in an order that depends on the element alone.
 * Addresses come out absolute; those that cannot be resolved are dropped.
 */
export function cleanAttributes(
  element: string,
  attributes: Readonly<Record<string, string>>,
  base: string | undefined,
): Record<string, string> {
  const clean: Record<string, string> = {}
  for (const [name, cleanValue] of [...(ATTRIBUTES.get(element) ?? []), ...EVERYWHERE]) {
    const value = Object.hasOwn(attributes, name) ? cleanValue(attributes[name] ?? '', base) : undefined
    if (value !== undefined) clean[name] = value
  }
  if (element === 'a' && opensElsewhere(attributes)) clean['rel'] = NEW_WINDOW_REL
  return clean
}

/** Tells whether an img has an image to show, and a source candidates to choose from. */
export function hasImage(element: string, attributes: ReadonlyMap<string, string>, base: string | undefined): boolean {
  if (element === 'source') return imageCandidates(attributes.get('srcset') ?? '', base) !== undefined
  return imageAddress(attributes.get('src') ?? '', base) !== undefined
}

const NEW_WINDOW_REL = 'noopener noreferrer'

/** The target itself is dropped; its `rel` stays through further rounds. */
function opensElsewhere(attributes: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(attributes, 'target') || (Object.hasOwn(attributes, 'rel') && attributes['rel'] === NEW_WINDOW_REL)
}

function imageAddress(value: string, base: string | undefined): string | undefined {
  const address = page(value, base)
  if (address !== undefined || !/^\s*data:/i.test(value)) return address
  const data = value.replace(/\s+/g, '')
  return /^data:image\/(?:png|gif|jpeg|webp|avif);base64,[a-z0-9+/]+={0,2}$/i.test(data) ? data : undefined
}

function imageCandidates(value: string, base: string | undefined): string | undefined {
  return resolvedSrcset(value, address => page(address, base))
}
