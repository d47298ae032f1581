import { describe, expect, it } from 'vitest'
import { clip, displayWidth, table } from '../../src/cli/table.ts'

describe('displayWidth', () => {
  const cases: readonly [text: string, columns: number][] = [
    ['abc', 3],
    ['米外交', 6],
    ['ｶﾀｶﾅ', 4],
    ['（）、。', 8],
    ['ー한글', 6],
    ['', 0],
  ]
  for (const [text, columns] of cases) it(`counts ${columns} columns for "${text}"`, () => expect(displayWidth(text)).toBe(columns))
})

describe('table', () => {
  it('lines columns up, Japanese counting twice, without blanks at the end', () => {
    const rows = [
      ['SOURCE', 'RESULT', 'NOTE'],
      ['ブログ', 'ok', ''],
      ['tni', '米国', 'x'],
    ]
    expect(table(rows, '  ')).toBe('  SOURCE  RESULT  NOTE\n  ブログ  ok\n  tni     米国    x')
    expect(table([])).toBe('')
  })
})

describe('clip', () => {
  const cases: readonly [text: string, columns: number, clipped: string][] = [
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['米外交政策', 10, '米外交政策'],
    ['米外交政策', 9, '米外交政…'],
    ['米外交政策', 8, '米外交…'],
  ]
  for (const [text, columns, clipped] of cases) it(`cuts "${text}" to ${columns}`, () => expect(clip(text, columns)).toBe(clipped))
})
