import { describe, expect, it } from 'vitest'
import { termsOf } from '../../src/match/dictionary-entry.ts'
import { glossesOf } from '../../src/match/dictionary-glosses.ts'

describe('glossesOf', () => {
  const cases: readonly [name: string, body: string, glosses: readonly string[]][] = [
    ['gives what a noun means, most usual first', '(n) fleet/armada', ['fleet', 'armada']],
    [
      'takes articles and the `to` of verbs away',
      '(v5r,vt) to moor/to be moored/a mooring/the quay',
      ['moor', 'moored', 'mooring', 'quay'],
    ],
    ['takes remarks away', '(n) fleet (of warships)/(esp. naval) squadron', ['fleet', 'squadron']],
    ['gives a gloss once', '(n) (1) fleet/(2) fleet/navy', ['fleet', 'navy']],
    ['leaves out explanations of more than three words', '(n) ship that carries other ships/carrier', ['carrier']],
    ['leaves out what is no word', '(n) 3/a/fleet', ['fleet']],
    ['leaves out words of grammar', '(prt) indicates the subject/but', []],
    ['leaves out pronouns, counters, suffixes and interjections', '(pn) I/(ctr) (2) hours/(suf) (3) corps/(int) (4) hello', []],
    ['keeps the content sense of a word that has others', '(ctr) (1) hours/(n) (2) clock', ['clock']],
    ['takes a sense without a part of speech as the one before', '(n) (1) harbour/(2) haven', ['harbour', 'haven']],
    ['leaves out senses that newspapers do not use', '(n) (1) harbour/(2) (arch) haven/(3) (sl) joint', ['harbour']],
    ['leaves out marks of frequency and numbers of entries', '(n) fleet/(P)/EntL1234X', ['fleet']],
    ['gives nothing for nothing', '', []],
  ]
  for (const [name, body, glosses] of cases) it(name, () => expect(glossesOf(body)).toEqual(glosses))
})

describe('termsOf', () => {
  const cases: readonly [name: string, written: readonly string[], readings: readonly string[], body: string, terms: readonly string[]][] =
    [
      ['gives the headwords as texts are searched', ['Ａ級', '空母', 'ヴァイオリン'], [], '', ['空母', 'バイオリン']],
      ['adds the reading of a word that is usually in kana', ['有耶無耶'], ['うやむや'], '(n) (uk) vagueness', ['有耶無耶', 'うやむや']],
      ['keeps the reading of any other out', ['艦隊'], ['かんたいしき'], '(n) fleet', ['艦隊']],
      ['leaves out single characters and short words in kana', ['艦', 'これ', 'テスト'], [], '(n) x', []],
      ['leaves out proverbs', ['猿も木から落ちることがあるものだからね'], [], '(n) x', []],
    ]
  for (const [name, written, readings, body, terms] of cases) it(name, () => expect(termsOf({ written, readings, body })).toEqual(terms))
})
