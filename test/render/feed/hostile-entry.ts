import fc from 'fast-check'
import type { EntryKey, OutletId } from '../../../src/domain/identifiers.ts'
import type { OutputEntry, TitleMode } from '../../../src/domain/output-feed.ts'

const pieces = [
  ']]>',
  ']]',
  '>',
  '<![CDATA[',
  '<!--',
  '-->',
  '</entry>',
  '</title>',
  '<b x="',
  "'",
  '&amp;',
  '&',
  '&#0;',
  '&bogus;',
  '<?x',
  '\r\n',
  '\r',
  '\ud800',
  '\udfff',
  '\ufffe',
  '\0',
  '\u001b',
  '𠮷',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u0085',
  '\ufdd0',
  'e\u0301',
  '架け橋',
  ' ',
]
const fragments = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 8 })
  .map(parts => parts.join(''))
const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map(units => String.fromCharCode(...units))
/** Any text at all: markup, quotes, controls, bidirectional marks, halves of surrogates; empty, short, and now and then huge. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 200, arbitrary: fragments },
  { weight: 200, arbitrary: codeUnits },
  { weight: 1, arbitrary: fragments.map(part => part.repeat(1_000)) },
)
const address = fc.oneof(
  hostile,
  hostile.map(text => `https://a.example/${text}`),
  fc.constantFrom('javascript:x', '/x', 'http://'),
)
const instant = fc.integer({ min: -62135596800000, max: 253402300799999 })
const optional = { noNullPrototype: true, requiredKeys: [] as never[] }
const person = fc
  .record({ name: hostile })
  .chain(named => fc.record({ uri: address, email: hostile }, optional).map(more => ({ ...named, ...more })))
const category = fc
  .record({ term: hostile })
  .chain(termed => fc.record({ scheme: address, label: hostile }, optional).map(more => ({ ...termed, ...more })))
const text = fc.record({ type: fc.constantFrom('text' as const, 'html' as const), value: hostile })
const link = fc.record({ rel: fc.constantFrom('self', 'alternate', 'x'), href: address, type: hostile, hreflang: hostile })
const outlet = fc.record({ id: fc.constant('o' as OutletId), name: hostile })
const source = fc
  .record({ id: address, title: text, rights: text, updated: instant, language: hostile }, optional)
  .chain(given =>
    fc
      .record({ links: fc.array(link, { maxLength: 3 }), authors: fc.array(person, { maxLength: 1 }) })
      .map(lists => ({ ...given, ...lists, contributors: [], categories: [] })),
  )
const original = fc
  .record({ outlet, url: address, title: hostile, published: fc.oneof(instant, fc.double()) }, optional)
  .chain(given =>
    fc.record({ authors: fc.array(hostile, { maxLength: 2 }), language: hostile }).map(more => ({ ...given, ...more, tier: 4 as const })),
  )
/** An entry with such a text wherever it has one. */
export const hostileEntry: fc.Arbitrary<OutputEntry> = fc
  .record({ url: address, comment: hostile, original, rights: text }, optional)
  .chain(given =>
    fc
      .record({
        key: fc.constant('k' as EntryKey),
        kind: fc.constantFrom('post' as const, 'article' as const),
        id: address,
        title: hostile,
        language: fc.oneof(hostile, fc.constantFrom('ja', 'en')),
        published: instant,
        updated: instant,
        authors: fc.array(person, { maxLength: 2 }),
        labels: fc.array(category, { maxLength: 3 }),
        outlets: fc.array(outlet, { maxLength: 2 }),
        content: hostile.map(body => `<p>${body}</p>`),
        excerpt: hostile,
        source,
      })
      .map(more => ({ ...given, ...more })),
  )
/** How it is headed. */
export const titleMode = fc.constantFrom<TitleMode[]>('japanese', 'bilingual', 'original')
