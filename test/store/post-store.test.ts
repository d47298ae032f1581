import { beforeEach, describe, expect, it } from 'vitest'
import type { OutletId, SourceId } from '../../src/domain/identifiers.ts'
import type { Judgement } from '../../src/domain/match.ts'
import type { Post } from '../../src/domain/post.ts'
import { DAY, HOUR } from '../../src/domain/time.ts'
import type { StoredEntry } from '../../src/store/entry-store.ts'
import type { Store } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { DATABASES } from './databases.ts'
import { aMatch, anIncoming, aPost, BLOG, NOW, noMatch, poll, TNI } from './samples.ts'

const FP = 'fp' as OutletId

interface Judging {
  readonly post?: Partial<Post>
  readonly judgement?: Judgement
  readonly isTaken?: boolean
  readonly under?: string
  readonly at?: number
}

for (const database of DATABASES)
  describe(`postStore on ${database.name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await (await database.create())()
      atEnd(() => store[Symbol.asyncDispose]())
    })
    const keyOf = (id: string, role: 'post' | 'article' = 'post') => anIncoming(id, { role }).key
    const bring = (id: string, age = 0, source = BLOG) =>
      poll(store, [anIncoming(id, { entry: { published: NOW - age } })], { source, activeSources: new Set([source]) })
    const judge = async (id: string, { post, judgement, isTaken = true, under = 'config', at = NOW }: Judging = {}) => {
      const entry = await store.entries.byKey(keyOf(id))
      if (entry === undefined) throw new Error(`${id} was not stored`)
      return store.posts.save([{ entry, post: aPost(entry, post), judgement: judgement ?? noMatch(entry.key), isTaken }], under, at)
    }
    const stale = async (under = 'config', limit = 10, sources: readonly string[] = [BLOG]) =>
      (await store.posts.stale(under, sources, limit)).map(({ entry }) => entry.id)
    const newest = async (anyLabel: readonly string[] = [], limit = 10, offset = 0) =>
      (await store.posts.newest({ anyLabel, limit, offset })).map(({ entry }) => entry.entry.id)

    it('calls posts stale that were never judged, oldest first', async () => {
      await bring('new', 1)
      await bring('old', 2)
      await poll(store, [anIncoming('article', { role: 'article' })])
      expect(await stale()).toEqual(['old', 'new'])
      expect(await stale('config', 1)).toEqual(['old'])
      expect(await stale('config', 10, ['other'])).toEqual([])
      expect(await stale('config', 10, [])).toEqual([])
    })

    it('calls a post stale again when it is edited or the config changes, and not before', async () => {
      await bring('1')
      await judge('1')
      expect(await stale()).toEqual([])
      expect(await stale('other config')).toEqual(['1'])
      await poll(store, [anIncoming('1', { entry: { content: { type: 'html', value: '改稿' } } })])
      expect(await stale()).toEqual(['1'])
      await judge('1')
      expect(await stale()).toEqual([])
    })

    it('counts the outlets that posts name or translate, each post once', async () => {
      for (const [age, id] of ['1', '2', '3', '4', '5'].entries()) await bring(id, age)
      await judge('1', { post: { outlets: [TNI, FP] }, judgement: aMatch(keyOf('1'), { outlet: TNI }) })
      await judge('2', { judgement: aMatch(keyOf('2'), { outlet: TNI }) })
      await judge('3', { judgement: aMatch(keyOf('3'), { outlet: FP }, { state: 'proposed' }) })
      await judge('4', { post: { outlets: [TNI] }, isTaken: false })
      await judge('5')
      expect(await store.posts.outlets()).toEqual([
        { outlet: FP, count: 1 },
        { outlet: TNI, count: 2 },
      ])
      const ofTni = await store.posts.newest({ anyLabel: [], anyOutlet: [TNI], limit: 10, offset: 0 })
      expect(ofTni.map(({ entry }) => entry.entry.id)).toEqual(['1', '2'])
      await judge('1', { under: 'other config' })
      expect(await store.posts.outlets()).toEqual([{ outlet: TNI, count: 1 }])
      await store.posts.dropOtherSources([])
      expect(await store.posts.outlets()).toEqual([])
    })

    it('gives a post back as it was judged', async () => {
      await bring('1')
      await judge('1', { post: { comment: '批評', cited: [] }, judgement: aMatch(keyOf('1'), { url: 'https://a.example/1' }) })
      const entry = await store.entries.byKey(keyOf('1'))
      expect(await store.posts.byKey(keyOf('1'))).toEqual({
        entry,
        post: aPost(entry ?? { key: keyOf('1'), published: 0, source: BLOG }, { comment: '批評' }),
        judgement: aMatch(keyOf('1'), { url: 'https://a.example/1' }),
      })
      expect(await store.posts.byKey(keyOf('2'))).toBeUndefined()
    })

    it('counts judgements that differ from what was stored', async () => {
      await bring('1')
      expect(await judge('1')).toBe(1)
      expect(await judge('1', { at: NOW + HOUR })).toBe(0)
      expect(await judge('1', { judgement: aMatch(keyOf('1'), { url: 'https://a.example/1' }) })).toBe(1)
      expect(await store.matches.counts()).toEqual({ accepted: 1, proposed: 0, rejected: 0, none: 0 })
    })

    it('lists posts newest first, in pages, by any of several labels', async () => {
      for (const [age, id] of ['a', 'b', 'c'].entries()) await bring(id, age)
      await judge('a', { post: { labels: ['中国', '台湾'] } })
      await judge('b', { post: { labels: ['台湾', '台湾'] } })
      await judge('c', { post: { labels: [] } })
      expect(await newest()).toEqual(['a', 'b', 'c'])
      expect(await newest([], 1, 1)).toEqual(['b'])
      expect(await newest(['台湾', '中国'])).toEqual(['a', 'b'])
      expect(await newest(['台'])).toEqual([])
    })

    it('orders posts of one instant by key', async () => {
      for (const id of ['a', 'b', 'c']) await bring(id)
      for (const id of ['c', 'a', 'b']) await judge(id)
      const order = (await store.posts.newest({ anyLabel: [], limit: 10, offset: 0 })).map(({ post }) => post.key)
      expect(order).toEqual(order.toSorted())
    })

    it('publishes no post that its source does not take, nor counts its labels', async () => {
      await bring('1')
      await judge('1', { isTaken: false })
      expect([await newest(), await store.posts.labels()]).toEqual([[], []])
      expect(await store.posts.byKey(keyOf('1'))).toBeDefined()
    })

    it('counts labels as they are now', async () => {
      await bring('1')
      await bring('2')
      await judge('1', { post: { labels: ['中国', '台湾'] } })
      await judge('2', { post: { labels: ['台湾'] } })
      expect(await store.posts.labels()).toEqual([
        { label: '中国', count: 1 },
        { label: '台湾', count: 2 },
      ])
      await judge('1', { post: { labels: ['台湾'] } })
      expect(await store.posts.labels()).toEqual([{ label: '台湾', count: 2 }])
    })

    const article = { role: 'article', address: 'a.example/1', entry: { published: NOW } } as const
    const unsettledCases: readonly [name: string, age: number, judgement: Judgement, isUnsettled: boolean][] = [
      ['without a match', 0, noMatch(keyOf('1')), true],
      ['with a proposal', 0, aMatch(keyOf('1'), { entry: keyOf('b', 'article') }, { state: 'proposed' }), true],
      ['dated a day before the article, for time zones', DAY, noMatch(keyOf('1')), true],
      ['much older than the article', 3 * DAY, noMatch(keyOf('1')), false],
      ['that cites its original', 0, aMatch(keyOf('1'), { entry: keyOf('b', 'article'), address: 'a.example/3' }), false],
      ['that was accepted by what it says', 0, aMatch(keyOf('1'), { entry: keyOf('b', 'article') }, { tier: 4 }), true],
      ['that was accepted long before by what it says', 3 * DAY, aMatch(keyOf('1'), { entry: keyOf('b', 'article') }, { tier: 4 }), false],
      ['whose original was edited', 90 * DAY, aMatch(keyOf('1'), { entry: keyOf('a', 'article') }), true],
      [
        'whose original is at its address, too',
        90 * DAY,
        aMatch(keyOf('1'), { entry: keyOf('b', 'article'), address: 'a.example/1' }),
        true,
      ],
      ['whose original was known by its address alone, of any age', 90 * DAY, aMatch(keyOf('1'), { address: 'a.example/1' }), true],
      ['that cites another address', 0, aMatch(keyOf('1'), { address: 'a.example/2' }), false],
    ]
    for (const [name, age, judgement, isUnsettled] of unsettledCases)
      it(`${isUnsettled ? 'judges' : 'does not judge'} a post again ${name}, when an article appears`, async () => {
        await bring('1', age)
        await judge('1', { judgement })
        await poll(store, [anIncoming('a', article)], { at: NOW + HOUR })
        const unsettled = (await store.posts.unsettled(NOW + HOUR, NOW)).map(({ entry }) => entry.id)
        expect(unsettled).toEqual(isUnsettled ? ['1'] : [])
      })

    it('gives posts that articles might settle in pages, oldest first', async () => {
      for (const [age, id] of ['c', 'b', 'a'].entries()) {
        await bring(id, age)
        await judge(id, {})
      }
      await poll(store, [anIncoming('article', article)], { at: NOW + HOUR })
      const page = async (after?: StoredEntry) => store.posts.unsettled(NOW + HOUR, NOW, 2, after)
      const first = await page()
      expect(first.map(({ entry }) => entry.id)).toEqual(['a', 'b'])
      expect((await page(first[1])).map(({ entry }) => entry.id)).toEqual(['c'])
    })

    it('goes on behind a post, and counts those to come', async () => {
      for (const [age, id] of ['c', 'b', 'a'].entries()) await bring(id, age)
      const [first] = await store.posts.stale('config', [BLOG], 1)
      expect((await store.posts.stale('config', [BLOG], 10, first)).map(({ entry }) => entry.id)).toEqual(['b', 'c'])
      expect(await store.posts.staleCount('config', [BLOG])).toBe(3)
      await judge('b')
      expect(await store.posts.staleCount('config', [BLOG])).toBe(2)
      expect(await store.posts.staleCount('config', [])).toBe(0)
    })

    it('does not look at addresses of articles that were known before', async () => {
      await poll(store, [anIncoming('a', article)])
      await bring('1', 90 * DAY)
      await judge('1', { judgement: aMatch(keyOf('1'), { address: 'a.example/1' }) })
      expect(await store.posts.unsettled(NOW + HOUR, NOW)).toEqual([])
    })

    it('forgets posts of sources that are gone, keeps their entries, and reads them anew when the source is back', async () => {
      await bring('1')
      await bring('2', 0, 'other' as SourceId)
      await judge('1')
      await judge('2', { judgement: aMatch(keyOf('2'), { url: 'https://a.example/1' }) })
      expect(await store.posts.dropOtherSources([BLOG])).toBe(1)
      expect([await newest(), await store.entries.counts()]).toEqual([['1'], { articles: 0, posts: 2 }])
      expect(await store.matches.counts()).toMatchObject({ accepted: 0, none: 1 })
      expect(await stale('config', 10, [BLOG, 'other'])).toEqual(['2'])
      expect(await store.posts.dropOtherSources([])).toBe(1)
    })

    it('finds the translations of an article by entry and by address, proposed ones too, oldest first', async () => {
      for (const [index, id] of ['1', '2', '3', '4', '5'].entries()) await bring(id, 9 - index)
      const entry = keyOf('a', 'article')
      await judge('1', { judgement: aMatch(keyOf('1'), { entry }, { state: 'proposed' }) })
      await judge('2', { judgement: aMatch(keyOf('2'), { address: 'a.example/1' }) })
      await judge('3', { judgement: aMatch(keyOf('3'), { entry }, { state: 'rejected' }) })
      await judge('4', { judgement: aMatch(keyOf('4'), { entry }), isTaken: false })
      await judge('5', { judgement: aMatch(keyOf('5'), { entry: keyOf('b', 'article') }) })
      const ids = async (address: string | null) => (await store.posts.translationsOf(entry, address)).map(post => post.entry.entry.id)
      expect(await ids('a.example/1')).toEqual(['1', '2'])
      expect(await ids(null)).toEqual(['1'])
    })
  })
