import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { knownLearned } from '../../src/pipeline/learned-words.ts'
import { articleUrl, type MatchingDesk, openMatchingDesk, postUrl, type SampleText } from './matching-desk.ts'
import { START } from './start.ts'

const VERBS = ['arrives', 'departs', 'sinks', 'sails', 'waits', 'turns'] as const
const NUMBERS = Array.from({ length: 36 }, (_, index) => index)

/** The address of its article stands at the end of each post; every sixth pair is about a boat that no lexicon knows. */
function linkedPair(number: number): readonly [article: SampleText, post: SampleText] {
  const isBoat = number % 6 === 0
  const verb = VERBS[number / 6] ?? ''
  return [
    {
      id: `linked-article-${number}`,
      title: isBoat ? `The skink ${verb}` : `Weather report number ${number}`,
      text: '',
      published: START - (30 + number) * DAY,
    },
    {
      id: `p-linked-${number}`,
      title: isBoat ? `蜥蜴艇と話${number}` : `天気の話その${number}`,
      text: `本文。</p><p>元記事: <a href="${articleUrl(`linked-article-${number}`)}">${articleUrl(`linked-article-${number}`)}</a>`,
      published: START - (29 + number) * DAY,
    },
  ]
}

const skink: SampleText = { id: 'skink', title: 'Navy Sends the Skink to the Arctic', text: '', published: START - DAY }
const other: SampleText = { id: 'other', title: 'Navy Sends a Destroyer to the Arctic', text: '', published: START - DAY }
const onSkink: SampleText = { id: 'p-skink', title: '海軍、蜥蜴艇を北極へ派遣', text: '海軍は蜥蜴艇を送った。', published: START }

async function bringAll(desk: MatchingDesk, numbers: readonly number[] = NUMBERS): Promise<void> {
  for (const number of numbers) {
    const [article, post] = linkedPair(number)
    await desk.bringArticle(article)
    await desk.bringPost(post)
  }
}

async function scoreOf(desk: MatchingDesk, id: string, article: string): Promise<number> {
  const judgement = (await desk.judgements()).get(id)
  const candidates =
    judgement === undefined ? [] : judgement.kind === 'match' ? [judgement.match, ...judgement.match.runnersUp] : judgement.runnersUp
  return candidates.find(({ original }) => original.url === articleUrl(article))?.score ?? 0
}

describe('learning from linked posts', () => {
  it('teaches the blog’s own words, and judges anew by them what cites nothing', async () => {
    const desk = await openMatchingDesk()
    for (const article of [skink, other]) await desk.bringArticle(article)
    await desk.bringPost(onSkink)
    await desk.match()
    const before = await scoreOf(desk, 'p-skink', 'skink')
    await bringAll(desk)
    await desk.match()
    const { learned } = await knownLearned(desk.store)
    expect(learned.associations.map(({ japanese, written }) => [japanese, written])).toContainEqual(['蜥蜴艇', 'skink'])
    expect(learned.counts.pairs).toBe(NUMBERS.length)
    expect(learned.usualLag).toBe(1)
    expect(await scoreOf(desk, 'p-skink', 'skink')).toBeGreaterThan(before)
    expect(await scoreOf(desk, 'p-skink', 'skink')).toBeGreaterThan(await scoreOf(desk, 'p-skink', 'other'))
  })

  it('changes nothing when it is done again', async () => {
    const desk = await openMatchingDesk()
    for (const text of [skink, other]) await desk.bringArticle(text)
    await desk.bringPost(onSkink)
    await bringAll(desk)
    await desk.match()
    const after = await desk.judgements()
    expect(await desk.match()).toEqual({ judged: 0, changed: 0 })
    expect(await desk.judgements()).toEqual(after)
  })

  it('comes to the same whatever came first', async () => {
    const [first, last] = [await openMatchingDesk(), await openMatchingDesk()]
    for (const text of [skink, other]) await first.bringArticle(text)
    await first.bringPost(onSkink)
    await bringAll(first)
    await first.match()
    await bringAll(last, NUMBERS.toReversed())
    await last.match()
    await last.bringPost(onSkink)
    await last.match()
    for (const text of [other, skink]) await last.bringArticle(text)
    await last.match()
    expect(await last.judgements()).toEqual(await first.judgements())
    expect((await knownLearned(last.store)).learned).toEqual((await knownLearned(first.store)).learned)
  })

  it('learns nothing from a few posts', async () => {
    const desk = await openMatchingDesk()
    await bringAll(desk, NUMBERS.slice(0, 20))
    await desk.match()
    expect(await desk.store.lessons.linked(100)).toBe(20)
    expect((await knownLearned(desk.store)).learned.associations).toEqual([])
  })

  it('forgets what a pair taught that is linked no more', async () => {
    const desk = await openMatchingDesk()
    await bringAll(desk)
    await desk.match()
    const url = postUrl('p-linked-0')
    await desk.match({ judgementDigest: 'others', pairs: [{ postUrl: url, originalUrl: null, where: 'config/pairs.csv:2' }] })
    expect(await desk.store.lessons.count()).toBe(NUMBERS.length - 1)
  })

  it('leaves alone what the operator said', async () => {
    const desk = await openMatchingDesk()
    for (const text of [skink, other]) await desk.bringArticle(text)
    await desk.bringPost(onSkink)
    const pairs = [{ postUrl: postUrl('p-skink'), originalUrl: null, where: 'config/pairs.csv:2' }]
    await desk.match({ pairs })
    await bringAll(desk)
    await desk.match({ pairs })
    expect((await desk.judgements()).get('p-skink')).toMatchObject({ kind: 'none', because: expect.stringContaining('the operator says') })
  })

  it('goes on where it was stopped', async () => {
    const desk = await openMatchingDesk()
    for (const text of [skink, other]) await desk.bringArticle(text)
    await desk.bringPost(onSkink)
    await desk.match()
    await bringAll(desk)
    const stop = new AbortController()
    await desk.match({ signal: stop.signal, onProgress: done => done === 36 && stop.abort() })
    await desk.match()
    expect((await knownLearned(desk.store)).learned.counts.pairs).toBe(NUMBERS.length)
    expect((await desk.inShort())['p-skink']).toContain('skink')
  })
})
