import { beforeAll, describe, expect, it } from 'vitest'
import type { Entry } from '../../src/domain/feed.ts'
import type { OutletId } from '../../src/domain/identifiers.ts'
import type { Match } from '../../src/domain/match.ts'
import type { Outlet } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import type { Criterion, FeedRule } from '../../src/domain/output-feed.ts'
import type { Post } from '../../src/domain/post.ts'
import { HOUR } from '../../src/domain/time.ts'
import { gatherFeed } from '../../src/pipeline/gather-feed.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { aRule } from '../label/samples.ts'
import { aMatch, anIncoming, aPost, NOW, noMatch, OUTLET_FEED, poll, TNI } from '../store/samples.ts'
import { atEnd } from '../support/at-end.ts'

const FP = 'fp' as OutletId
const SITE = {
  title: '対訳帖',
  url: 'https://feeds.example.jp/',
  id: 'tag:example.jp,2026:kakehashi',
  language: 'ja',
  author: { name: '架け橋' },
  timeZone: 'Asia/Tokyo',
} as const

const common = { hosts: [], movedHosts: [], aliases: [], language: 'en' }
const outlets: readonly Outlet[] = [
  { ...common, id: TNI, name: 'The National Interest', republish: 'excerpt' },
  { ...common, id: FP, name: 'Foreign Policy', republish: 'full' },
]

let store: Store

// Newest first: posts p1 to p4, then articles a1 to a4.
beforeAll(async () => {
  store = await openStore(':memory:')
  atEnd(() => store[Symbol.asyncDispose]())
  await bringArticle('a1', TNI, { title: text('Carriers Under Fire'), authors: [{ name: 'Jane Doe' }] })
  await bringArticle('a2', TNI, { title: text('A Pipeline Too Far'), categories: [{ term: 'Energy' }], authors: [{ name: 'John Roe' }] })
  await bringArticle('a3', FP, { title: text('The Carrier Question'), content: html('<p>Whole text of the article.</p>') })
  await bringArticle('a4', FP, { title: text('What Comes After'), categories: [{ term: 'Energy' }] })
  await bringPost('p1', { labels: ['海軍'], headline: '空母は生き残れるか' }, { match: ['a1', 'accepted'] })
  await bringPost('p2', { labels: ['書評'], headline: '海の地政学', outlets: [FP], authors: [{ name: '潮見　太郎' }] })
  await bringPost('p3', { labels: ['海軍'], headline: '次の一手' }, { match: ['a4', 'proposed'] })
  await bringPost('p4', { labels: ['海軍'], headline: '没', text: '空母の話' }, { isTaken: false })
})

const label = (name: string): Criterion => ({ kind: 'label', label: name })
const keyword = (wanted: string): Criterion => ({ kind: 'keyword', text: wanted })
const author = (name: string): Criterion => ({ kind: 'author', name })
const outlet = (id: OutletId): Criterion => ({ kind: 'outlet', outlet: id })
const match = (state: 'accepted' | 'proposed' | 'none'): Criterion => ({ kind: 'match', state })

const cases: readonly [name: string, rule: Partial<FeedRule>, ids: readonly string[]][] = [
  ['carries every post there is', {}, ['p1', 'p2', 'p3']],
  ['finds a keyword in headlines', { any: [keyword('空母')] }, ['p1']],
  ['finds a keyword in the title of an original', { any: [keyword('carriers')] }, ['p1']],
  ['knows the author of an original', { all: [author('jane doe')] }, ['p1']],
  ['knows the author of a post', { all: [author('潮見太郎')] }, ['p2']],
  ['takes what an outlet is named by or translated from', { any: [outlet(FP), outlet(TNI)] }, ['p1', 'p2']],
  ['takes the outlet of a proposed match for none', { all: [label('海軍'), outlet(FP)] }, []],
  ['tells posts apart by how their match stands', { all: [match('proposed')] }, ['p3']],
  ['puts all of it together', { any: [label('海軍'), keyword('地政学')], none: [match('none')] }, ['p1', 'p3']],
  ['adds articles that nobody has translated', { include: 'all' }, ['p1', 'p2', 'p3', 'a2', 'a3', 'a4']],
  ['lets labels choose among the posts alone', { include: 'all', any: [label('書評')] }, ['p2', 'a2', 'a3', 'a4']],
  ['lets keywords choose among both', { include: 'all', all: [keyword('carrier')] }, ['a3']],
  ['carries nothing but what is not translated', { include: 'untranslated' }, ['a2', 'a3', 'a4']],
  ['carries what an outlet has that is not translated', { include: 'untranslated', outlets: [FP] }, ['a3', 'a4']],
  ['chooses what is not translated by the labels it has', { include: 'untranslated', label: 'Energy' }, ['a2', 'a4']],
  ['leaves out what may be translated already', { include: 'untranslated', none: [match('proposed')] }, ['a2', 'a3']],
  ['knows authors of articles', { include: 'untranslated', all: [author('JOHN ROE')] }, ['a2']],
  ['stops at its limit', { include: 'all', limit: 4 }, ['p1', 'p2', 'p3', 'a2']],
]

