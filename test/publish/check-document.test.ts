import { describe, expect, it } from 'vitest'
import { inspectAtom, inspectJsonFeed, inspectPage, inspectRss } from '../../src/publish/check-document.ts'
import { atomEntry, atomFeed } from './samples.ts'

const found = (faults: readonly string[]) => faults.join('; ')

describe('inspectAtom', () => {
  it('finds no fault in a sound document, and gives its ids in order', () => {
    expect(inspectAtom(atomFeed(atomEntry('urn:b') + atomEntry('urn:a')))).toEqual({ faults: [], ids: ['urn:b', 'urn:a'] })
    expect(inspectAtom(atomFeed(''))).toEqual({ faults: [], ids: [] })
  })

  const updated = (date: string) => `<updated>${date}</updated>`
  const faulty: readonly [name: string, xml: string, fault: RegExp][] = [
    ['a document that is cut off', atomFeed(atomEntry('urn:a')).slice(0, -20), /not well-formed/],
    ['a bare ampersand', atomFeed(atomEntry('urn:a&b')), /not well-formed/],
    ['a control character', atomFeed(atomEntry('urn:\u0008')), /not well-formed/],
    ['an entity nobody declared', atomFeed(atomEntry('&nbsp;')), /not well-formed/],
    ['a prefix nobody declared', atomFeed('<x:y/>'), /not well-formed/],
    ['nothing at all', '', /not well-formed/],
    ['a day no calendar has', atomFeed(atomEntry('urn:a', updated('2025-02-30T09:00:00Z'))), /not an RFC 3339 date/],
    ['HTML', '<html><body></body></html>', /not an Atom feed/],
    ['another namespace', '<feed xmlns="http://purl.org/atom/ns#"><id/><title/><updated/></feed>', /not an Atom feed/],
    ['a feed without id', atomFeed('', `<title>x</title>${updated('2025-03-12T09:00:00Z')}`), /<feed> has 0 <id>/],
    ['a feed with two titles', atomFeed('<title>x</title>'), /<feed> has 2 <title>/],
    ['an entry without title', atomFeed(`<entry><id>urn:a</id>${updated('2025-03-12T09:00:00Z')}</entry>`), /<entry> has 0 <title>/],
    ['an entry without date', atomFeed(atomEntry('urn:a', '')), /<entry> has 0 <updated>/],
    ['a date in another form', atomFeed(atomEntry('urn:a', updated('Wed, 12 Mar 2025 09:00:00 GMT'))), /not an RFC 3339 date/],
    ['a date without zone', atomFeed(atomEntry('urn:a', updated('2025-03-12T09:00:00'))), /not an RFC 3339 date/],
    ['a date that is none', atomFeed(atomEntry('urn:a', updated('2025-13-41T09:00:00Z'))), /not an RFC 3339 date/],
    [
      'a wrong date in a source',
      atomFeed(atomEntry('urn:a', `${updated('2025-03-12T09:00:00Z')}<source><updated>now</updated></source>`)),
      /source\/updated/,
    ],
    [
      'an id that occurs twice',
      atomFeed(atomEntry('urn:a') + atomEntry('urn:b') + atomEntry('urn:a')),
      /the id "urn:a" occurs more than once/,
    ],
    ['an empty id', atomFeed(atomEntry('')), /no id/],
  ]
  for (const [name, xml, fault] of faulty) it(`finds ${name}`, () => expect(found(inspectAtom(xml).faults)).toMatch(fault))

  it('takes offsets and fractions of a second', () => {
    expect(inspectAtom(atomFeed(atomEntry('urn:a', updated('2025-03-12T17:00:00.25+09:00')))).faults).toEqual([])
  })

  it('stays quick on many entries', () => {
    const startedAt = performance.now()
    inspectAtom(atomFeed(Array.from({ length: 5_000 }, (_, index) => atomEntry(`urn:${index}`)).join('')))
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })
})

describe('inspectRss', () => {
  const rss = (channel: string) => `<rss version="2.0"><channel>${channel}</channel></rss>`
  const self = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://a.example/feed"/>'
  const head = `<title>t</title><link>https://a.example/</link><description>d</description>${self}`
  const item = (id: string) => `<item><guid isPermaLink="false">${id}</guid><title>t</title></item>`

  it('finds no fault in a sound document, and gives its guids', () => {
    expect(inspectRss(rss(head + item('b') + item('a')))).toEqual({ faults: [], ids: ['b', 'a'] })
  })

  const faulty: readonly [name: string, xml: string, fault: RegExp][] = [
    ['another root', '<feed/>', /not RSS 2.0/],
    ['a channel without link', rss('<title>t</title><description>d</description>'), /<channel> has 0 <link>/],
    ['an item without guid', rss(`${head}<item><title>t</title></item>`), /has 0 <guid>/],
    ['a guid that occurs twice', rss(head + item('a') + item('a')), /occurs more than once/],
    ['a document that is cut off', rss(head).slice(0, -3), /not well-formed/],
  ]
  for (const [name, xml, fault] of faulty) it(`finds ${name}`, () => expect(found(inspectRss(xml).faults)).toMatch(fault))
})

describe('inspectJsonFeed', () => {
  const item = (id: string) => ({ id, content_text: 't' })
  const feed = (changes: Readonly<Record<string, unknown>> = {}) =>
    JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 't', items: [item('b'), item('a')], ...changes })

  it('finds no fault in a sound document, and gives its ids', () => {
    expect(inspectJsonFeed(feed())).toEqual({ faults: [], ids: ['b', 'a'] })
  })

  const faulty: readonly [name: string, json: string, fault: RegExp][] = [
    ['a document that is cut off', feed().slice(0, -2), /not JSON/],
    ['nothing at all', '', /not JSON/],
    ['a bare value', 'null', /version/],
    ['another version', feed({ version: 'https://jsonfeed.org/version/1' }), /version/],
    ['a missing title', feed({ title: undefined }), /title/],
    ['items that are no list', feed({ items: {} }), /items/],
    ['an item without id', feed({ items: [{}] }), /no id/],
    ['an item that is none', feed({ items: [null] }), /no id/],
    ['an id that occurs twice', feed({ items: [item('a'), item('a')] }), /occurs more than once/],
  ]
  for (const [name, json, fault] of faulty) it(`finds ${name}`, () => expect(found(inspectJsonFeed(json).faults)).toMatch(fault))
})

describe('inspectPage', () => {
  it('tells a whole page from one that is cut off', () => {
    expect(inspectPage('<!doctype html><html></html>\n').faults).toEqual([])
    expect(inspectPage('<!doctype html><html><body>').faults).not.toEqual([])
    expect(inspectPage('').faults).not.toEqual([])
  })
})
