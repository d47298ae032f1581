import { describe, expect, it } from 'vitest'
import { englishFacts, japaneseFacts } from '../../src/match/number-facts.ts'

const pairs: readonly [name: string, english: string, japanese: string, facts: readonly string[]][] = [
  ['a date', 'on March 11', '3月11日に', ['d3-11']],
  ['a date the British way', '6th July', '7月6日', ['d7-6']],
  ['a year', 'in 2025', '令和7年に', ['y2025']],
  ['a year of the last era', 'in 1995', '平成7年', ['y1995']],
  ['a large number', '$1.2 billion', '12億ドル', ['n1200000000']],
  ['a number in two units', '120 million', '1億2000万', ['n120000000']],
  ['a number with commas', '30,000 troops', '3万人の部隊', ['n30000']],
  ['a share', '12.5 percent', '12.5%', ['p12.5']],
  ['a share in tenths', '20 per cent', '2割', ['p20']],
  ['a small number in words', 'three ships', '三隻の船', ['n3']],
  ['a number in words', 'twenty-five men', '25人', ['n25']],
  ['a version', 'Ruby 2.7.1 released', 'Ruby 2.7.1 リリース', ['v2.7.1']],
  ['a release candidate', '3.0.0-rc1', '3.0.0 rc1', ['v3.0.0rc1']],
  ['a vulnerability', 'CVE-2019-16255', 'CVE-2019-16255', ['vcve201916255']],
]

describe('englishFacts and japaneseFacts', () => {
  for (const [name, english, japanese, facts] of pairs)
    it(`read ${name} alike`, () => {
      expect([...englishFacts(english)]).toEqual(facts)
      expect([...japaneseFacts(japanese.normalize('NFKC'))]).toEqual(facts)
    })

  it('take no designation for a number', () => {
    expect([...englishFacts('the F-35B and the T-72')]).toEqual([])
  })
})
