import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { Post } from '../../src/domain/post.ts'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { contentJudge } from '../../src/match/content-judge.ts'
import { judgePost } from '../../src/match/judge-post.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import type { OperatorWord } from '../../src/match/operator-word.ts'
import { ANY_TIME, anArticle, aPost, citing, directory, known, POSTED, TNI, TWZ } from './samples.ts'

interface Case {
  readonly post?: Partial<Post>
  readonly articles?: readonly Article[]
  readonly operator?: OperatorWord
  readonly acceptAbove?: number
  readonly proposeAbove?: number
}

const knowledge = languageKnowledge()

function judge({ post, articles = [], operator, acceptAbove = 1, proposeAbove = 0.4 }: Case, asked: () => void = () => {}) {
  const inSpan = () => {
    asked()
    const content = contentJudge(knowledge)
    for (const article of articles) content.add(article)
    return content.within(ANY_TIME)
  }
  return judgePost(aPost(post), known(articles, inSpan), { operator, directory, acceptAbove, proposeAbove })
}

/** A judgement in short: `accepted 2 a` is article a, accepted on a cited address. */
async function inShort(test: Case): Promise<string> {
  const judgement = await judge(test)
  if (judgement.kind === 'none') return 'none'
  const { state, tier, original } = judgement.match
  return `${state} ${tier} ${original.entry ?? original.url ?? original.title}`
}

const [a, b] = [anArticle('a'), anArticle('b')]
const line = (text: string) => ({ englishLines: [{ block: 0, text }] })
const TITLE = 'Can America Still Defend Taiwan?'
const titled = (key: string, changes: Partial<Article> = {}) => anArticle(key, { title: TITLE, ...changes })
const byline = (author: string | undefined, day: string | undefined) => ({
  bylines: [{ block: 0, ...(author === undefined ? {} : { author }), ...(day === undefined ? {} : { date: Date.parse(day) }) }],
})
const byJane = (key: string, published: string) => anArticle(key, { authors: ['Jane Q. Doe'], published: Date.parse(published) })
const said = { headline: 'ゼレンスキーとトランプ、F-35とグリーンランド' }
const saying = { title: 'Zelensky, Trump, the F-35 and Greenland', text: 'Zelensky met Trump.' }
const noise = Array.from({ length: 20 }, (_, index) => anArticle(`noise${index}`, { title: 'On budgets', text: 'Budgets.' }))

const operatorCases: readonly [name: string, test: Case, expected: string][] = [
  [
    'takes the operator’s pair over everything the post says',
    { post: { cited: [citing('b', { isCredit: true })] }, articles: [a, b], operator: { url: a.url ?? '', where: 'pairs.csv:2' } },
    'accepted 1 a',
  ],
  [
    'takes the operator’s pair for an article no feed has shown',
    { operator: { url: 'https://tni.example/feature/z', where: 'pairs.csv:2' } },
    'accepted 1 https://tni.example/feature/z',
  ],
  [
    'takes the operator’s word that a post translates nothing',
    { post: { cited: [citing('a', { isCredit: true })] }, articles: [a], operator: { url: null, where: 'pairs.csv:3' } },
    'none',
  ],
  [
    'takes the operator’s pair over front matter',
    {
      post: { stated: { url: b.url ?? '', where: 'front matter' } },
      articles: [a, b],
      operator: { url: a.url ?? '', where: 'pairs.csv:2' },
    },
    'accepted 1 a',
  ],
  [
    'takes a stated address, whatever its form',
    {
      post: {
        stated: { url: 'http://www.tni.example/feature/a/?utm_source=x', where: 'front matter' },
        cited: [citing('b', { isCredit: true })],
      },
      articles: [a, b],
    },
    'accepted 1 a',
  ],
  [
    'takes a stated title',
    { post: { stated: { title: 'can america still defend Taiwan', where: 'front matter' } }, articles: [a, titled('t')] },
    'accepted 1 t',
  ],
  [
    'tells equal titles apart by the stated outlet',
    {
      post: { outlets: [TNI], stated: { title: TITLE, outlet: TWZ, where: 'front matter' } },
      articles: [titled('t'), titled('w', { outlet: TWZ })],
    },
    'accepted 1 w',
  ],
  [
    'tells equal titles apart by the outlet in the post’s title',
    { post: { outlets: [TWZ], stated: { title: TITLE, where: 'front matter' } }, articles: [titled('t'), titled('w', { outlet: TWZ })] },
    'accepted 1 w',
  ],
  [
    'names a stated title alone where it cannot tell articles apart',
    { post: { stated: { title: TITLE, where: 'front matter' } }, articles: [titled('t'), titled('w', { outlet: TWZ })] },
    `accepted 1 ${TITLE}`,
  ],
  [
    'names a stated title alone where one outlet has two such articles',
    { post: { stated: { title: TITLE, outlet: TNI, where: 'front matter' } }, articles: [titled('t1'), titled('t2')] },
    `accepted 1 ${TITLE}`,
  ],
  [
    'knows an article that sections carry under two ids for one',
    {
      post: { stated: { title: TITLE, where: 'front matter' } },
      articles: [titled('t2', { address: 'tni.example/t' }), titled('t1', { address: 'tni.example/t' })],
    },
    'accepted 1 t1',
  ],
  ['names a stated title no feed has shown', { post: { stated: { title: TITLE, where: 'front matter' } } }, `accepted 1 ${TITLE}`],
  ['finds nothing in a stated outlet alone', { post: { stated: { outlet: TNI, where: 'front matter' } } }, 'none'],
]

