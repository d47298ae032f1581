import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lesson } from '../../src/domain/lesson.ts'
import { associations } from '../../src/match/word-associations.ts'

/** A pair that leaves these words unexplained, in this order on both sides. */
function lesson(japanese: readonly string[], english: readonly string[], apart = 30): Lesson {
  return {
    lag: 1,
    said: [],
    original: english.map((word, index) => ({ word, at: index * apart, written: word })),
    unexplained: japanese.map((word, index) => ({ word, at: index * apart })),
  }
}

const others = Array.from({ length: 30 }, (_, index) => lesson([`語${index}`], [`word${index}`]))
const pairsOf = (lessons: readonly Lesson[]) => associations(lessons).map(({ japanese, english }) => `${japanese}=${english}`)

describe('associations', () => {
  it('learns a word that stands where its English stands, pair after pair', () => {
    const taught = [0, 1, 2].map(index => lesson(['同盟国', `甲${index}`], ['alli', `other${index}`]))
    expect(pairsOf([...others, ...taught])).toEqual(['同盟国=alli'])
  })

  it('learns nothing from what was together twice only', () => {
    const taught = [0, 1].map(() => lesson(['同盟国'], ['alli']))
    expect(pairsOf([...others, ...taught])).toEqual([])
  })

  it('learns nothing from words of one affair that always come together: which is which cannot be told', () => {
    const affair = [0, 1, 2, 3].map(() => lesson(['首相', '訪米'], ['premier', 'visit']))
    expect(pairsOf([...others, ...affair])).toEqual([])
  })

  it('tells two words of one affair apart when one of them also comes alone', () => {
    const affair = [0, 1, 2, 3].map(() => lesson(['首相', '訪米'], ['premier', 'visit']))
    const alone = [0, 1, 2].map(() => lesson(['首相'], ['premier']))
    expect(pairsOf([...others, ...affair, ...alone])).toContain('首相=premier')
  })

  it('takes words for each other only where they stand at about the same place', () => {
    const far = [0, 1, 2, 3].map((): Lesson => ({ ...lesson(['同盟国'], ['alli']), unexplained: [{ word: '同盟国', at: 900 }] }))
    expect(pairsOf([...others, ...far])).toEqual([])
  })

  it('gives a word to the one it goes with best, and to no other', () => {
    const taught = [0, 1, 2, 3].map(() => lesson(['同盟国'], ['alli']))
    const mixed = [0, 1, 2].map(() => lesson(['同盟国'], ['alli', 'partner']))
    expect(pairsOf([...others, ...taught, ...mixed])).toEqual(['同盟国=alli'])
  })

  it('says how originals write what was learnt, and in how many pairs each was', () => {
    const taught = [0, 1, 2].map(() => ({ ...lesson(['同盟国'], ['alli']), original: [{ word: 'alli', at: 0, written: 'allies' }] }))
    expect(associations([...others, lesson(['同盟国'], ['neighbor']), ...taught])[0]).toMatchObject({
      written: 'allies',
      together: 3,
      japaneseIn: 4,
      englishIn: 3,
    })
  })

  it('says the same whatever the order of the pairs', () => {
    const word = fc.constantFrom('一国', '二国', '三国', '四国')
    const key = fc.constantFrom('one', 'two', 'three', 'four')
    const lessons = fc.array(fc.tuple(fc.uniqueArray(word), fc.uniqueArray(key)), { maxLength: 40 })
    fc.assert(
      fc.property(lessons, fc.infiniteStream(fc.nat()), (drawn, order) => {
        const some = [...others, ...drawn.map(([japanese, english]) => lesson(japanese, english))]
        const shuffled = some.map(item => [order.next().value ?? 0, item] as const).toSorted(([a], [b]) => a - b)
        expect(associations(shuffled.map(([, item]) => item))).toEqual(associations(some))
      }),
      { numRuns: 60 },
    )
  })
})
