import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { articleUrl, type MatchingDesk, openMatchingDesk, postUrl, type SampleText, turnsDuring } from './matching-desk.ts'
import { START } from './start.ts'

const reef: SampleText = {
  id: 'reef',
  title: 'Philippine Coast Guard Films Chinese Water Cannon at Second Thomas Shoal',
  text: 'Manila released footage on March 5 of a Chinese coast guard ship firing a water cannon at a supply boat near the disputed reef.',
}
const tanks: SampleText = {
  id: 'tanks',
  title: 'Poland Orders 180 More South Korean Tanks',
  text: 'Warsaw signed a contract worth $6.5 billion for K2 tanks, and will build 60 of them in Poland.',
}
const bank: SampleText = {
  id: 'bank',
  title: 'Bank of England Cuts Interest Rates to 4.5 Percent',
  text: 'The central bank said inflation would rise this year as energy prices climb, and halved its forecast for growth.',
}
const postOnReef: SampleText = {
  id: 'p-reef',
  title: 'フィリピン沿岸警備隊、セカンド・トーマス礁での中国の放水銃を撮影',
  text: 'マニラは3月5日、係争中の礁の近くで中国海警局の船が補給船に放水銃を浴びせる映像を公開した。',
  published: START,
}
const postOnTanks: SampleText = {
  id: 'p-tanks',
  title: 'ポーランド、韓国製戦車を180両追加発注',
  text: 'ワルシャワは65億ドルでK2戦車の契約に署名した。60両はポーランドで生産する。',
  published: START,
}
const postOnBank: SampleText = {
  id: 'p-bank',
  title: 'イングランド銀行、政策金利を4.5％に引き下げ',
  text: '中央銀行は、エネルギー価格の上昇で今年はインフレが進むと述べ、成長率の予測を半分に下げた。',
  published: START,
}
const [articles, posts] = [
  [reef, tanks, bank],
  [postOnReef, postOnTanks, postOnBank],
]
const MATCHED = { 'p-bank': 'accepted bank', 'p-reef': 'accepted reef', 'p-tanks': 'accepted tanks' }

async function deskWith(...texts: readonly SampleText[]): Promise<MatchingDesk> {
  const desk = await openMatchingDesk()
  for (const text of texts) await bring(desk, text)
  return desk
}

function bring(desk: MatchingDesk, text: SampleText): Promise<void> {
  return text.id.startsWith('p-') ? desk.bringPost(text) : desk.bringArticle(text)
}

