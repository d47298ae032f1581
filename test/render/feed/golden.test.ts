import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { OutputEntry } from '../../../src/domain/output-feed.ts'
import { atomDocument } from '../../../src/render/feed/atom.ts'
import { jsonDocument } from '../../../src/render/feed/json-feed.ts'
import { rssDocument } from '../../../src/render/feed/rss.ts'
import { aContext, aHeader, atomOf, fiveEntries, jsonOf, rssOf } from './sample.ts'

const english = aContext({ language: 'en', rule: { titles: 'original' } })
const englishHeader = aHeader({ language: 'en', updated: null })

const archiveHeader = aHeader({ place: { kind: 'archive', page: 2, older: 1, newer: 3 }, hubs: ['https://hub.example/'] })
const pushedHeader = aHeader({
  place: { kind: 'current', newestArchive: 3 },
  hubs: ['https://kakehashi.example/hub', 'https://hub.example/?a=1&b=2'],
  tombstones: [{ ref: 'tag:blogger.com,1999:blog-1234567890.post-40', when: Date.parse('2025-03-10T00:00:00Z') }],
})

const cases: readonly [file: string, render: (entries: readonly OutputEntry[]) => string][] = [
  [
    'five-entries.atom',
    entries =>
      atomDocument(
        aHeader(),
        entries.map(entry => atomOf(entry, aContext())),
      ),
  ],
  [
    'five-entries.rss',
    entries =>
      rssDocument(
        aHeader(),
        entries.map(entry => rssOf(entry, aContext())),
      ),
  ],
  [
    'five-entries.jsonfeed',
    entries =>
      jsonDocument(
        aHeader(),
        entries.map(entry => jsonOf(entry, aContext())),
      ),
  ],
  [
    'in-english.atom',
    entries =>
      atomDocument(
        englishHeader,
        entries.slice(0, 2).map(entry => atomOf(entry, english)),
      ),
  ],
  ['archive.atom', entries => atomDocument(archiveHeader, [...entries.slice(0, 1).map(entry => atomOf(entry, aContext()))])],
  ['pushed.atom', () => atomDocument(pushedHeader, [])],
  ['pushed.rss', () => rssDocument(pushedHeader, [])],
  ['pushed.jsonfeed', () => jsonDocument(pushedHeader, [])],
  ['empty.atom', () => atomDocument(aHeader({ updated: null }), [])],
  ['empty.rss', () => rssDocument(aHeader({ updated: null }), [])],
  ['empty.jsonfeed', () => jsonDocument(aHeader({ updated: null }), [])],
]

describe('a document', () => {
  for (const [file, render] of cases)
    it(`is, byte for byte, golden/${file}`, () => {
      const golden = new URL(`golden/${file}`, import.meta.url)
      const document = render(fiveEntries())
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, document)
      expect(document).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : 'no golden file: run with UPDATE_GOLDEN=1')
    })

  for (const [file, render] of cases)
    it(`comes out the same twice: ${file}`, () => {
      expect(render(fiveEntries())).toBe(render(structuredClone(fiveEntries())))
    })
})
