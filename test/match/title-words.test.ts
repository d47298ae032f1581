import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { titleSimilarity } from '../../src/match/title-key.ts'
import { SAME_TITLE, TitleWords } from '../../src/match/title-words.ts'

const VOCABULARY = ['can', 'america', 'still', 'defend', 'taiwan', 'the', 'navy', 'needs', 'more', 'ships']
const aTitle = fc.array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: 14 })

function knowing(titles: readonly string[]): TitleWords {
  const known = new TitleWords()
  for (const [number, title] of titles.entries()) known.add(number, title)
  return known
}

describe('TitleWords', () => {
  it('finds a title that was edited, and passes over those that share a word or two', () => {
    const known = knowing([
      'Can America Defend Taiwan?',
      'Taiwan Votes',
      'Can the Navy Be Saved?',
      'Can America Still Really Defend Taiwan?',
    ])
    const near = known.near('Can America Still Defend Taiwan?')
    expect([near.has(0), near.has(3)]).toEqual([true, true])
    expect(near.has(2)).toBe(false)
  })

  it('finds nothing where no title has anything of it', () => {
    expect([...knowing(['Taiwan Votes']).near('Ships at Sea Tonight')]).toEqual([])
    expect([...knowing([]).near('')]).toEqual([])
  })

  it('misses no title that is like the line', () => {
    // Titles made from the line by an edit or two are those that come near the border.
    const pair = fc
      .tuple(aTitle, fc.array(fc.tuple(fc.nat(14), fc.constantFrom('', ...VOCABULARY)), { maxLength: 3 }))
      .map(([line, edits]) => {
        const title = [...line]
        for (const [at, word] of edits) title.splice(at % title.length, 1, ...(word === '' ? [] : [word]), ...(at % 2 === 0 ? ['new'] : []))
        return [line.join(' '), title.join(' ')] as const
      })
    fc.assert(
      fc.property(pair, ([line, title]) => {
        if (titleSimilarity(line, title) >= SAME_TITLE) expect(knowing(['Ships', title]).near(line).has(1)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
