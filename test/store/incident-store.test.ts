import { beforeEach, describe, expect, it } from 'vitest'
import type { Incident } from '../../src/domain/incident.ts'
import type { Store } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { DATABASES } from './databases.ts'

function anIncident(key: string, openedAt: number, changes: Partial<Incident> = {}): Incident {
  return {
    key,
    kind: 'source-failing',
    subject: key,
    cause: 'gone',
    detail: '410',
    openedAt,
    changedAt: openedAt,
    closedAt: null,
    ...changes,
  }
}

for (const database of DATABASES)
  describe(`incidentStore on ${database.name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await (await database.create())()
      atEnd(() => store[Symbol.asyncDispose]())
    })

    it('gives what lasts oldest first, and all by their newest change', async () => {
      const [old, young, over] = [anIncident('a', 1), anIncident('b', 2), anIncident('c', 0, { changedAt: 9, closedAt: 9 })]
      await store.incidents.save([young, over, old])
      expect(await store.incidents.open()).toEqual([old, young])
      expect(await store.incidents.newest(2)).toEqual([over, young])
    })

    it('keeps one incident as it was saved last', async () => {
      await store.incidents.save([anIncident('a', 1)])
      const closed = anIncident('a', 1, { changedAt: 5, closedAt: 5 })
      await store.incidents.save([closed])
      expect(await store.incidents.open()).toEqual([])
      expect(await store.incidents.newest(10)).toEqual([closed])
    })

    it('forgets what ended long ago, and nothing that lasts', async () => {
      await store.incidents.save([anIncident('lasts', 1), anIncident('old', 1, { closedAt: 2 }), anIncident('new', 1, { closedAt: 7 })])
      await store.incidents.prune(5)
      expect((await store.incidents.newest(10)).map(({ key }) => key).toSorted()).toEqual(['lasts', 'new'])
    })
  })
