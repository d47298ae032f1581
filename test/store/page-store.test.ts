import { beforeEach, describe, expect, it } from 'vitest'
import type { Judgement } from '../../src/domain/match.ts'
import { DAY } from '../../src/domain/time.ts'
import { translationsAmong } from '../../src/pipeline/coverage.ts'
import type { Store } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { DATABASES } from './databases.ts'
import { aMatch, anIncoming, aPost, NOW, noMatch, OUTLET_FEED, poll, TNI } from './samples.ts'

const POST = anIncoming('post')
const ARTICLE = anIncoming('article', { role: 'article', entry: { published: NOW - 3 * DAY } })

for (const database of DATABASES)
  describe(`pageStore on ${database.name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await (await database.create())()
      atEnd(() => store[Symbol.asyncDispose]())
      await poll(store, [POST])
      await poll(store, [ARTICLE], { source: OUTLET_FEED })
    })

    const judge = async (judgement: Judgement, changes: { readonly isTaken?: boolean; readonly published?: number } = {}) => {
      const entry = await store.entries.byKey(POST.key)
      if (entry === undefined) throw new Error('the post was not stored')
      const post = aPost(entry, { labels: ['露', '米'], published: changes.published ?? NOW })
      await store.posts.save([{ entry, post, judgement, isTaken: changes.isTaken ?? true }], 'config', NOW)
    }

    describe('catalogue', () => {
      it('lists what is published, with labels and whether the original is known', async () => {
        await judge(noMatch(POST.key))
        const [bare] = await store.pages.catalogue()
        expect(bare).toMatchObject({ key: POST.key, published: NOW, match: 'none', outlets: [] })
        expect(bare?.labels.toSorted()).toEqual(['米', '露'])
        await judge(aMatch(POST.key, { entry: ARTICLE.key, outlet: TNI }))
        expect((await store.pages.catalogue())[0]).toMatchObject({ match: 'accepted', outlets: [TNI] })
        await judge(aMatch(POST.key, { entry: ARTICLE.key, outlet: TNI }, { state: 'proposed' }))
        expect((await store.pages.catalogue())[0]).toMatchObject({ match: 'proposed', outlets: [] })
      })

      it('leaves out posts that are not taken', async () => {
        await judge(noMatch(POST.key))
        expect(await store.pages.catalogue()).toHaveLength(1)
        await judge(noMatch(POST.key), { isTaken: false })
        expect(await store.pages.catalogue()).toEqual([])
      })

      it('stamps a post anew when the post, its judgement or its original changes, and only then', async () => {
        const stamp = async () => (await store.pages.catalogue())[0]?.stamp
        const match = aMatch(POST.key, { entry: ARTICLE.key, outlet: TNI })
        await judge(match)
        const stamps = [await stamp()]
        await judge(match)
        await poll(store, [POST])
        await poll(store, [ARTICLE], { source: OUTLET_FEED })
        expect(await stamp()).toBe(stamps[0])
        await poll(store, [anIncoming('article', { role: 'article', title: 'New' })], { source: OUTLET_FEED })
        stamps.push(await stamp())
        await judge(noMatch(POST.key))
        stamps.push(await stamp())
        await poll(store, [anIncoming('post', { entry: { rights: { type: 'text', value: '©' } } })])
        await judge(noMatch(POST.key))
        stamps.push(await stamp())
        expect(new Set(stamps).size).toBe(4)
      })
    })

    describe('translations', () => {
      it('gives outlet and times of an accepted match', async () => {
        await judge(aMatch(POST.key, { entry: ARTICLE.key, outlet: TNI }))
        expect(translationsAmong(await store.pages.catalogue())).toEqual([
          { outlet: TNI, article: ARTICLE.key, articlePublished: NOW - 3 * DAY, postPublished: NOW },
        ])
      })

      it('knows the outlet of an article that no feed has shown', async () => {
        await judge(aMatch(POST.key, { outlet: TNI, url: 'https://nationalinterest.example/a' }))
        expect(translationsAmong(await store.pages.catalogue())).toEqual([
          { outlet: TNI, article: null, articlePublished: null, postPublished: NOW },
        ])
      })

      it('counts neither proposals, nor originals of no outlet, nor posts that are not taken', async () => {
        await judge(aMatch(POST.key, { entry: ARTICLE.key, outlet: TNI }, { state: 'proposed' }))
        expect(translationsAmong(await store.pages.catalogue())).toEqual([])
        await judge(aMatch(POST.key, { url: 'https://a.example/' }))
        expect(translationsAmong(await store.pages.catalogue())).toEqual([])
        await judge(aMatch(POST.key, { entry: ARTICLE.key, outlet: TNI }), { isTaken: false })
        expect(translationsAmong(await store.pages.catalogue())).toEqual([])
      })
    })

    it('counts the articles of each outlet', async () => {
      await poll(store, [anIncoming('another', { role: 'article' })], { source: OUTLET_FEED })
      expect([...(await store.pages.articleCounts())]).toEqual([[TNI, 2]])
    })
  })
