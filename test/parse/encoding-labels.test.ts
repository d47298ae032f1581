import { describe, expect, it } from 'vitest'
import { usualLabel } from '../../src/parse/encoding-labels.ts'

const labels: readonly [written: string, encoding: string][] = [
  ['cp1251', 'windows-1251'],
  ['Windows_1250', 'windows-1250'],
  ['1252', 'windows-1252'],
  ['cp932', 'shift_jis'],
  ['MS-Kanji', 'shift_jis'],
  ['cp936', 'gbk'],
  ['gb2312-80', 'gbk'],
  ['ks_c_5601', 'euc-kr'],
  ['cp950', 'big5'],
  ['iso8859_15', 'iso-8859-15'],
  ['ISO-8859-1:1987', 'windows-1252'],
  ['latin_1', 'windows-1252'],
  ['latin9', 'iso-8859-15'],
  ['mac-roman', 'macintosh'],
  ['ISO-2022-JP-2', 'iso-2022-jp'],
  ['eucJP', 'euc-jp'],
  ['utf_8', 'utf-8'],
  ['utf-8-sig', 'utf-8'],
  ['iso_ir_101', 'iso-8859-2'],
]

describe('usualLabel', () => {
  for (const [written, encoding] of labels)
    it(`knows ${written}`, () => expect(new TextDecoder(usualLabel(written)).encoding).toBe(encoding))
  it('leaves what it does not know', () => expect(usualLabel('klingon')).toBe('klingon'))
})
