import { beforeEach, describe, expect, it } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { EntryKey, OutletId, SourceId } from '../../src/domain/identifiers.ts'
import { DAY, HOUR, SECOND } from '../../src/domain/time.ts'
import type { Store } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { DATABASES } from './databases.ts'
import { aFeed, aMatch, anIncoming, aPost, aState, BLOG, NOW, OUTLET_FEED, poll, TNI } from './samples.ts'

for (const database of DATABASES)
  describe(`entryStore on ${database.name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await (await database.create())()
      atEnd(() => store[Symbol.asyncDispose]())
      await store.sources.sync([{ id: BLOG, address: 'https://blog.example/feed', host: 'blog.example', firstPollAt: NOW, hasPosts: true }])
    })
    const get = async (id: string, role: 'post' | 'article' = 'post') => store.entries.byKey(anIncoming(id, { role }).key)
    const newestChange = async () => (await store.entries.articleChanges(0))?.newestChange ?? 0

    it('keeps an entry as it came, beside what its feed said of itself', async () => {
      const facts = { comment: '訳者より', stated: { url: 'https://a.example/1', where: 'front matter "url"' } }
      const incoming = anIncoming('1', { facts, entry: { url: 'https://blog.example/1', published: NOW - DAY, updated: NOW - HOUR } })
      expect(await poll(store, [incoming])).toEqual({ added: 1, changed: 0 })
      const { titleKey: _, ...kept } = incoming
      expect(await get('1')).toEqual({
        ...{ ...kept, source: BLOG, feed: aFeed(), published: NOW - DAY, updated: NOW - HOUR, firstSeen: NOW },
        contentDigest: expect.any(String),
        plainText: '',
      })
    })

    it('stores entries and the state of their source together, the state knowing what was new', async () => {
      const seen: unknown[] = []
      const state = (saved: unknown) => {
        seen.push(saved)
        return aState({ lastDetail: '2 left out' })
      }
      await poll(store, [anIncoming('1'), anIncoming('2')], { state })
      expect(seen).toEqual([{ added: 2, changed: 0 }])
      expect((await store.sources.states([BLOG])).get(BLOG)?.lastDetail).toBe('2 left out')
    })

    it('stores neither when one cannot be stored', async () => {
      const fail = () => {
        throw new Error('no state')
      }
      await expect(poll(store, [anIncoming('1')], { state: fail })).rejects.toThrow('no state')
      expect(await get('1')).toBeUndefined()
    })

    it('changes nothing when the same poll comes again', async () => {
      await poll(store, [anIncoming('1', { role: 'article' })])
      const [before, change] = [await get('1', 'article'), await newestChange()]
      const again = await poll(store, [anIncoming('1', { role: 'article' })], { at: NOW + HOUR, feed: aFeed({ updated: NOW }) })
      expect(again).toEqual({ added: 0, changed: 0 })
      expect([await get('1', 'article'), await newestChange()]).toEqual([before, change])
    })

    it('takes a moved "updated" alone for no change', async () => {
      await poll(store, [anIncoming('1', { entry: { updated: NOW - HOUR } })])
      expect(await poll(store, [anIncoming('1', { entry: { updated: NOW } })])).toEqual({ added: 0, changed: 0 })
    })

    it('takes new words and what the feed says now, and remembers when the entry was first seen', async () => {
      await poll(store, [anIncoming('1')])
      const saved = await poll(store, [anIncoming('1', { entry: { content: { type: 'html', value: '<p>改稿' } } })], {
        ...{ at: NOW + HOUR, feed: aFeed({ title: { type: 'text', value: '新しい題' } }) },
      })
      expect(saved).toEqual({ added: 0, changed: 1 })
      expect(await get('1')).toMatchObject({ firstSeen: NOW, feed: { title: { value: '新しい題' } } })
    })

    it('keeps one of two entries whose ids differ by scheme alone, the upper one', async () => {
      const { key } = anIncoming('https://a.example/1')
      const lower = anIncoming('http://a.example/1', { title: 'lower' })
      expect(lower.key).toBe(key)
      expect(await poll(store, [anIncoming('https://a.example/1', { title: 'upper' }), lower])).toEqual({ added: 1, changed: 0 })
      expect((await store.entries.byKey(key))?.title).toBe('upper')
    })

    it('keeps the id of an entry as it was first spelled', async () => {
      const spelled = (scheme: string, html: string) =>
        anIncoming(`${scheme}://a.example/1`, { entry: { title: { type: 'text', value: '題' }, content: { type: 'html', value: html } } })
      await poll(store, [spelled('http', '<p>初稿')])
      expect(await poll(store, [spelled('https', '<p>初稿')])).toEqual({ added: 0, changed: 0 })
      expect(await poll(store, [spelled('https', '<p>改稿')])).toEqual({ added: 0, changed: 1 })
      const stored = await store.entries.byKey(spelled('https', '').key)
      expect(stored?.entry).toMatchObject({ id: 'http://a.example/1', content: { value: '<p>改稿' } })
    })

    it('loses nothing when a feed gets shorter', async () => {
      await poll(store, [anIncoming('1'), anIncoming('2')])
      await poll(store, [])
      expect(await store.entries.counts()).toEqual({ articles: 0, posts: 2 })
    })

    const dates: readonly [
      name: string,
      entry: { published?: number; updated?: number },
      expected: { published: number; updated: number },
    ][] = [
      ['dates an entry without dates by when it was first seen', {}, { published: NOW, updated: NOW }],
      ['takes "updated" for a missing "published"', { updated: NOW - DAY }, { published: NOW - DAY, updated: NOW - DAY }],
      ['takes "published" for a missing "updated"', { published: NOW - DAY }, { published: NOW - DAY, updated: NOW - DAY }],
      [
        'never lets "updated" lie before "published"',
        { published: NOW - HOUR, updated: NOW - DAY },
        { published: NOW - HOUR, updated: NOW - HOUR },
      ],
      ['keeps a date some hours ahead', { published: NOW + 9 * HOUR }, { published: NOW + 9 * HOUR, updated: NOW + 9 * HOUR }],
      ['clamps a date in the far future', { published: NOW + 3650 * DAY, updated: NOW + 3650 * DAY }, { published: NOW, updated: NOW }],
    ]
    for (const [name, entry, expected] of dates)
      it(name, async () => {
        await poll(store, [anIncoming('1', { entry })])
        expect(await get('1')).toMatchObject(expected)
      })

    it('dates an edit of the words from when it is seen, where the publisher does not date it', async () => {
      await poll(store, [anIncoming('1')])
      await poll(store, [anIncoming('1', { entry: { content: { type: 'html', value: 'rewritten' } } })], {
        at: NOW + DAY,
      })
      expect((await get('1'))?.updated).toBe(NOW + DAY)
    })

    it('does not date an edit of the markup', async () => {
      const content = (value: string) => ({ entry: { content: { type: 'html', value } } }) as const
      await poll(store, [anIncoming('1', content('<p>text of 1</p>'))])
      await poll(store, [anIncoming('1', content('<div>text of 1'))], { at: NOW + DAY })
      expect((await get('1'))?.updated).toBe(NOW)
    })

    it('takes the publisher’s date of an edit', async () => {
      await poll(store, [anIncoming('1')])
      await poll(store, [anIncoming('1', { entry: { updated: NOW + HOUR, rights: { type: 'text', value: '©' } } })], {
        at: NOW + DAY,
      })
      expect((await get('1'))?.updated).toBe(NOW + HOUR)
    })

    it('leaves an entry to the active source that brought it first', async () => {
      await poll(store, [anIncoming('1')])
      const edited = anIncoming('1', { title: 'edited', entry: { title: { type: 'text', value: 'edited' } } })
      expect(await poll(store, [edited], { source: OUTLET_FEED })).toEqual({ added: 0, changed: 0 })
      expect(await get('1')).toMatchObject({ source: BLOG, title: 'title of 1' })
    })

    it('moves an entry, changed or not, to another source when its own is gone', async () => {
      await poll(store, [anIncoming('1')])
      const renamed = 'renamed' as SourceId
      const saved = await poll(store, [anIncoming('1')], { source: renamed, activeSources: new Set([renamed]), at: NOW + DAY })
      expect(saved).toEqual({ added: 0, changed: 1 })
      expect(await get('1')).toMatchObject({ source: renamed, firstSeen: NOW, updated: NOW })
    })

    it('stamps every change later than the one before, though the clock goes back', async () => {
      await poll(store, [anIncoming('1', { role: 'article' })])
      const first = await newestChange()
      await poll(store, [anIncoming('2', { role: 'article' })], { at: NOW - DAY })
      const second = await newestChange()
      await poll(store, [anIncoming('3', { role: 'article' })], { at: NOW - DAY })
      expect(second).toBeGreaterThan(first)
      expect(await newestChange()).toBeGreaterThan(second)
    })

    it('dates what it sees by the clock, though an earlier clock ran ahead', async () => {
      await poll(store, [anIncoming('1')], { at: NOW + 3650 * DAY })
      await poll(store, [anIncoming('2')], { at: NOW })
      expect(await get('2')).toMatchObject({ firstSeen: NOW, published: NOW, updated: NOW })
    })

    it('tells which articles changed since, and how old the oldest is', async () => {
      await poll(store, [anIncoming('old', { role: 'article', entry: { published: NOW - 9 * DAY } })])
      await poll(store, [anIncoming('post')], { at: NOW + SECOND })
      const through = await newestChange()
      expect(await store.entries.articleChanges(through + 1)).toBeUndefined()
      await poll(store, [anIncoming('new', { role: 'article', entry: { published: NOW - DAY } })], { at: NOW + HOUR })
      expect(await store.entries.articleChanges(through + 1)).toEqual({ newestChange: NOW + HOUR, oldestPublished: NOW - DAY })
    })

    it('finds entries by key, id, page and address', async () => {
      const page = 'https://tni.example/1?utm_source=x'
      await poll(store, [anIncoming('id-1', { role: 'article', address: 'tni.example/1', entry: { url: page } }), anIncoming('2')])
      const { key } = anIncoming('id-1', { role: 'article' })
      const found = await Promise.all(
        [key, 'id-1', page, 'tni.example/1'].map(async text => (await store.entries.find(text, undefined)).map(entry => entry.key)),
      )
      expect(found).toEqual([[key], [key], [key], [key]])
      expect(await store.entries.find('https://www.tni.example/1/', 'tni.example/1')).toHaveLength(1)
      expect(await store.entries.find('%', undefined)).toEqual([])
    })

    it('gives articles, never posts, by key, address and title', async () => {
      const article = anIncoming('a', {
        role: 'article',
        address: 'x.example/1',
        titleKey: 't',
        entry: { authors: [{ name: 'Jane Doe' }] },
      })
      await poll(store, [article, anIncoming('p', { address: 'x.example/1', titleKey: 't' })], { source: OUTLET_FEED })
      const expected = [
        { key: article.key, source: OUTLET_FEED, outlet: TNI, id: 'a', address: 'x.example/1', title: 'title of a', authors: ['Jane Doe'] },
      ]
      expect(await store.entries.articlesByKey([article.key, anIncoming('p').key, 'nothing' as EntryKey])).toMatchObject(expected)
      expect(await store.entries.articlesByAddress(['x.example/1', 'x.example/1'])).toMatchObject(expected)
      expect(await store.entries.articlesByTitleKey(['t'])).toMatchObject(expected)
      expect(await store.entries.articlesByAddress([])).toEqual([])
    })

    it('asks for more keys than fit into one statement', async () => {
      const articles = Array.from({ length: 1_050 }, (_, index) => anIncoming(`a${index}`, { role: 'article' }))
      await poll(store, articles)
      expect(await store.entries.articlesByKey(articles.map(({ key }) => key))).toHaveLength(1_050)
    })

    it('gives the articles of a span and of outlets, newest first, ends included', async () => {
      const at = (id: string, published: number, outlet: OutletId = TNI) =>
        anIncoming(id, { role: 'article', outlet, entry: { published } })
      await poll(store, [at('a', NOW - 3), at('b', NOW - 2, 'fp' as OutletId), at('c', NOW - 1), at('d', NOW)])
      const ids = async (outlets: readonly OutletId[], limit = 10) =>
        (await store.entries.articlesBetween({ from: NOW - 3, to: NOW - 1, outlets, limit })).map(({ id }) => id)
      expect(await ids([])).toEqual(['c', 'b', 'a'])
      expect(await ids([TNI])).toEqual(['c', 'a'])
      expect(await ids([], 1)).toEqual(['c'])
    })

    it('gives the articles of a span page by page, oldest first, whatever their number at one instant', async () => {
      const at = (id: string, published: number) => anIncoming(id, { role: 'article', entry: { published } })
      await poll(store, [
        at('before', NOW - 9),
        at('last', NOW - 1),
        ...['a', 'b', 'c', 'd', 'e'].map(id => at(id, NOW - 5)),
        at('after', NOW),
      ])
      const span = { from: NOW - 8, to: NOW - 1 }
      const next = (after?: Article) => store.entries.articlesFrom({ span, after, limit: 2 })
      const ids: string[] = []
      for (let page = await next(); page.length > 0; page = await next(page.at(-1))) ids.push(...page.map(({ id }) => id))
      expect(ids.slice(0, 5).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e'])
      expect(ids.slice(5)).toEqual(['last'])
    })

    it('gives the articles that changed behind a place, each as it is now, though many changed at once', async () => {
      const article = (id: string, value = 'text') => anIncoming(id, { role: 'article', entry: { content: { type: 'html', value } } })
      await poll(store, [article('old')])
      const start = { changedAt: await store.entries.newestChange(), key: '~' }
      await poll(
        store,
        ['a', 'b', 'c'].map(id => article(id)),
      )
      await poll(store, [anIncoming('post')])
      await poll(store, [article('a', 'edited')])
      const found: string[] = []
      let place = start
      for (
        let page = await store.entries.articlesChanged(place, 1);
        page.length > 0;
        page = await store.entries.articlesChanged(place, 1)
      ) {
        place = page[0] ?? place
        found.push(...page.map(({ article: { id, text } }) => `${id}: ${text}`))
      }
      expect(found.slice(0, 2).toSorted()).toEqual(['b: text', 'c: text'])
      expect(found.slice(2)).toEqual(['a: edited'])
      expect(await store.entries.newestChange()).toBe(place.changedAt)
    })

    it('lists the articles that no accepted match names', async () => {
      const at = (id: string, age: number) => anIncoming(id, { role: 'article', entry: { published: NOW - age } })
      const [taken, proposed, free] = [at('taken', 1), at('proposed', 2), at('free', 3)]
      await poll(store, [taken, proposed, free, anIncoming('p1'), anIncoming('p2')])
      const [p1, p2] = [await get('p1'), await get('p2')]
      if (p1 === undefined || p2 === undefined) throw new Error('the posts were not stored')
      const judged = [
        { entry: p1, post: aPost(p1), judgement: aMatch(p1.key, { entry: taken.key }), isTaken: true },
        { entry: p2, post: aPost(p2), judgement: aMatch(p2.key, { entry: proposed.key }, { state: 'proposed' }), isTaken: true },
      ]
      await store.posts.save(judged, 'd', NOW)
      expect((await store.entries.untranslated([], 10)).map(({ entry }) => entry.id)).toEqual(['proposed', 'free'])
      expect((await store.entries.untranslated([TNI], 1)).map(({ entry }) => entry.id)).toEqual(['proposed'])
      expect(await store.entries.untranslated(['fp' as OutletId], 10)).toEqual([])
    })
  })
