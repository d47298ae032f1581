import { describe, expect, it } from 'vitest'
import { intlNames } from '../../src/match/intl-names.ts'

const englishOf = (japanese: string, isExpression: (english: string) => boolean = () => false) =>
  intlNames(isExpression).flatMap(({ english, japanese: names }) => (names.includes(japanese) ? [english] : []))

describe('intlNames', () => {
  const cases: readonly [name: string, japanese: string, english: readonly string[]][] = [
    ['names countries, whole', 'ニュージーランド', ['new zealand']],
    ['names continents', 'オセアニア', ['oceania']],
    ['names the parts of continents by each of their words', '東南アジア', ['southeast', 'asia']],
    ['names languages', 'ペルシア語', ['persian']],
    ['names currencies by each of their words', 'ハンガリー フォリント', ['hungarian', 'forint']],
    ['names money without its country', 'フォリント', ['forint']],
    ['does not take a short word for money', 'キープ', []],
    ['leaves out names with remarks', 'セルビア語 (ラテン文字)', []],
  ]
  for (const [name, japanese, english] of cases) it(name, () => expect(englishOf(japanese)).toEqual(english))

  it('takes a name as one expression where the lexicon has it', () => {
    expect(englishOf('東南アジア', english => english === 'southeast asia')).toEqual(['southeast asia'])
  })
})
