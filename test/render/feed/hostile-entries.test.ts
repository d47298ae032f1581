import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { isIri } from '../../../src/domain/iri.ts'
import type { OutputEntry, TitleMode } from '../../../src/domain/output-feed.ts'
import { escapeHtml } from '../../../src/html/escape.ts'
import { atomDocument } from '../../../src/render/feed/atom.ts'
import { jsonDocument } from '../../../src/render/feed/json-feed.ts'
import { rssDocument } from '../../../src/render/feed/rss.ts'
import { xmlText } from '../../../src/render/feed/xml-text.ts'
import { hostileEntry, titleMode } from './hostile-entry.ts'
import { all, child, readXml } from './read-xml.ts'
import { aContext, aHeader, atomOf, fiveEntries, jsonOf, rssOf } from './sample.ts'

describe('any entry', () => {
  it('leaves every document well-formed and reads back as it was written', () => {
    const schema = XmlDocument.fromBuffer(readFileSync(new URL('../../support/rfc4287.rng', import.meta.url)))
    const validator = RelaxNGValidator.fromDoc(schema)
    fc.assert(
      fc.property(hostileEntry, titleMode, (entry, titles) => checkDocuments(entry, titles, validator)),
      { numRuns: 300 },
    )
    validator.dispose()
    schema.dispose()
  })

  it('does not change what stands beside it', () => {
    const [good] = fiveEntries().map(other => atomOf(other, aContext()))
    fc.assert(
      fc.property(hostileEntry, entry => {
        const document = atomDocument(aHeader(), [good ?? '', atomOf(entry, aContext()), good ?? ''])
        const [first, , last] = all(readXml(document), 'entry')
        expect(first).toEqual(last)
      }),
      { numRuns: 100 },
    )
  })
})

function checkDocuments(given: OutputEntry, titles: TitleMode, validator: RelaxNGValidator): void {
  const context = aContext({ rule: { titles } })
  const atomText = atomDocument(aHeader(), [atomOf(given, context)])
  const atom = child(readXml(atomText), 'entry')
  const rss = child(child(readXml(rssDocument(aHeader(), [rssOf(given, context)])), 'channel'), 'item')
  const json = JSON.parse(jsonDocument(aHeader(), [jsonOf(given, context)])).items[0]
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
  const summaries = all(atom, 'summary').map(() => escapeHtml(xmlText(given.excerpt)))
  expect(child(rss, 'description').text).toBe(summaries[0] ?? content)

  const labels = given.labels.filter(({ term }) => xmlText(term).trim() !== '')
  expect(all(atom, 'category').map(({ attributes }) => attributes['term'])).toEqual(labels.map(({ term }) => xmlText(term)))
  const names = given.authors.map(({ name }) => xmlText(name)).filter(name => name.trim() !== '')
  const makers = [...all(atom, 'author'), ...all(atom, 'contributor')].map(person => child(person, 'name').text)
  expect(makers).toEqual(expect.arrayContaining(names))
  expect(all(rss, 'dc:creator').map(({ text }) => text)).toEqual(all(atom, 'author').map(author => child(author, 'name').text))
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
