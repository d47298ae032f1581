import { describe, expect, it } from 'vitest'
import type { Credit, TitleMode } from '../../../src/domain/output-feed.ts'
import { entryTitle } from '../../../src/render/feed/entry-title.ts'

const original: Credit = { title: 'The Title', authors: [], language: 'en', tier: 1 }
const { title: _none, ...untitled } = original

const cases: readonly [name: string, mode: TitleMode, title: string, original: Credit | undefined, value: string, language: string][] = [
  ['shows the headline', 'japanese', '訳題', original, '訳題', 'ja'],
  ['shows both', 'bilingual', '訳題', original, '訳題 | The Title', 'ja'],
  ['shows the original', 'original', '訳題', original, 'The Title', 'en'],
  ['shows the headline when there is no original', 'bilingual', '訳題', undefined, '訳題', 'ja'],
  ['shows the headline when the title of the original is unknown', 'original', '訳題', untitled, '訳題', 'ja'],
  ['shows the original for a blank headline', 'bilingual', ' ', original, 'The Title', 'en'],
  ['is never blank', 'japanese', '', undefined, '無題', 'ja'],
]

describe('entryTitle', () => {
  for (const [name, mode, title, credit, value, language] of cases)
    it(name, () => {
      const entry = { title, language: 'ja', ...(credit !== undefined && { original: credit }) }
      expect(entryTitle(entry, mode)).toEqual({ value, language })
    })
})
