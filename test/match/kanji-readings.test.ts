import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readKanjiReadings } from '../../src/match/kanji-reading-table.ts'
import { couldSpell, foldedName, NAME_LANGUAGES } from '../../src/match/romanisation.ts'
import { LEXICON_FOLDER } from '../../src/match/shipped-lexicon.ts'

const text = readFileSync(new URL('kanji-readings.tsv', LEXICON_FOLDER), 'utf8')
const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
const rows = lines.map(line => line.split('\t'))

describe('the table of readings that ships', () => {
  it('has more than two thousand characters', () => {
    expect(rows.filter(([kanji = '']) => [...kanji].length === 1).length).toBeGreaterThan(2_000)
  })

  it('names no character twice', () => {
    const characters = rows.map(([kanji]) => kanji)
    expect(characters.filter((kanji, index) => characters.indexOf(kanji) < index)).toEqual([])
  })

  it('has a character or a few in kanji, and three columns of readings of which one is not empty', () => {
    for (const line of lines) {
      expect(line).toMatch(/^(?:\p{Script=Han}{1,3}|ヶ)(?:\t(?:[a-z]+(?:,[a-z]+)*)?){3}$/u)
      expect(line).toMatch(/[a-z]/)
    }
  })

  it('gives no reading twice', () => {
    for (const [kanji, ...columns] of rows)
      for (const column of columns) {
        const readings = column.split(',')
        expect(new Set(readings).size, kanji).toBe(readings.length)
      }
  })

  it('is in order, so that a character is found', () => {
    const characters = rows.map(([kanji = '']) => kanji)
    expect(characters).toEqual(
      characters.toSorted((a, b) => ([...a].map(codePoint).join() === [...b].map(codePoint).join() ? 0 : before(a, b))),
    )
  })

  it('has readings that have the form of the language', () => {
    const readings = readKanjiReadings(text)
    for (const language of NAME_LANGUAGES)
      for (const [kanji, folded] of readings[language])
        for (const reading of folded)
          expect([kanji, reading, couldSpell(reading, language) || /[kt]$/.test(reading)]).toEqual([kanji, reading, true])
  })
})

describe('foldedName', () => {
  const same: readonly [language: 'japanese' | 'chinese' | 'korean', a: string, b: string][] = [
    ['japanese', 'ohtani', 'ootani'],
    ['japanese', 'ohtani', 'otani'],
    ['japanese', 'shimbun', 'shinbun'],
    ['japanese', 'syouji', 'shoji'],
    ['japanese', 'hokkaido', 'hokkaidou'],
    ['japanese', 'jyunichi', 'junichi'],
    ['korean', 'yoon', 'yun'],
    ['korean', 'geun', 'keun'],
    ['korean', 'jeong', 'chung'],
    ['korean', 'hee', 'hi'],
    ['korean', 'choi', 'joi'],
  ]
  for (const [language, a, b] of same)
    it(`takes ${a} and ${b} for one`, () => expect(foldedName(a, language)).toBe(foldedName(b, language)))
  it('keeps the vowels of Ohashi and Koichi', () => {
    expect(foldedName('ohashi', 'japanese')).toBe('ohasi')
    expect(foldedName('kohei', 'japanese')).toBe('kohei')
  })
})

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0
}

function before(a: string, b: string): number {
  return Buffer.from(a, 'utf8').compare(Buffer.from(b, 'utf8'))
}
