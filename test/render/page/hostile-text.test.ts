import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutputEntry } from '../../../src/domain/output-feed.ts'
import { coveragePage } from '../../../src/render/page/coverage-page.ts'
import { entryPage } from '../../../src/render/page/entry-page.ts'
import { indexPage } from '../../../src/render/page/index-page.ts'
import { labelPage } from '../../../src/render/page/label-page.ts'
import { yearPage } from '../../../src/render/page/year-page.ts'
import { aFeed, allOf, anEntry, anOutlet, aRule, aSite, aSlug, elementsOf, skeletonOf } from './page-samples.ts'

const fragments = [
  '<script>alert(1)</script>',
  '</title>',
  '</cite></article>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '<!--',
  '-->',
  ']]>',
  '&lt;b&gt;',
  '&#x3c;',
  '\0',
  '\ud800',
  '\u202e',
  '${x}',
  '`',
]
// Begins with a letter, for an empty title is another, also tested, case.
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 })
  .map(parts => `x${parts.join('')}`)

const entryOf = (text: string): OutputEntry =>
  anEntry({
    title: text,
    comment: text,
    excerpt: text,
    language: text,
    labels: [{ term: text, label: text, scheme: text }],
    outlets: [{ ...anOutlet, name: text }],
    original: { outlet: { ...anOutlet, name: text }, url: 'https://a.example/', title: text, authors: [text], language: text, tier: 2 },
  })
const siteOf = (text: string) => aSite({ title: text, subtitle: text, rights: text, author: { name: text } })
const ruleOf = (text: string) => aRule({ title: text, subtitle: text, label: `${text}!` })
const label = (text: string, entry = entryOf(text)) =>
  labelPage({
    site: siteOf(text),
    language: 'ja',
    feed: aFeed([entry], ruleOf(text)),
    labelSlug: () => undefined,
    years: [{ year: 2025, count: 1 }],
    generatorVersion: text,
  })
const entry = (text: string) =>
  entryPage({
    site: siteOf(text),
    language: 'ja',
    entry: entryOf(text),
    paragraphs: [text, text],
    originalText: { excerpt: text, rights: text },
    identification: {
      tier: 4,
      decidedBy: 'machine',
      evidence: [
        { kind: 'english-title', line: text, similarity: 1 },
        { kind: 'shared-numbers', values: [text], weight: 1 },
      ],
      outletName: () => text,
    },
    labels: [{ name: text, feed: ruleOf(text) }, { name: text }],
    generatorVersion: text,
  })
const year = (text: string) => {
  const about = { site: siteOf(text), language: 'en', rule: ruleOf(text), years: [{ year: 2025 }], generatorVersion: text } as const
  return yearPage({ ...about, year: 2025, page: 1, pages: 2, count: 101, entries: [entryOf(text)] })
}
const coverage = (text: string) => {
  const counts = { articles: 9, translated: 1, medianLagMs: 0, newest: 0 }
  const about = { site: siteOf(text), language: 'ja', total: counts, generatorVersion: text } as const
  return coveragePage({ ...about, outlets: [{ ...counts, name: text, slug: aSlug('x') }] })
}
const index = (text: string) =>
  indexPage({
    site: siteOf(text),
    language: 'en',
    feeds: [{ rule: ruleOf(text), count: 2, newest: 0, translated: 1, withOriginal: 1, newestHeadline: text }],
    generatorVersion: text,
  })

describe('pages', () => {
  it('keep their structure whatever the texts are', () => {
    const pages = [label, index, entry, year, coverage].map(page => (text: string) => skeletonOf(page(text)))
    const expected = pages.map(page => page('x'))
    fc.assert(
      fc.property(hostile, text => {
        expect(pages.map(page => page(text))).toEqual(expected)
      }),
    )
  })

  it('show a hostile title as the text it is', () => {
    const title = '</a><script>alert("1")</script> & <b>'
    expect(allOf(label('x', anEntry({ title })), 'h2')[0]?.text).toBe(title)
  })

  it('link nowhere but to the web and to the site itself, whatever the addresses are', () => {
    const address = fc.oneof(
      fc.webUrl(),
      fc.constantFrom('javascript:', 'JAVASCRIPT:', 'data:text/html,', '\tjava\nscript:', '//', '"'),
      hostile,
    )
    fc.assert(
      fc.property(fc.tuple(address, hostile), ([start, rest]) => {
        const url = start + rest
        const markup = label('x', anEntry({ url, original: { url, authors: [], language: 'en', tier: 2 } }))
        for (const { attributes } of elementsOf(markup)) if (attributes['href'] !== undefined) expect(attributes['href']).toMatch(SAFE)
      }),
    )
  })
})

const SAFE = /^(https?:\/\/|\/(?!\/)|#main$|data:image\/svg\+xml,)/
