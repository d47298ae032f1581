import { describe, expect, it } from 'vitest'
import { growingDictionary } from '../../src/match/dictionary.ts'
import { edictEntry } from '../../src/match/dictionary-edict.ts'
import { dictionaryReading } from '../../src/match/dictionary-reading.ts'
import { foldJapanese } from '../../src/match/japanese-text.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { lexiconOf } from '../../src/match/lexicon.ts'

const LEXICON = lexiconOf([
  { english: 'aircraft carrier', japanese: ['航空母艦', '空母'] },
  { english: 'sea', japanese: ['海'] },
  { english: 'strengthen', japanese: ['強める'] },
])
const ENTRIES = `土嚢 [どのう] /(n) sandbag/
濁流 [だくりゅう] /(n) muddy stream/
空母 [くうぼ] /(n) flat-top/
航空 [こうくう] /(n) aviation/
飛行甲板 [ひこうかんぱん] /(n) flight deck of an aircraft carrier that is long/aircraft carrier deck/
走る [はしる] /(v5r,vi) (1) to run/(2) to drive/
眺める [ながめる] /(v1,vt) to gaze at/
険しい [けわしい] /(adj-i) steep/
強める [つよめる] /(v1,vt) to intensify/
騒動 [そうどう] /(n,vs) strife/riot/rebellion/turmoil/
および [及び] /(conj) and/as well as/
防空壕 [ぼうくうごう] /(n) (1) air-raid shelter/(2) the/
`

const { take, dictionary } = growingDictionary()
for (const line of ENTRIES.split('\n')) {
  const entry = edictEntry(line)
  if (entry !== undefined) take(entry)
}
const reading = dictionaryReading(dictionary, LEXICON)
const read = (text: string) => Object.fromEntries([...reading(foldJapanese(text))].map(({ japanese, keys }) => [japanese, keys]))
const keysIn = (text: string) => Object.fromEntries(Object.entries(read(text)).map(([term, keys]) => [term, keys.map(([key]) => key)]))

describe('dictionaryReading', () => {
  const cases: readonly [name: string, text: string, expected: Readonly<Record<string, readonly string[]>>][] = [
    ['reads what the lexicon does not have', '兵士は土嚢を積んだ。', { 土嚢: ['sandbag'] }],
    ['gives the words of a gloss that is no expression', '橋は濁流にのまれた。', { 濁流: ['muddi', 'stream'] }],
    ['gives an expression whole that the lexicon has', '飛行甲板が焼けた。', { 飛行甲板: ['aircraft carrier', 'deck'] }],
    ['leaves to the lexicon what that has', '空母が出港した。', {}],
    ['leaves alone what stands in a longer term of the lexicon', '航空母艦が出港した。', {}],
    ['knows verbs in other forms', '兵士は走った。', { 走る: ['run', 'drive'] }],
    ['knows verbs whose stem does not change', '海を眺めて暮らす。', { 眺める: ['gaz'] }],
    ['knows adjectives in other forms', '道は険しく、長い。', { 険しい: ['steep'] }],
    ['leaves verbs to the lexicon in every form', '圧力を強めた。', {}],
    ['gives nothing for words of grammar', '陸および海', {}],
    ['gives nothing for a gloss that says nothing', '防空壕に逃げた。', { 防空壕: ['air', 'raid', 'shelter'] }],
    ['reads nothing in an empty text', '', {}],
  ]
  for (const [name, text, expected] of cases) it(name, () => expect(keysIn(text)).toEqual(expected))

  it('trusts one gloss less than the lexicon, and each of several less than one', () => {
    const [[, alone] = ['', 0]] = read('土嚢')['土嚢'] ?? []
    const [[, among] = ['', 0]] = read('騒動')['騒動'] ?? []
    expect(alone).toBeLessThan(1)
    expect(among).toBeGreaterThan(0)
    expect(among).toBeLessThan(alone)
  })

  it('says the same of a text every time', () => expect(read('土嚢と濁流')).toEqual(read('土嚢と濁流')))
})

describe('languageKnowledge', () => {
  it('reads with a dictionary only where it is given one', () => {
    const said = (knowledge: ReturnType<typeof languageKnowledge>) =>
      knowledge.readings.flatMap(one => [...one('土嚢')].flatMap(({ keys }) => keys.map(([key]) => key)))
    expect(said(languageKnowledge({ dictionary }))).toContain('sandbag')
    expect(said(languageKnowledge())).not.toContain('sandbag')
  })
})
