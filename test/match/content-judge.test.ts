import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { EntryKey } from '../../src/domain/identifiers.ts'
import type { Post } from '../../src/domain/post.ts'
import { type ContentJudge, contentJudge } from '../../src/match/content-judge.ts'
import type { ArticleSpan } from '../../src/match/known-articles.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { ANY_TIME, anArticle, aPost, POSTED, TNI, TWZ } from './samples.ts'

const knowledge = languageKnowledge()
const judgeOf = (articles: readonly Article[]) => {
  const judge = contentJudge(knowledge)
  for (const article of articles) judge.add(article)
  return judge
}
const candidates = (given: Post, articles: readonly Article[]) => judgeOf(articles).within(ANY_TIME).candidates(given)

const reef = anArticle('reef', {
  title: 'Philippine Coast Guard Films Chinese Water Cannon at Second Thomas Shoal',
  text: 'Manila released footage on March 5 of a Chinese coast guard ship firing a water cannon at a supply boat near the disputed reef.',
})
const tanks = anArticle('tanks', {
  title: 'Poland Orders 180 More South Korean Tanks',
  text: 'Warsaw signed a contract worth $6.5 billion for K2 tanks, and will build 60 of them in Poland.',
})
const bank = anArticle('bank', {
  title: 'Bank of England Cuts Interest Rates to 4.5 Percent',
  text: 'The central bank said inflation would rise this year as energy prices climb, and halved its forecast for growth.',
})
const all: readonly Article[] = [reef, tanks, bank]

const HEADLINE = 'フィリピン沿岸警備隊、セカンド・トーマス礁での中国の放水銃を撮影'
const SENTENCES = [
  'マニラは3月5日、係争中の礁の近くで中国海警局の船が補給船に放水銃を浴びせる映像を公開した。',
  'フィリピン政府は、中国に抗議すると述べた。',
  '乗組員にけがはなかったという。',
]
const post = (changes: Partial<Post> = {}) => aPost({ headline: HEADLINE, text: SENTENCES.join(''), ...changes })
const best = (given: Post, articles = all) => {
  const [first] = candidates(given, articles)
  return { entry: first?.original.entry, score: first?.score }
}

