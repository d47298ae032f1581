import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { foldJapanese } from '../../src/match/japanese-text.ts'
import { lexiconOf, readEntries } from '../../src/match/lexicon.ts'
import { LEXICON_FOLDER, shippedLexicon } from '../../src/match/shipped-lexicon.ts'
import { termsIn } from '../../src/match/terms-in.ts'

const MADE = new Set(['katakana.tsv', 'background.tsv', 'coverage.tsv', 'kanji-readings.tsv'])
const files = readdirSync(LEXICON_FOLDER).filter(name => name.endsWith('.tsv') && !MADE.has(name))
const textOf = (name: string) => readFileSync(new URL(name, LEXICON_FOLDER), 'utf8')
const linesOf = (name: string) =>
  textOf(name)
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))

describe('the lexicon that ships', () => {
  for (const name of files) {
    it(`has an English side and up to six Japanese ones in every line of ${name}`, () => {
      for (const line of linesOf(name)) {
        expect(line).toMatch(/^[a-z0-9][a-z0-9 .'&/-]*\t[^\t;]+(?:;[^\t;]+){0,5}$/)
        const [english = '', japanese = ''] = line.split('\t')
        expect(english.split(' ').length, line).toBeLessThanOrEqual(5)
        for (const rendering of japanese.split(';'))
          expect(rendering, line).toMatch(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|^[A-Z0-9.&+/% -]+$/iu)
      }
    })

    it(`names nothing twice in ${name}`, () => {
      const sides = linesOf(name).map(line => line.split('\t')[0])
      expect(sides.filter((side, index) => sides.indexOf(side) < index)).toEqual([])
    })
  }

  it('has more than twelve thousand expressions', () => {
    const sides = new Set(files.flatMap(linesOf).map(line => line.split('\t')[0]))
    expect(sides.size).toBeGreaterThan(12_000)
  })
})

const found = (text: string) => [...termsIn(foldJapanese(text), shipped)]
const shipped = shippedLexicon()

describe('termsIn', () => {
  const cases: readonly [name: string, text: string, term: string, isThere: boolean][] = [
    ['finds a term in running text', '中国海警局の船が', '海警局', true],
    ['finds a verb in another form', '同盟を強めた', '強め', true],
    ['finds a name written with or without its dots', 'ドナルド・トランプ大統領', 'ドナルドトランプ', true],
    ['finds a name in half width', 'ﾄﾗﾝﾌﾟ大統領', 'トランプ', true],
    ['finds a term whose first letter is a drop cap', '批 評家は', '批評家', true],
    ['does not find a country in another', 'オマーンの港', 'オマ', false],
    ['does not find a word across two others', '米国会議所', '国会', false],
    ['does not find a Latin word in another', 'NATOWN', 'nato', false],
  ]
  for (const [name, text, term, isThere] of cases) it(name, () => expect(found(text).includes(term)).toBe(isThere))
})

describe('lexiconOf', () => {
  it('joins the renderings of one expression', () => {
    const { keysOf } = lexiconOf([
      { english: 'strike', japanese: ['攻撃'] },
      { english: 'strike', japanese: ['ストライキ'] },
    ])
    expect([keysOf.get('攻撃'), keysOf.get('ストライキ')]).toEqual([['strike'], ['strike']])
  })

  it('knows people by their family names', () => {
    const { keysOf } = lexiconOf([{ english: 'volodymyr zelensky', japanese: ['ウォロディミルゼレンスキー', 'ゼレンスキー'] }])
    expect(keysOf.get(foldJapanese('ゼレンスキー'))).toHaveLength(2)
  })
})

describe('readEntries', () => {
  it('passes over comments, empty lines and lines with one side', () => {
    expect(readEntries('# a\n\nalone\nnaval base\t海軍基地; 基地 ;\n')).toEqual([{ english: 'naval base', japanese: ['海軍基地', '基地'] }])
  })
})
