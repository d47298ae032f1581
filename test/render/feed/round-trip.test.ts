import fc from 'fast-check'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { isIri } from '../../../src/domain/iri.ts'
import type { OutputEntry, TitleMode } from '../../../src/domain/output-feed.ts'
import { escapeHtml } from '../../../src/html/escape.ts'
import { atomDocument } from '../../../src/render/feed/atom.ts'
import { jsonDocument } from '../../../src/render/feed/json-feed.ts'
import { type PublishableEntry, publishableEntry } from '../../../src/render/feed/publishable-entry.ts'
import { rssDocument } from '../../../src/render/feed/rss.ts'
import { xmlText } from '../../../src/render/feed/xml-text.ts'
import { hostileEntry, titleMode } from './hostile-entry.ts'
import { aContext, aHeader, atomOf, jsonOf, rssOf } from './sample.ts'

// feedsmith leaves out blank texts, and white space around the others.
const seen = (text: string | undefined) => text?.trim() || undefined
const present = <T>(list: readonly T[]) => (list.length === 0 ? undefined : list)
const iso = (date: Date | undefined) => date?.toISOString()
const isoOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text).toISOString())
const people = (persons: PublishableEntry['authors'] | undefined) =>
  present((persons ?? []).map(({ name, uri, email }) => ({ name: seen(name), uri, email })))

describe('an independent parser', () => {
  it('reads back from every syntax what went in, for 1,000 hostile entries', { timeout: 180_000 }, () => {
    fc.assert(
      fc.property(hostileEntry, titleMode, (entry, titles) => {
        const made = publishableEntry(entry, aContext({ rule: { titles } }))
        wentIn(entry, titles, made)
        readsAtom(entry, titles, made)
        readsRss(entry, titles, made)
        readsJson(entry, titles, made)
      }),
      { numRuns: 1_000 },
    )
  })
})

/** What is looked for is what was given, but for characters XML forbids and what is no id, date, tag or address. */
function wentIn(entry: OutputEntry, titles: TitleMode, made: PublishableEntry): void {
  if (isIri(entry.id)) expect(made.id).toBe(entry.id)
  if (titles === 'japanese' && xmlText(entry.title).trim() !== '') expect(made.title.value).toBe(xmlText(entry.title))
  expect([made.published.getTime(), made.updated.getTime()]).toEqual([entry.published, entry.updated])
  expect(made.content).toContain(xmlText(entry.content ?? ''))
  if (made.summary !== undefined) expect(made.summary.value).toContain(xmlText(entry.excerpt))
  expect(made.categories.map(({ term }) => term)).toEqual(entry.labels.map(({ term }) => xmlText(term)).filter(term => term.trim() !== ''))
  const names = entry.authors.map(({ name }) => xmlText(name)).filter(name => name.trim() !== '')
  expect([...made.authors, ...made.contributors].map(({ name }) => name)).toEqual(expect.arrayContaining(names))
  if (entry.rights?.type === 'text')
    expect(made.rights?.value ?? '').toBe(seen(xmlText(entry.rights.value)) === undefined ? '' : xmlText(entry.rights.value))
}

function readsAtom(entry: OutputEntry, titles: TitleMode, made: PublishableEntry): void {
  const read = parseAtomFeed(atomDocument(aHeader(), [atomOf(entry, aContext({ rule: { titles } }))])).entries?.[0]
  expect(read?.id).toBe(made.id)
  expect([seen(read?.title?.value), seen(read?.content?.value), seen(read?.summary?.value), seen(read?.rights?.value)]).toEqual(
    [made.title.value, made.content, made.summary?.value, made.rights?.value].map(seen),
  )
  expect([isoOf(read?.published), isoOf(read?.updated)]).toEqual([iso(made.published), iso(made.updated)])
  expect([people(read?.authors as never), people(read?.contributors as never)]).toEqual([people(made.authors), people(made.contributors)])
  expect(present((read?.categories ?? []).map(({ term, scheme, label }) => [seen(term), scheme, seen(label)]))).toEqual(
    present(made.categories.map(({ term, scheme, label }) => [seen(term), scheme, seen(label)])),
  )
  const via = read?.links?.find(({ rel }) => rel === 'via')
  expect([read?.links?.find(({ rel }) => rel === 'alternate')?.href, via?.href]).toEqual([made.url, made.original?.url])
  if (via !== undefined) expect([seen(via.title), via.hreflang]).toEqual([seen(made.original?.title), made.original?.language])
  expect([read?.source?.id, seen(read?.source?.title?.value), isoOf(read?.source?.updated), seen(read?.source?.rights?.value)]).toEqual([
    made.source?.id,
    seen(made.source?.title.value),
    iso(made.source?.updated),
    seen(made.source?.rights?.value),
  ])
}

function readsRss(entry: OutputEntry, titles: TitleMode, made: PublishableEntry): void {
  const read = parseRssFeed(rssDocument(aHeader(), [rssOf(entry, aContext({ rule: { titles } }))])).items?.[0]
  const description = made.summary?.type === 'text' ? escapeHtml(made.summary.value) : (made.summary?.value ?? made.content)
  expect(read?.guid).toEqual({ value: made.id, isPermaLink: false })
  expect([read?.title, read?.description, read?.content?.encoded, read?.dc?.rights?.[0]].map(seen)).toEqual(
    [made.title.value, description, made.content, made.rights?.value].map(seen),
  )
  expect(read?.link).toBe(made.url)
  expect(isoOf(read?.atom?.updated)).toBe(iso(made.updated))
  expect(read?.pubDate).toBe(made.published.toUTCString())
  expect([read?.dc?.creators, read?.dc?.contributors].map(names => names?.map(seen))).toEqual(
    [made.authors, made.contributors].map(persons => present(persons.map(({ name }) => seen(name)))),
  )
  expect(read?.categories?.map(({ name, domain }) => [seen(name), domain])).toEqual(
    present(made.categories.map(({ label, scheme }) => [seen(label), scheme])),
  )
}

function readsJson(entry: OutputEntry, titles: TitleMode, made: PublishableEntry): void {
  const document = jsonDocument(aHeader(), [jsonOf(entry, aContext({ rule: { titles } }))])
  const read = parseJsonFeed(document).items?.[0]
  const extension = JSON.parse(document).items[0]._kakehashi
  expect([read?.id, read?.url, read?.external_url]).toEqual([made.id, made.url, made.original?.url])
  expect([read?.title, read?.content_html, read?.summary].map(seen)).toEqual(
    [made.title.value, made.content, made.summary?.value].map(seen),
  )
  expect([isoOf(read?.date_published), isoOf(read?.date_modified)]).toEqual([iso(made.published), iso(made.updated)])
  expect(read?.authors?.map(({ name, url }) => [seen(name), url])).toEqual(made.authors.map(({ name, uri }) => [seen(name), uri]))
  expect(new Set(read?.tags?.map(seen))).toEqual(new Set(made.categories.map(({ label }) => seen(label))))
  expect(extension.translators?.map(({ name }: { name: string }) => name)).toEqual(present(made.contributors.map(({ name }) => name)))
  expect([extension.rights, extension.source?.id, extension.original?.title]).toEqual([
    made.rights?.value,
    made.source?.id,
    made.original?.title,
  ])
}