const citationCases: readonly [name: string, test: Case, expected: string][] = [
  ['takes a credit', { post: { cited: [citing('a', { isCredit: true })] }, articles: [a] }, 'accepted 2 a'],
  [
    'takes a credit in bare text for an article no feed has shown',
    { post: { cited: [citing('a', { isCredit: true, as: 'text' })] } },
    'accepted 2 https://tni.example/feature/a',
  ],
  [
    'takes the only credit among several links',
    { post: { cited: [citing('b'), citing('a', { isCredit: true })] }, articles: [a, b] },
    'accepted 2 a',
  ],
  [
    'takes the credit of the outlet the title names',
    { post: { outlets: [TWZ], cited: [citing('a', { isCredit: true }), citing('w', { outlet: TWZ, isCredit: true })] } },
    'accepted 2 https://twz.example/feature/w',
  ],
  [
    'takes the only link to the outlet the title names',
    { post: { outlets: [TWZ], cited: [citing('a'), citing('w', { outlet: TWZ }), citing('b')] } },
    'accepted 2 https://twz.example/feature/w',
  ],
  ['takes the only link where it opens the post', { post: { cited: [citing('a', { block: 1 })] }, articles: [a] }, 'accepted 2 a'],
  ['takes the only link where it closes the post', { post: { cited: [citing('a', { block: 6 })] }, articles: [a] }, 'accepted 2 a'],
  ['only proposes a link in the midst of the text', { post: { cited: [citing('a')] }, articles: [a] }, 'proposed 2 a'],
  [
    'takes a link in the midst of the text where the title names its outlet',
    { post: { outlets: [TNI], cited: [citing('a')] }, articles: [a] },
    'accepted 2 a',
  ],
  [
    'only proposes the first of several links without a credit',
    { post: { cited: [citing('b'), citing('a')] }, articles: [a, b] },
    'proposed 2 b',
  ],
  [
    'only proposes where several are credited',
    { post: { cited: [citing('b', { isCredit: true }), citing('a', { isCredit: true })] }, articles: [a, b] },
    'proposed 2 b',
  ],
  [
    'takes a title line over links that leave it open',
    { post: { ...line(TITLE), cited: [citing('a'), citing('b')] }, articles: [a, b, titled('t')] },
    'accepted 3 t',
  ],
  [
    'takes a credit over a title line',
    { post: { ...line(TITLE), cited: [citing('a', { isCredit: true })] }, articles: [a, titled('t')] },
    'accepted 2 a',
  ],
]

