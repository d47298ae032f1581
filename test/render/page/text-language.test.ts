import { describe, expect, it } from 'vitest'
import { textLanguage } from '../../../src/render/page/text-language.ts'

describe('textLanguage', () => {
  const cases: readonly [name: string, text: string, expected: 'ja' | 'en'][] = [
    ['takes kanji for Japanese', '米外交政策', 'ja'],
    ['takes kana for Japanese, also among Latin letters', 'F-35のまとめ', 'ja'],
    ['takes half-width kana for Japanese', 'ﾛｼｱ', 'ja'],
    ['takes Latin letters for English', 'NATO', 'en'],
    ['takes figures alone for English', '2025', 'en'],
  ]
  for (const [name, text, expected] of cases) it(name, () => expect(textLanguage(text)).toBe(expected))
})
