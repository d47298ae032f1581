import { describe, expect, it } from 'vitest'
import { foldJapanese } from '../../src/match/japanese-text.ts'
import { earOf, moraeOf, soundCost } from '../../src/match/katakana-english.ts'
import { shippedKatakana } from '../../src/match/shipped-lexicon.ts'
import { soundingWords } from '../../src/match/sounding-words.ts'

const names: readonly [japanese: string, english: string][] = [
  ['トランプ', 'Trump'],
  ['バイデン', 'Biden'],
  ['ゼレンスキー', 'Zelenskyy'],
  ['サリバン', 'Sullivan'],
  ['ブリンケン', 'Blinken'],
  ['マクロン', 'Macron'],
  ['スターマー', 'Starmer'],
  ['ヴァンス', 'Vance'],
  ['ボルトン', 'Bolton'],
  ['コルビー', 'Colby'],
  ['クリントン', 'Clinton'],
  ['キッシンジャー', 'Kissinger'],
  ['ミアシャイマー', 'Mearsheimer'],
  ['レイセオン', 'Raytheon'],
  ['ノースロップ', 'Northrop'],
  ['ペンタゴン', 'Pentagon'],
  ['クレムリン', 'Kremlin'],
  ['トマホーク', 'Tomahawk'],
  ['グリーンランド', 'Greenland'],
  ['パシフィック', 'Pacific'],
  ['ベネズエラ', 'Venezuela'],
  ['ニミッツ', 'Nimitz'],
]
const others: readonly [japanese: string, english: string][] = [
  ['トランプ', 'Biden'],
  ['ハマス', 'Houthi'],
  ['クレムリン', 'Crimea'],
]

const model = shippedKatakana()
const ear = earOf(model)
const costOf = (japanese: string, english: string) => soundCost(moraeOf(foldJapanese(japanese)), ear.runsOf(english.toLowerCase()), ear)

describe('soundCost', () => {
  for (const [japanese, english] of names) it(`hears ${japanese} in ${english}`, () => expect(costOf(japanese, english)).toBeLessThan(2.6))
  for (const [japanese, english] of others)
    it(`does not take ${japanese} for ${english}`, () => expect(costOf(japanese, english)).toBeGreaterThan(2.6))
})

describe('soundingWords', () => {
  it('finds the word of a vocabulary that a name sounds like, best first', () => {
    const sounding = soundingWords(model)
    sounding.add(['trump', 'trumpet', 'triumph', 'biden', 'greenland'])
    expect(sounding.of(foldJapanese('トランプ'))[0]?.word).toBe('trump')
    expect(sounding.of(foldJapanese('グリーンランド')).map(({ word }) => word)).toEqual(['greenland'])
  })

  it('hears words that are made known later', () => {
    const sounding = soundingWords(model)
    expect(sounding.of(foldJapanese('バイデン'))).toEqual([])
    sounding.add(['biden'])
    expect(sounding.of(foldJapanese('バイデン')).map(({ word }) => word)).toEqual(['biden'])
  })
})