describe('matchPosts', () => {
  it('lets an article that arrives later settle a post', async () => {
    const desk = await deskWith(tanks, bank, postOnReef)
    await desk.match()
    expect(await desk.inShort()).toEqual({ 'p-reef': 'none' })
    await desk.bringArticle(reef)
    expect(await desk.match()).toEqual({ judged: 1, changed: 1 })
    expect(await desk.inShort()).toEqual({ 'p-reef': 'accepted reef' })
  })

  it('finds an article by the words it was given in an edit, and no longer by those it had', async () => {
    const desk = await deskWith({ ...reef, id: 'edited' }, tanks, postOnReef, postOnBank)
    await desk.match()
    expect(await desk.inShort()).toEqual({ 'p-bank': 'none', 'p-reef': 'accepted edited' })
    await desk.bringArticle({ ...bank, id: 'edited' })
    await desk.match()
    expect(await desk.inShort()).toEqual({ 'p-bank': 'accepted edited', 'p-reef': 'none' })
    const weighed = [...(await desk.judgements()).values()].map(judgement =>
      judgement.kind === 'none' ? judgement.runnersUp : [judgement.match, ...judgement.match.runnersUp],
    )
    for (const candidates of weighed) {
      const entries = candidates.map(({ original }) => original.entry)
      expect(entries).toEqual([...new Set(entries)])
    }
  })

  it('comes to the same judgements in whatever order everything arrives, at once or one by one', async () => {
    const twin = { ...tanks, id: 'twin', title: 'Poland Orders 180 South Korean Tanks' }
    const texts = [...articles, ...posts, twin]
    const atOnce = await deskWith(...texts)
    await atOnce.match()
    const expected = await atOnce.judgements()
    for (const step of [2, 3, 5]) {
      const desk = await openMatchingDesk()
      for (let index = 0; index < texts.length; index++) {
        const text = texts[(index * step + step) % texts.length]
        if (text !== undefined) await bring(desk, text)
        await desk.match()
      }
      expect(await desk.judgements()).toEqual(expected)
    }
  })

  it('lets no article that has nothing to do with a post change its judgement', async () => {
    const desk = await deskWith(...articles, ...posts)
    await desk.match()
    const before = await desk.judgements()
    await desk.bringArticle({ id: 'cakes', title: 'How to Bake a Better Cake', text: 'Butter, sugar and eggs should be warm.' })
    await desk.match()
    expect(await desk.judgements()).toEqual(before)
  })

  it('comes to the same judgements after a restart', async () => {
    const file = join(await temporaryFolder(), 'store.db')
    const before = await openMatchingDesk(file)
    for (const text of [...articles, ...posts]) await bring(before, text)
    await before.match()
    await before.bringArticle({ ...tanks, title: 'Poland Orders 180 South Korean Tanks' })
    await before.match()
    const after = await openMatchingDesk(file)
    expect(await after.match({ judgementDigest: 'another' })).toEqual({ judged: 3, changed: 0 })
    expect(await after.judgements()).toEqual(await before.judgements())
  })

  it('changes nothing that the operator decided when everything is judged again', async () => {
    const where = 'pairs.csv:2'
    const pairs = [
      { postUrl: postUrl('p-reef'), originalUrl: articleUrl('bank'), where },
      { postUrl: postUrl('p-tanks'), originalUrl: null, where },
    ]
    const desk = await deskWith(...posts, bank)
    await desk.match({ pairs })
    const decided = { 'p-bank': 'accepted bank', 'p-reef': 'accepted bank', 'p-tanks': 'none' }
    expect(await desk.inShort()).toEqual(decided)
    const before = await desk.judgements()
    for (const text of [reef, tanks]) await desk.bringArticle(text)
    await desk.match({ pairs })
    await desk.match({ pairs, judgementDigest: 'another' })
    expect(await desk.inShort()).toEqual(decided)
    for (const id of ['p-reef', 'p-tanks']) expect((await desk.judgements()).get(id)).toEqual(before.get(id))
  })

  it('keeps what it has judged when it is interrupted, and does the rest the next time', async () => {
    const whole = await deskWith(...articles, ...posts)
    await whole.match()
    const desk = await deskWith(...articles, ...posts)
    const stopping = new AbortController()
    const first = await desk.match({ signal: stopping.signal, onProgress: () => stopping.abort() })
    expect([first.judged, (await desk.judgements()).size]).toEqual([1, 1])
    expect(await desk.match()).toMatchObject({ changed: 2 })
    expect(await desk.judgements()).toEqual(await whole.judgements())
  })

  it('stores nothing half judged when it is interrupted before the first post', async () => {
    const desk = await deskWith(...articles, ...posts)
    expect(await desk.match({ signal: AbortSignal.abort() })).toEqual({ judged: 0, changed: 0 })
    await desk.match()
    expect(await desk.inShort()).toEqual(MATCHED)
  })

  it('tells how far it has come', async () => {
    const desk = await deskWith(...articles, ...posts)
    const told: (readonly [number, number])[] = []
    await desk.match({ onProgress: (done, of) => told.push([done, of]) })
    expect(told).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ])
  })

  it('lets others have their turn after every post', async () => {
    const desk = await deskWith(reef, ...Array.from({ length: 30 }, (_, index) => ({ ...postOnReef, id: `p-${index}` })))
    expect(await turnsDuring(desk.match())).toBeGreaterThan(30)
  })

  it('judges a post by the articles of its window alone', async () => {
    const desk = await deskWith({ ...reef, published: START - 61 * DAY }, postOnReef)
    await desk.match()
    expect(await desk.inShort()).toEqual({ 'p-reef': 'none' })
    await desk.match({ windowMs: 62 * DAY, judgementDigest: 'another' })
    expect(await desk.inShort()).toEqual({ 'p-reef': 'accepted reef' })
  })
})
