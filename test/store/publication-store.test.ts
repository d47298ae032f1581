import { beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import type { Store } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { DATABASES } from './databases.ts'
import { aMatch, anIncoming, aPost, NOW, noMatch, poll } from './samples.ts'

for (const database of DATABASES)
  describe(`publicationStore on ${database.name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await (await database.create())()
      atEnd(() => store[Symbol.asyncDispose]())
    })

    it('remembers what was published last, and forgets what was withdrawn', async () => {
      const first = { path: 'feeds/米.atom', inputDigest: 'i', byteDigest: 'b', entries: 3 }
      const second = { ...first, path: 'feeds/米.rss' }
      await store.publications.record([first, second], NOW)
      await store.publications.record([{ ...first, entries: 4 }], NOW)
      await store.publications.forget([second.path, 'nothing'])
      expect([...(await store.publications.all()).values()]).toEqual([{ ...first, entries: 4 }])
    })

    it('keeps sanitised HTML by digest; the first stays', async () => {
      await store.publications.keepSanitized(new Map([['d', '<p>一']]))
      await store.publications.keepSanitized(
        new Map([
          ['d', '<p>二'],
          ['e', ''],
        ]),
      )
      expect([...(await store.publications.sanitized(['d', 'e', 'f']))]).toEqual([
        ['d', '<p>一'],
        ['e', ''],
      ])
    })

    describe('stateDigest', () => {
      const judge = async (judgement: 'match' | 'none', at: number, isTaken = true, under = 'config') => {
        const entry = await store.entries.byKey(anIncoming('1').key)
        if (entry === undefined) throw new Error('the post was not stored')
        const made = judgement === 'none' ? noMatch(entry.key) : aMatch(entry.key, { url: 'https://a.example/1' })
        await store.posts.save([{ entry, post: aPost(entry), judgement: made, isTaken }], under, at)
      }
      const changes: readonly [name: string, change: () => Promise<unknown>, isVisible: boolean][] = [
        [
          'stays when the same is polled and judged again',
          async () => [await poll(store, [anIncoming('1')]), await judge('none', NOW + DAY)],
          false,
        ],
        ['changes with a new entry', () => poll(store, [anIncoming('2', { role: 'article' })]), true],
        [
          'changes with an edit, though the clock went back',
          () =>
            poll(store, [anIncoming('1', { entry: { language: 'en', id: '1', rights: { type: 'text', value: '©' } } })], { at: NOW - DAY }),
          true,
        ],
        ['changes with a judgement, though the clock went back', () => judge('match', NOW - DAY), true],
        ['changes when a post is not taken any more', () => judge('none', NOW, false), true],
        ['changes when posts are read anew under another config', () => judge('none', NOW, true, 'other config'), true],
        ['changes when a source is gone', () => store.posts.dropOtherSources([]), true],
      ]
      for (const [name, change, isVisible] of changes)
        it(name, async () => {
          await poll(store, [anIncoming('1')])
          await judge('none', NOW)
          const before = await store.publications.stateDigest()
          await change()
          expect((await store.publications.stateDigest()) !== before).toBe(isVisible)
        })
    })
  })

for (const database of DATABASES)
  describe(`noticeStore on ${database.name}`, () => {
    it('keeps one document under a name until it is removed', async () => {
      await using store = await (await database.create())()
      await store.notices.put('daemon', { pid: 7, sources: ['ブログ'] }, NOW)
      await store.notices.put('daemon', [null], NOW + 1)
      expect(await store.notices.get('daemon')).toEqual({ document: [null], at: NOW + 1 })
      await store.notices.remove('daemon')
      expect(await store.notices.get('daemon')).toBeUndefined()
    })
  })
