import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { circumstancesOf } from '../../src/match/circumstances.ts'
import { contentJudge } from '../../src/match/content-judge.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { ANY_TIME, anArticle, aPost, POSTED, TNI } from './samples.ts'

const nothing = { known: new Map(), heard: new Map() }
const article = { outlet: TNI, authors: ['Robert E. Farley'], published: POSTED - DAY }
const usualLag = 10
const natsOf = (post: Parameters<typeof aPost>[0], appearance: Partial<Parameters<typeof circumstancesOf>[2]> = {}, lag = usualLag) =>
  circumstancesOf(aPost(post), nothing, { ...article, ...appearance }, lag).nats

describe('circumstancesOf', () => {
  it('counts it for an article that the post names its outlet', () => {
    expect(natsOf({ outlets: [TNI] })).toBeGreaterThan(natsOf({}) + 2)
  })

  it('counts it for an article that the post comes soon behind it', () => {
    expect(natsOf({}, { published: POSTED - DAY })).toBeGreaterThan(natsOf({}, { published: POSTED - 40 * DAY }))
  })

  it('minds a long time more where translations usually come at once', () => {
    const late = { published: POSTED - 20 * DAY }
    expect(natsOf({}, late, 1)).toBeLessThan(natsOf({}, late, 10))
  })

  it('takes a post dated before its article for one of the same day', () => {
    expect(natsOf({}, { published: POSTED + DAY })).toBe(0)
  })

  it('counts it against an article that the post is far too long to be its translation', () => {
    const long = { text: 'あ'.repeat(3_000) }
    expect(natsOf(long, { length: 1_000 })).toBeLessThan(natsOf(long) - 2)
    expect(natsOf(long, { length: 6_000 })).toBe(natsOf(long))
    expect(circumstancesOf(aPost(long), nothing, { ...article, length: 1_000 }, usualLag).evidence).toContainEqual({
      kind: 'too-long',
      times: 6.7,
    })
  })

  it('knows an author whom the post names in katakana, by the whole name only', () => {
    const tanks = anArticle('tanks', {
      title: 'Poland Orders More Tanks',
      authors: ['Robert E. Farley'],
      text: 'Warsaw signed a contract.',
    })
    const judge = contentJudge(languageKnowledge())
    judge.add(tanks)
    const named = (text: string) => {
      const [first] = judge.within(ANY_TIME).candidates(aPost({ headline: 'ポーランドが戦車を追加発注', text }))
      return first?.evidence.some(({ kind }) => kind === 'author-named')
    }
    expect(named('ロバート・ファーリー氏によると、ワルシャワは契約に署名した。')).toBe(true)
    expect(named('ロバート氏によると、ワルシャワは契約に署名した。')).toBe(false)
  })
})