const lineCases: readonly [name: string, test: Case, expected: string][] = [
  ['takes the English title as a line of the body', { post: line(TITLE), articles: [a, titled('t')] }, 'accepted 3 t'],
  ['does not mind case, quotes and dashes', { post: line('CAN AMERICA STILL “DEFEND” TAIWAN —'), articles: [titled('t')] }, 'accepted 3 t'],
  [
    'takes a title the outlet edited afterwards',
    { post: line('Can America Still Really Defend Taiwan?'), articles: [titled('t')] },
    'accepted 3 t',
  ],
  [
    'takes the exact title over one that is like it',
    { post: line(TITLE), articles: [titled('u', { title: 'Can America Still Defend Taiwan Now?' }), titled('t')] },
    'accepted 3 t',
  ],
  ['passes over a title that is merely about the same', { post: line('Can Japan Defend Taiwan?'), articles: [titled('t')] }, 'none'],
  [
    'passes over short lines that are like a title',
    { post: line('Air Force Two'), articles: [titled('t', { title: 'Air Force One' })] },
    'none',
  ],
  [
    'takes a short line that is a title',
    { post: line('Air Force One'), articles: [titled('t', { title: 'Air Force One' })] },
    'accepted 3 t',
  ],
  [
    'only proposes where two outlets have the title',
    { post: line(TITLE), articles: [titled('t'), titled('w', { outlet: TWZ })] },
    'proposed 3 t',
  ],
  [
    'takes that of the outlet the post names',
    { post: { ...line(TITLE), outlets: [TWZ] }, articles: [titled('t'), titled('w', { outlet: TWZ })] },
    'accepted 3 w',
  ],
  [
    'knows an article that sections carry under two ids for one',
    { post: line(TITLE), articles: [titled('t2', { address: 'tni.example/t' }), titled('t1', { address: 'tni.example/t' })] },
    'accepted 3 t1',
  ],
  ['refuses an article from after the post', { post: line(TITLE), articles: [titled('t', { published: POSTED + 3 * DAY })] }, 'none'],
  [
    'takes an article dated a day after the post, for time zones',
    { post: line(TITLE), articles: [titled('t', { published: POSTED + DAY })] },
    'accepted 3 t',
  ],
  ['takes author and day', { post: byline('Jane Doe', '2025-03-10'), articles: [a, byJane('j', '2025-03-10T15:00:00Z')] }, 'accepted 3 j'],
  [
    'lets a day begin earlier in the east',
    { post: byline('Jane Doe', '2025-03-10'), articles: [byJane('j', '2025-03-09T02:00:00Z')] },
    'accepted 3 j',
  ],
  [
    'lets a day end later in the west',
    { post: byline('Jane Doe', '2025-03-10'), articles: [byJane('j', '2025-03-11T22:00:00Z')] },
    'accepted 3 j',
  ],
  [
    'refuses the author’s article of another day',
    { post: byline('Jane Doe', '2025-03-07'), articles: [byJane('j', '2025-03-10T15:00:00Z')] },
    'none',
  ],
  [
    'refuses another author’s article of the day',
    { post: byline('John Doe', '2025-03-10'), articles: [byJane('j', '2025-03-10T15:00:00Z')] },
    'none',
  ],
  [
    'finds nothing in an author without a day',
    { post: byline('Jane Doe', undefined), articles: [byJane('j', '2025-03-10T15:00:00Z')] },
    'none',
  ],
  [
    'finds nothing in a day without an author',
    { post: byline(undefined, '2025-03-10'), articles: [byJane('j', '2025-03-10T15:00:00Z')] },
    'none',
  ],
  [
    'only proposes where the author had two articles that day',
    { post: byline('Jane Doe', '2025-03-10'), articles: [byJane('j', '2025-03-10T15:00:00Z'), byJane('k', '2025-03-10T18:00:00Z')] },
    'proposed 3 j',
  ],
]

const contentCases: readonly [name: string, test: Case, expected: string][] = [
  [
    'accepts what both texts say where it is sure enough',
    { post: said, articles: [anArticle('s', saying), ...noise], acceptAbove: 0.4 },
    'accepted 4 s',
  ],
  ['only proposes on what both texts say', { post: said, articles: [anArticle('s', saying), ...noise] }, 'proposed 4 s'],
  ['says nothing below the threshold', { post: said, articles: [anArticle('s', saying), ...noise], proposeAbove: 1.01 }, 'none'],
  [
    'says nothing where two articles share as much',
    { post: said, articles: [anArticle('s', saying), anArticle('u', saying), ...noise] },
    'none',
  ],
  [
    'proposes that of the outlet the post names',
    { post: { ...said, outlets: [TWZ] }, articles: [anArticle('s', saying), anArticle('u', { ...saying, outlet: TWZ }), ...noise] },
    'proposed 4 u',
  ],
  [
    'refuses an article from after the post',
    { post: said, articles: [anArticle('s', { ...saying, published: POSTED + 3 * DAY }), ...noise] },
    'none',
  ],
  ['says nothing where nothing is shared, though the outlet is named', { post: { outlets: [TNI] }, articles: noise }, 'none'],
  ['says nothing where nothing is known', { post: said }, 'none'],
]

const because = async (test: Case) => {
  const judgement = await judge(test)
  return judgement.kind === 'none' ? judgement.because : undefined
}