describe('gatherFeed', () => {
  for (const [name, rule, ids] of cases) it(name, async () => expect((await gather(rule)).feed.entries.map(({ id }) => id)).toEqual(ids))

  it('carries posts and articles as whole as they may be, unless the feed is to have less of them', async () => {
    const shapes = await Promise.all(
      (['full', 'excerpt', 'link'] as const).map(async content => {
        const { feed, contents } = await gather({ include: 'all', content })
        return feed.entries.map(({ id, key, excerpt }) => `${id}${contents.has(key) ? ' whole' : ''}${excerpt === '' ? '' : ' excerpt'}`)
      }),
    )
    expect(shapes).toEqual([
      ['p1 whole excerpt', 'p2 whole excerpt', 'p3 whole excerpt', 'a2', 'a3 whole excerpt', 'a4'],
      ['p1 excerpt', 'p2 excerpt', 'p3 excerpt', 'a2', 'a3 excerpt', 'a4'],
      ['p1', 'p2', 'p3', 'a2', 'a3', 'a4'],
    ])
  })

  it('cuts excerpts to the length the feed asks for', async () => {
    const [whole, cut] = await Promise.all([200, 12].map(excerptCharacters => gather({ include: 'untranslated', excerptCharacters })))
    expect(whole?.feed.entries[1]?.excerpt).toBe('Whole text of the article.')
    expect(cut?.feed.entries[1]?.excerpt.length).toBeLessThanOrEqual(12)
  })
})

function gather(changes: Partial<FeedRule>) {
  return gatherFeed(aRule(changes), SITE, store, { directory: outletDirectory(outlets), labelScheme: 'tag:example.jp,2026:label' })
}

let brought = 0

async function bringArticle(id: string, from: OutletId, entry: Partial<Entry>): Promise<void> {
  const published = NOW - (100 + ++brought) * HOUR
  const article = anIncoming(id, { role: 'article', outlet: from, title: entry.title?.value ?? '', entry: { published, ...entry } })
  await poll(store, [article], { source: OUTLET_FEED })
}

async function bringPost(
  id: string,
  post: Partial<Post>,
  judged: { readonly match?: readonly [article: string, state: Match['state']]; readonly isTaken?: boolean } = {},
): Promise<void> {
  const incoming = anIncoming(id, { entry: { published: NOW - ++brought * HOUR } })
  await poll(store, [incoming])
  const entry = await store.entries.byKey(incoming.key)
  if (entry === undefined) throw new Error(`${id} was not stored`)
  const [article, state] = judged.match ?? []
  const judgement =
    article === undefined || state === undefined
      ? noMatch(entry.key)
      : aMatch(entry.key, { entry: anIncoming(article, { role: 'article' }).key, outlet: article === 'a1' ? TNI : FP }, { state })
  const isTaken = judged.isTaken ?? true
  await store.posts.save([{ entry, post: aPost(entry, { id, ...post }), judgement, isTaken }], 'config', NOW)
}

function text(value: string) {
  return { type: 'text', value } as const
}

function html(value: string) {
  return { type: 'html', value } as const
}
