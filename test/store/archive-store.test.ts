import { beforeEach, describe, expect, it } from 'vitest'
import type { EntryKey, Slug, SourceId } from '../../src/domain/identifiers.ts'
import { DAY } from '../../src/domain/time.ts'
import type { Store } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { DATABASES } from './databases.ts'
import { anIncoming, BLOG, NOW, poll } from './samples.ts'

const SLUG = '外交' as Slug
const keyOf = (id: string): EntryKey => anIncoming(id).key

for (const database of DATABASES)
  describe(`archiveStore on ${database.name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await (await database.create())()
      atEnd(() => store[Symbol.asyncDispose]())
      await store.sources.sync([{ id: BLOG, address: 'https://blog.example/feed', host: 'blog.example', firstPollAt: NOW, hasPosts: true }])
    })
    const carry = (...ids: readonly string[]) => store.archives.keep(SLUG, new Map(ids.map(id => [keyOf(id), 0])))

    it('keeps a post in the archive it once came to', async () => {
      await carry('1', '2')
      await store.archives.keep(SLUG, new Map([[keyOf('1'), 3]]))
      await store.archives.keep(SLUG, new Map([[keyOf('1'), 5]]))
      await carry('1')
      expect((await store.archives.pages()).get(SLUG)).toEqual(
        new Map([
          [keyOf('1'), 3],
          [keyOf('2'), 0],
        ]),
      )
      expect((await store.archives.pages()).get('軍事' as Slug)).toBeUndefined()
    })

    it('gives a feed that has moved what was noted of it, once', async () => {
      const moved = 'diplomacy' as Slug
      await store.archives.keep(
        SLUG,
        new Map([
          [keyOf('1'), 3],
          [keyOf('2'), 0],
        ]),
      )
      await store.archives.keep(moved, new Map([[keyOf('2'), 1]]))
      for (let time = 0; time < 2; time++) {
        await store.archives.move(SLUG, moved)
        expect((await store.archives.pages()).get(moved)).toEqual(
          new Map([
            [keyOf('1'), 3],
            [keyOf('2'), 1],
          ]),
        )
        expect((await store.archives.pages()).get(SLUG)).toBeUndefined()
      }
    })

    it('tells of posts that feeds carried and their source has no more', async () => {
      await poll(store, [anIncoming('1'), anIncoming('2'), anIncoming('3')])
      await carry('1', '2')
      await poll(store, [anIncoming('2')], { isComplete: true, at: NOW + DAY })
      expect(await store.archives.withdrawn(NOW)).toEqual([{ slug: SLUG, key: keyOf('1'), id: '1', withdrawnAt: NOW + DAY }])
      expect(await store.archives.withdrawn(NOW + 2 * DAY)).toEqual([])
      await poll(store, [anIncoming('1'), anIncoming('2')], { isComplete: true, at: NOW + 2 * DAY })
      expect(await store.archives.withdrawn(NOW)).toEqual([])
    })

    it('does not take a post for gone that another source has', async () => {
      await poll(store, [anIncoming('1'), anIncoming('2')])
      await carry('1')
      await poll(store, [anIncoming('1', { key: 'elsewhere' as EntryKey })], { source: 'mirror' as SourceId })
      await poll(store, [anIncoming('2')], { isComplete: true, at: NOW + DAY })
      expect(await store.archives.withdrawn(NOW)).toEqual([])
    })
  })

for (const database of DATABASES)
  describe(`posts an operator takes out, on ${database.name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await (await database.create())()
      atEnd(() => store[Symbol.asyncDispose]())
      await store.sources.sync([{ id: BLOG, address: 'https://blog.example/feed', host: 'blog.example', firstPollAt: NOW, hasPosts: true }])
      await poll(store, [anIncoming('1'), anIncoming('2')])
    })
    const withdrawnBy = async (id: string) => (await store.entries.byKey(keyOf(id)))?.withdrawnBy
    const staleIds = async () => (await store.posts.stale('digest', [BLOG], 10)).map(({ entry }) => entry.id).toSorted()

    it('stay out when their source shows them again, even in other words', async () => {
      expect(await store.entries.withdraw([keyOf('1')], NOW + DAY)).toBe(1)
      await poll(store, [anIncoming('1'), anIncoming('2')], { isComplete: true })
      await poll(store, [anIncoming('1', { title: 'other words', entry: { title: { type: 'text', value: 'other words' } } })])
      expect((await store.entries.byKey(keyOf('1')))?.title).toBe('other words')
      expect([await withdrawnBy('1'), await withdrawnBy('2')]).toEqual(['operator', undefined])
      expect(await staleIds()).toEqual(['2'])
    })

    it('are counted once', async () => {
      await store.entries.withdraw([keyOf('1')], NOW + DAY)
      expect(await store.entries.withdraw([keyOf('1'), keyOf('none')], NOW + DAY)).toBe(0)
      expect(await store.entries.restore([keyOf('2')], NOW + DAY)).toBe(0)
    })

    it('come back when the operator wants them back', async () => {
      await store.entries.withdraw([keyOf('1')], NOW + DAY)
      const before = await store.publications.stateDigest()
      expect(await store.entries.restore([keyOf('1')], NOW + 2 * DAY)).toBe(1)
      expect(await store.publications.stateDigest()).not.toBe(before)
      expect(await withdrawnBy('1')).toBeUndefined()
      expect(await staleIds()).toEqual(['1', '2'])
    })

    it('stay out when the operator wants them back that their source has deleted, before or since', async () => {
      await store.entries.withdraw([keyOf('1')], NOW + DAY)
      await poll(store, [], { isComplete: true })
      await store.entries.withdraw([keyOf('2')], NOW + DAY)
      expect([await withdrawnBy('1'), await withdrawnBy('2')]).toEqual(['both', 'both'])
      expect(await store.entries.restore([keyOf('1'), keyOf('2')], NOW + 2 * DAY)).toBe(2)
      expect([await withdrawnBy('1'), await withdrawnBy('2'), await staleIds()]).toEqual(['source', 'source', []])
      await poll(store, [anIncoming('1')], { isComplete: true })
      expect(await staleIds()).toEqual(['1'])
    })

    it('come back that their source has again, when the operator wants them back', async () => {
      await store.entries.withdraw([keyOf('1')], NOW + DAY)
      await poll(store, [anIncoming('2')], { isComplete: true })
      await poll(store, [anIncoming('1'), anIncoming('2')], { isComplete: true })
      expect(await withdrawnBy('1')).toBe('operator')
      await store.entries.restore([keyOf('1')], NOW + 2 * DAY)
      expect(await staleIds()).toEqual(['1', '2'])
    })

    it('do not come back when it was their source that took them out', async () => {
      await poll(store, [anIncoming('2')], { isComplete: true })
      expect(await withdrawnBy('1')).toBe('source')
      expect(await store.entries.restore([keyOf('1')], NOW + DAY)).toBe(0)
    })
  })