describe('contentJudge', () => {
  it('finds the article that a post translates, and says why', () => {
    const [first, second] = candidates(post(), all)
    expect(first?.original.entry).toBe('reef')
    expect(first?.score).toBeGreaterThan(0.9)
    expect(second?.score ?? 0).toBeLessThan(0.1)
    const words = first?.evidence.find(({ kind }) => kind === 'rendered-words')
    expect(JSON.stringify(words)).toContain('放水')
    expect(first?.evidence).toContainEqual(expect.objectContaining({ kind: 'shared-numbers', values: ['3/5'] }))
  })

  it('finds nothing sure where the original is not among the articles', () => {
    expect(best(post(), [tanks, bank]).score ?? 0).toBeLessThan(0.5)
  })

  it('names the numbers of a title that a post lacks', () => {
    const [first] = candidates(aPost({ headline: 'ポーランド、韓国製戦車を追加発注', text: 'ワルシャワは契約に署名した。' }), [tanks])
    expect(first?.evidence).toContainEqual({ kind: 'missing-numbers', values: ['180'] })
  })

  it('counts it for an article that the post names its outlet', () => {
    const vague = aPost({ headline: 'ポーランドの戦車', text: '契約に署名した。' })
    const named = { ...vague, outlets: [tanks.outlet] }
    expect(best(named, [tanks]).score ?? 0).toBeGreaterThan(best(vague, [tanks]).score ?? 0)
  })

  const plain = best(post())
  const same: readonly [name: string, changes: Partial<Post>][] = [
    [
      'half and full width',
      { headline: HEADLINE.replace('セカンド・トーマス', 'ｾｶﾝﾄﾞ･ﾄｰﾏｽ'), text: SENTENCES.join('').replace('3月5日', '３月５日') },
    ],
    ['drop caps', { text: SENTENCES.join('').replace('マニラ', 'マ ニラ') }],
    ['how the text was wrapped', { text: SENTENCES.join('\n\n') }],
  ]
  for (const [name, changes] of same) it(`does not mind ${name}`, () => expect(best(post(changes))).toEqual(plain))

  it('does not mind the order of the sentences', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(SENTENCES, { minLength: SENTENCES.length }), sentences => {
        expect(best(post({ text: sentences.join('') }))).toEqual(plain)
      }),
    )
  })

  it('gives the same in whatever order articles came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...all], { minLength: all.length }), articles => {
        expect(candidates(post(), articles)).toEqual(candidates(post(), all))
      }),
      { numRuns: 4 },
    )
  })

  it('gives the same forty of many that say the same, in whatever order they came', () => {
    const copies = Array.from({ length: 60 }, (_, index) => ({ ...tanks, key: `copy${index}` as EntryKey }))
    const given = aPost({ headline: 'ポーランド、韓国製戦車を追加発注', text: 'ワルシャワは契約に署名した。' })
    expect(candidates(given, copies.toReversed())).toEqual(candidates(given, copies))
  })

  const keysIn = (judge: ContentJudge, span: Partial<ArticleSpan> = {}) =>
    [...judge.within({ ...ANY_TIME, ...span }).articles].map(({ key }) => key as string)

  it('finds an edited article by its new words and not by its old ones', () => {
    const judge = judgeOf([{ ...bank, key: reef.key }, tanks])
    const about = (given: Post) => judge.within(ANY_TIME).candidates(given)
    const rates = aPost({ headline: 'イングランド銀行、政策金利を4.5％に引き下げ', text: '中央銀行はインフレが進むと述べた。' })
    expect(about(rates)[0]?.score).toBeGreaterThan(0.5)
    judge.add(reef)
    expect(about(rates)).toEqual(candidates(rates, [reef, tanks]))
    expect(about(post())).toEqual(candidates(post(), [reef, tanks]))
    expect(keysIn(judge)).toEqual(['tanks', 'reef'])
    expect(judge.size()).toMatchObject({ articles: 2, superseded: 1 })
  })

  it('forgets an article that is removed', () => {
    const judge = judgeOf(all)
    judge.remove(reef.key)
    judge.remove('nothing' as EntryKey)
    expect(judge.within(ANY_TIME).candidates(post())).toEqual(candidates(post(), [tanks, bank]))
    expect(keysIn(judge)).toEqual(['tanks', 'bank'])
  })

  it('takes the articles of a span, ends included, and of the outlets asked for', () => {
    const at = (key: string, published: number, outlet = TNI) => anArticle(key, { published, outlet })
    const judge = judgeOf([at('before', 9), at('first', 10), at('other', 15, TWZ), at('last', 20), at('after', 21)])
    expect(keysIn(judge, { from: 10, to: 20 })).toEqual(['first', 'other', 'last'])
    expect(keysIn(judge, { from: 10, to: 20, outlets: [TWZ] })).toEqual(['other'])
    const said = judgeOf([{ ...reef, published: POSTED - 9 }]).within({ from: POSTED - 8, to: POSTED, outlets: [] })
    expect(said.candidates(post())).toEqual([])
  })

  it('does not let an article that has nothing to do with it take a match away', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 12 }), { maxLength: 20 }), titles => {
        const others = titles.map((title, index) => anArticle(`other${index}`, { title, text: title }))
        expect(best(post(), [...all, ...others])).toEqual(plain)
      }),
      { numRuns: 30 },
    )
  })

  it('does not let the words of articles that are not asked for tell of this one, however alike they sound', () => {
    const named = anArticle('named', {
      title: 'Zoltan Kurkchu Takes Over the Port of Drovany',
      text: 'The former shipping manager Zoltan Kurkchu said Drovany would dredge its channel.',
    })
    const given = aPost({
      headline: 'ゾルタン・クルクチュ氏、ドロバニ港を引き継ぐ',
      text: '元海運会社幹部のクルクチュ氏は、ドロバニの航路を浚渫すると述べた。',
    })
    const scoreAmong = (others: readonly string[]) => {
      const judge = contentJudge(knowledge.anew())
      judge.add(named)
      for (const [index, text] of others.entries()) judge.add(anArticle(`other${index}`, { title: 'Weather', text, outlet: TWZ }))
      const found = judge.within({ ...ANY_TIME, outlets: [TNI] }).candidates(given)
      return found.find(({ original }) => original.entry === 'named')?.score
    }
    const alone = scoreAmong([])
    expect(alone).toBeGreaterThan(0.5)
    const alike = [
      'Kurkchus and Kurkchued',
      'Kurukuchu, Krukchu, Kurkuch',
      'Zoltans',
      'Zolta Zoltana Zoltanne',
      'Drovanies, Drobani, Dorobany',
    ]
    expect(scoreAmong(alike)).toBe(alone)
  })
})