describe('judgePost', () => {
  const groups = {
    'by the operator’s word': operatorCases,
    'by cited addresses': citationCases,
    'by title and byline': lineCases,
    'by content': contentCases,
  }
  for (const [group, cases] of Object.entries(groups))
    describe(group, () => {
      for (const [name, test, expected] of cases) it(name, async () => expect(await inShort(test)).toBe(expected))
    })

  it('says who decided', async () => {
    const paired = await judge({ operator: { url: a.url ?? '', where: 'pairs.csv:2' }, articles: [a] })
    const stated = await judge({ post: { stated: { url: a.url ?? '', where: 'front matter' } }, articles: [a] })
    expect([paired, stated]).toMatchObject([{ match: { decidedBy: 'operator' } }, { match: { decidedBy: 'machine' } }])
  })

  it('lists what an ambiguous citation lies between, and the losers as runners-up', async () => {
    expect(await judge({ post: { cited: [citing('b'), citing('a')] }, articles: [a, b] })).toMatchObject({
      match: {
        evidence: [{ kind: 'cited-address' }, { kind: 'ambiguous', between: [b.url, a.url] }],
        runnersUp: [{ original: { entry: 'a' } }],
      },
    })
  })

  it('does not list the winner among the runners-up', async () => {
    const judgement = await judge({ post: { ...line('Article a'), cited: [citing('a', { isCredit: true })] }, articles: [a] })
    expect(judgement).toMatchObject({ match: { original: { entry: 'a' }, runnersUp: [] } })
  })

  it('keeps five runners-up at most', async () => {
    const cited = Array.from({ length: 9 }, (_, index) => citing(`c${index}`))
    expect(await judge({ post: { cited } })).toMatchObject({ match: { runnersUp: { length: 5 } } })
  })

  it('gives the strongest of several lines as its reason', async () => {
    const englishLines = [TITLE, 'Can America Still Really Defend Taiwan?'].map((text, block) => ({ block, text }))
    expect(await judge({ post: { englishLines }, articles: [titled('t')] })).toMatchObject({
      match: { score: 0.97, evidence: [{ kind: 'english-title', line: TITLE, similarity: 1 }] },
    })
  })

  it('counts title and byline together once, however often they occur', async () => {
    const post = {
      englishLines: Array(3).fill({ block: 0, text: TITLE }),
      bylines: Array(3).fill(byline('Jane Doe', '2025-03-11').bylines[0]),
    }
    const article = titled('t', { authors: ['Jane Doe'], published: Date.parse('2025-03-11T12:00:00Z') })
    expect(await judge({ post, articles: [article] })).toMatchObject({ match: { score: 0.99, evidence: { length: 2 } } })
  })

  it('says why there is no match', async () => {
    expect(await because({ operator: { url: null, where: 'pairs.csv:3' } })).toContain('pairs.csv:3')
    expect(await because({ post: { outlets: [TNI] } })).toBe('no article of the outlet it names is known from its time')
    expect(await because({ post: { outlets: [TNI] }, articles: noise })).toContain('shares a name')
    expect(await because({ post: said, articles: [anArticle('s', saying), ...noise], proposeAbove: 1.01 })).toContain('below 1.01')
    expect(await because({ post: said, articles: [anArticle('s', saying), anArticle('u', saying)], proposeAbove: 0 })).toContain('several')
  })

  it('asks for the articles of its time only where nothing else decides', async () => {
    const asks = async (test: Case) => {
      let count = 0
      await judge(test, () => count++)
      return count
    }
    const decided: readonly Case[] = [
      { operator: { url: null, where: 'pairs.csv:3' } },
      { post: { ...line(TITLE), stated: { title: TITLE, where: 'front matter' } } },
      { post: { ...line(TITLE), cited: [citing('a', { isCredit: true })] }, articles: [a] },
      { post: { cited: [citing('b'), citing('a')] }, articles: [a, b] },
      { post: line(TITLE), articles: [a, titled('t')] },
      { post: byline('Jane Doe', '2025-03-10'), articles: [byJane('j', '2025-03-10T15:00:00Z')] },
    ]
    expect(await Promise.all(decided.map(asks))).toEqual(decided.map(() => 0))
    expect(await asks({ post: said, articles: noise })).toBe(1)
    expect(await asks({ post: line('Can America Still Really Defend Taiwan?'), articles: [titled('t')] })).toBe(1)
  })

  it('gives an equal judgement in whatever order articles come', async () => {
    const twins = ['t3', 't1', 't2'].map(key => titled(key, { ...saying, title: TITLE, address: 'tni.example/t', authors: ['Jane Doe'] }))
    const articles = [...twins, titled('w', { outlet: TWZ }), anArticle('s', saying), anArticle('u', saying), a, b, ...noise]
    const posts: readonly Partial<Post>[] = [
      said,
      { ...said, ...line(TITLE) },
      { ...byline('Jane Doe', '2025-03-11') },
      { stated: { title: TITLE, outlet: TNI, where: 'front matter' } },
      { cited: [citing('t', { address: 'tni.example/t', url: 'https://tni.example/t', isCredit: true })] },
    ]
    for (const post of posts) {
      const straight = await judge({ post, articles, proposeAbove: 0 })
      for (const order of [articles.toReversed(), articles.toSorted((x, y) => (x.id.length - y.id.length) * 7 + (x.id > y.id ? -1 : 1))])
        expect(await judge({ post, articles: order, proposeAbove: 0 })).toEqual(straight)
    }
  })

  it('weighs a near article more than a far one', async () => {
    const far = anArticle('far', { ...saying, published: POSTED - 90 * DAY })
    const near = anArticle('near', { ...saying, published: POSTED - HOUR })
    expect(await inShort({ post: said, articles: [far, near, ...noise] })).toBe('proposed 4 near')
  })
})
