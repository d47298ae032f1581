import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import type { EntryKey, OutletId } from '../../../src/domain/identifiers.ts'
import { isIri } from '../../../src/domain/iri.ts'
import type { OutputEntry, TitleMode } from '../../../src/domain/output-feed.ts'
import { atomDocument, atomEntry } from '../../../src/render/feed/atom.ts'
import { jsonDocument, jsonItem } from '../../../src/render/feed/json-feed.ts'
import { rssDocument, rssItem } from '../../../src/render/feed/rss.ts'
import { xmlText } from '../../../src/render/feed/xml-text.ts'
import { all, child, readXml } from './read-xml.ts'
import { aContext, aHeader, fiveEntries } from './sample.ts'

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
  '架け橋',
  ' ',
]
const hostile = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 8 })
    .map(parts => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map(units => String.fromCharCode(...units)),
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
const entry: fc.Arbitrary<OutputEntry> = fc.record({ url: address, comment: hostile, original, rights: text }, optional).chain(given =>
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
const mode = fc.constantFrom<TitleMode[]>('japanese', 'bilingual', 'original')

describe('any entry', () => {
  it('leaves every document well-formed and reads back as it was written', () => {
    const schema = XmlDocument.fromBuffer(readFileSync(new URL('../../support/rfc4287.rng', import.meta.url)))
    const validator = RelaxNGValidator.fromDoc(schema)
    fc.assert(
      fc.property(entry, mode, (hostileEntry, titles) => checkDocuments(hostileEntry, titles, validator)),
      { numRuns: 300 },
    )
    validator.dispose()
    schema.dispose()
  })

  it('does not change what stands beside it', () => {
    const [good] = fiveEntries().map(other => atomEntry(other, aContext()))
    fc.assert(
      fc.property(entry, hostileEntry => {
        const document = atomDocument(aHeader(), [good ?? '', atomEntry(hostileEntry, aContext()), good ?? ''])
        const [first, , last] = all(readXml(document), 'entry')
        expect(first).toEqual(last)
      }),
      { numRuns: 100 },
    )
  })
})

function checkDocuments(given: OutputEntry, titles: TitleMode, validator: RelaxNGValidator): void {
  const context = aContext({ rule: { titles } })
  const atomText = atomDocument(aHeader(), [atomEntry(given, context)])
  const atom = child(readXml(atomText), 'entry')
  const rss = child(child(readXml(rssDocument(aHeader(), [rssItem(given, context)])), 'channel'), 'item')
  const json = JSON.parse(jsonDocument(aHeader(), [jsonItem(given, context)])).items[0]
  validate(atomText, validator)

  const id = isIri(given.id) ? given.id : `${context.site.id}:entry:${given.key}`
  expect([child(atom, 'id').text, child(rss, 'guid').text, json.id]).toEqual([id, id, id])
  const title = child(atom, 'title').text
  expect([child(rss, 'title').text, json.title]).toEqual([title, title])
  if (titles === 'japanese' && xmlText(given.title).trim() !== '') expect(title).toBe(xmlText(given.title))

  const content = child(atom, 'content').text
  expect(content).toContain(xmlText(given.content ?? ''))
  expect([child(rss, 'content:encoded').text, json.content_html]).toEqual([content, content])
  for (const summary of all(atom, 'summary')) expect(summary.text).toBe(xmlText(given.excerpt))

  const labels = given.labels.filter(({ term }) => xmlText(term).trim() !== '')
  expect(all(atom, 'category').map(({ attributes }) => attributes['term'])).toEqual(labels.map(({ term }) => xmlText(term)))
  const names = given.authors.map(({ name }) => xmlText(name)).filter(name => name.trim() !== '')
  if (names.length > 0) expect(all(rss, 'dc:creator').map(({ text }) => text)).toEqual(names)
  expect(all(atom, 'author').map(author => child(author, 'name').text)).toEqual(json.authors.map(({ name }: { name: string }) => name))
}

function validate(document: string, validator: RelaxNGValidator): void {
  const parsed = XmlDocument.fromString(document)
  try {
    validator.validate(parsed)
  } finally {
    parsed.dispose()
  }
}
