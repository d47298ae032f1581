import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../src/domain/feed.ts'
import { editionOf } from '../../../src/posts/import/edition.ts'

const STORED: Entry = {
  id: 'a',
  title: { type: 'text', value: '題' },
  content: { type: 'html', value: '<p>本文</p>' },
  published: 1_000,
  updated: 2_000,
  url: 'https://a.example/1',
  authors: [],
  contributors: [],
  categories: [{ term: 'NATO', scheme: 'http://www.blogger.com/atom/ns#' }],
  links: [],
}
const { updated: _, url: __, ...UNDATED } = STORED

const cases: readonly [name: string, imported: Entry, stored: Entry, expected: string][] = [
  ['a later date is newer', { ...STORED, updated: 3_000 }, STORED, 'newer'],
  ['an earlier date is older, whatever it says', { ...STORED, updated: 1_500, title: { type: 'text', value: '別' } }, STORED, 'older'],
  ['the day of publication stands in for a date', { ...UNDATED }, STORED, 'older'],
  ['other words of one date are newer', { ...STORED, content: { type: 'html', value: '<p>改稿</p>' } }, STORED, 'newer'],
  ['other labels of one date are newer', { ...STORED, categories: [{ term: '海軍' }] }, STORED, 'newer'],
  ['other markup is the same', { ...STORED, content: { type: 'html', value: '<div>本文</div>\n' }, links: [] }, STORED, 'same'],
  ['labels under another scheme are the same', { ...STORED, categories: [{ term: 'NATO' }] }, STORED, 'same'],
  ['an address where there was none is newer', STORED, { ...UNDATED, updated: 2_000 }, 'newer'],
  ['no address where there was one is the same', { ...UNDATED, updated: 2_000 }, STORED, 'same'],
]

describe('editionOf', () => {
  for (const [name, imported, stored, expected] of cases) it(name, () => expect(editionOf(imported, stored)).toBe(expected))
})
