import { beforeEach, describe, expect, it } from 'vitest'
import type { SourceId } from '../../src/domain/identifiers.ts'
import { HOUR, MINUTE } from '../../src/domain/time.ts'
import type { ScheduledSource } from '../../src/store/source-store.ts'
import type { Store } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { DATABASES } from './databases.ts'
import { aState, NOW } from './samples.ts'

const [a, b, c] = ['a', 'b', 'c'] as unknown as [SourceId, SourceId, SourceId]

function scheduled(id: SourceId, changes: Partial<ScheduledSource> = {}): ScheduledSource {
  return { id, address: `https://${id}.example/feed`, host: `${id}.example`, firstPollAt: NOW, hasPosts: false, ...changes }
}

for (const database of DATABASES)
  describe(`sourceStore on ${database.name}`, () => {
    let store: Store
    let open: () => Promise<Store>
    beforeEach(async () => {
      open = await database.create()
      store = await open()
      atEnd(() => store[Symbol.asyncDispose]())
    })
    const due = async (at: number, limit?: number) => {
      const claim = { ids: [a, b, c], leaseUntil: at + MINUTE, dueAt: at, ...(limit === undefined ? {} : { limit }) }
      return [...(await store.sources.claim(claim)).keys()]
    }

    it('makes a new source due when it is told to', async () => {
      await store.sources.sync([scheduled(a, { firstPollAt: NOW + 5 })])
      expect((await store.sources.states([a, b])).get(a)).toEqual({
        ...aState({ nextPollAt: NOW + 5, validators: {}, lastPollAt: null, lastSuccessAt: null, lastChangeAt: null }),
        ...{ lastResult: null, bodyDigest: null, address: 'https://a.example/feed' },
      })
    })

    it('gives a state back as it was saved', async () => {
      await store.sources.sync([scheduled(a)])
      const state = aState({ address: 'https://a.example/feed', resumeAt: 26, failures: 3, lastResult: 'timeout', lastDetail: '15 秒' })
      await store.sources.save(a, state)
      expect((await store.sources.states([a])).get(a)).toEqual(state)
    })

    it('keeps the state of a source that is polled where it was', async () => {
      await store.sources.sync([scheduled(a)])
      await store.sources.save(a, aState({ address: 'https://a.example/feed' }))
      await store.sources.sync([scheduled(a, { firstPollAt: 1 }), scheduled(b)])
      expect((await store.sources.states([a])).get(a)).toEqual(aState({ address: 'https://a.example/feed' }))
    })

    it('starts afresh, without validators, when the address changes', async () => {
      await store.sources.sync([scheduled(a)])
      await store.sources.save(a, aState({ failures: 9, resumeAt: 51, lastDetail: 'gone' }))
      await store.sources.sync([scheduled(a, { address: 'https://new.example/feed', firstPollAt: NOW + 7 })])
      expect((await store.sources.states([a])).get(a)).toMatchObject({
        ...{ address: 'https://new.example/feed', nextPollAt: NOW + 7, validators: {}, failures: 0, bodyDigest: null, resumeAt: null },
        ...{ lastDetail: '', lastSuccessAt: null },
      })
    })

    it('claims what is due, most overdue first, and no more than asked', async () => {
      const at = [NOW, NOW - 2, NOW + 1]
      await store.sources.sync([a, b, c].map((id, index) => scheduled(id, { firstPollAt: at[index] ?? 0 })))
      expect(await due(NOW, 1)).toEqual([b])
      expect(await due(NOW)).toEqual([a])
      expect(await due(NOW)).toEqual([])
      expect(await due(NOW + 1)).toEqual([c])
    })

    it('keeps the limit over more sources than fit into one statement', async () => {
      const ids = Array.from({ length: 1_201 }, (_, index) => `s${String(index).padStart(4, '0')}` as SourceId)
      await store.sources.sync(ids.map((id, index) => scheduled(id, { firstPollAt: NOW - index })))
      const claimed = await store.sources.claim({ ids, leaseUntil: NOW + 1, dueAt: NOW, limit: 3 })
      expect([...claimed.keys()]).toEqual(ids.slice(-3).toReversed())
    })

    it('amends what is on record as polled or due too late, and nothing else', async () => {
      await store.sources.sync([a, b, c].map(id => scheduled(id)))
      await store.sources.save(a, aState({ lastPollAt: NOW + 1, nextPollAt: NOW }))
      await store.sources.save(b, aState({ lastPollAt: NOW, nextPollAt: NOW + HOUR + 1 }))
      await store.sources.save(c, aState({ lastPollAt: NOW, nextPollAt: NOW + HOUR }))
      const seen = new Set<SourceId>()
      await store.sources.amend({ polledAfter: NOW, dueAfter: NOW + HOUR }, (id, state) => {
        seen.add(id)
        return id === b ? { ...state, nextPollAt: NOW - 1 } : undefined
      })
      const states = await store.sources.states([a, b, c])
      expect([...seen].toSorted()).toEqual([a, b])
      expect([a, b, c].map(id => states.get(id)?.nextPollAt)).toEqual([NOW, NOW - 1, NOW + HOUR])
    })

    it('gives a source back when its lease has run out', async () => {
      await store.sources.sync([scheduled(a)])
      expect(await due(NOW)).toEqual([a])
      expect(await due(NOW + MINUTE - 1)).toEqual([])
      expect(await due(NOW + MINUTE)).toEqual([a])
    })

    it('keeps a renewed claim', async () => {
      await store.sources.sync([scheduled(a)])
      await due(NOW)
      await store.sources.renew(a, NOW + HOUR)
      expect(await due(NOW + MINUTE)).toEqual([])
    })

    it('claims all it is asked for when nothing must be due, and leaves unknown ones out', async () => {
      await store.sources.sync([scheduled(a, { firstPollAt: NOW + HOUR })])
      const claimed = await store.sources.claim({ ids: [a, 'nobody' as SourceId], leaseUntil: NOW + MINUTE })
      expect([...claimed]).toMatchObject([[a, { nextPollAt: NOW + MINUTE }]])
    })

    it('never gives one source to two workers', async () => {
      await using other = await open()
      const ids = Array.from({ length: 40 }, (_, index) => `s${index}` as SourceId)
      await store.sources.sync(ids.map(id => scheduled(id)))
      const claims = [store, other, store, other, store, other].map(worker =>
        worker.sources.claim({ ids, leaseUntil: NOW + MINUTE, dueAt: NOW, limit: 9 }),
      )
      const claimed = (await Promise.all(claims)).flatMap(claim => [...claim.keys()])
      expect(new Set(claimed).size).toBe(claimed.length)
      expect(claimed.length).toBeGreaterThanOrEqual(9)
    })

    it('puts off every source of a host, and never brings one forward', async () => {
      await store.sources.sync([scheduled(a), scheduled(b, { host: 'a.example', firstPollAt: NOW + 2 * HOUR }), scheduled(c)])
      await store.sources.deferHost('a.example', NOW + HOUR)
      const states = await store.sources.states([a, b, c])
      expect([a, b, c].map(id => states.get(id)?.nextPollAt)).toEqual([NOW + HOUR, NOW + 2 * HOUR, NOW])
    })
  })
