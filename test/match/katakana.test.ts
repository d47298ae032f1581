import { describe, expect, it } from 'vitest'
import { englishSkeleton, katakanaSkeleton, katakanaWords, soundsAlike } from '../../src/match/katakana.ts'

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
  ['ボルトン', 'Boston'],
  ['クレムリン', 'Crimea'],
  ['ガザ', 'Gaza'],
]

describe('soundsAlike', () => {
  for (const [japanese, english] of names)
    it(`hears ${japanese} in ${english}`, () => expect(soundsAlike(katakanaSkeleton(japanese), englishSkeleton(english))).toBe(true))
  for (const [japanese, english] of others)
    it(`does not take ${japanese} for ${english}`, () =>
      expect(soundsAlike(katakanaSkeleton(japanese), englishSkeleton(english))).toBe(false))

  it('forgives one consonant from five on', () => {
    expect([soundsAlike('abcde', 'abcdef'), soundsAlike('abcde', 'abXde'), soundsAlike('abcd', 'abce')]).toEqual([true, true, false])
    expect(soundsAlike('abcde', 'abcdefg')).toBe(false)
  })
})

describe('katakanaWords', () => {
  it('finds words of three characters and more in any width, divided by middle dots', () => {
    expect([...katakanaWords('ﾄﾞﾅﾙﾄﾞ･ﾄﾗﾝﾌﾟ氏とアメリカ、ガザのイラン')]).toEqual(['ドナルド', 'トランプ', 'アメリカ', 'イラン'])
  })
})
