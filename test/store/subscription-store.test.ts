import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { aSubscription, NOW } from '../websub/samples.ts'
import { DATABASES } from './databases.ts'
import { earlierState } from './earlier-state.ts'

for (const { name, create } of DATABASES)
  describe(`the subscriptions in ${name}`, () => {
    it('come back as they were kept, oldest first', async () => {
      const open = await create()
      const [first, second] = [
        aSubscription({ token: 'b', openedAt: 1, leaseUntil: null }),
        aSubscription({ token: 'a', openedAt: 2, lastNewsAt: NOW }),
      ]
      {
        await using store = await open()
        for (const subscription of [second, first]) await store.subscriptions.add(subscription)
      }
      await using store = await open()
      expect(await store.subscriptions.all()).toEqual([first, second])
      expect(await store.subscriptions.byToken('a')).toEqual(second)
      expect(await store.subscriptions.byToken('c')).toBeUndefined()
    })

    it('change as they are then, one after the other', async () => {
      await using store = await (await create())()
      await store.subscriptions.add(aSubscription())
      const count = () => store.subscriptions.change('token', known => ({ ...known, requests: known.requests + 1 }))
      await Promise.all(Array.from({ length: 20 }, count))
      expect(await store.subscriptions.byToken('token')).toEqual(aSubscription({ requests: 20 }))
      await store.subscriptions.remove('token')
      expect([await count(), await store.subscriptions.all()]).toEqual([undefined, []])
    })

    it('know what feeds announce, until they announce it no more', async () => {
      await using store = await (await create())()
      const { announce, announcements } = store.subscriptions
      await announce('https://a.example/', { hubs: ['https://hub.example/', 'https://b.example/'], topic: 'x' })
      await announce('https://b.example/', undefined)
      for (const topic of ['y', 'y', 'z']) await announce('https://c.example/', { hubs: ['https://hub.example/'], topic })
      expect(await announcements()).toEqual(
        new Map([
          ['https://a.example/', { hubs: ['https://hub.example/', 'https://b.example/'], topic: 'x' }],
          ['https://c.example/', { hubs: ['https://hub.example/'], topic: 'z' }],
        ]),
      )
      await announce('https://a.example/', undefined)
      expect([...(await announcements()).keys()]).toEqual(['https://c.example/'])
    })
  })

describe('a state file from before there were subscriptions', () => {
  it('gets a place for them, and keeps what it has', async () => {
    const file = join(await temporaryFolder(), 'store.db')
    await earlierState(file, '2026-11-22-leaner-entries', db =>
      db.insertInto('notices').values({ name: 'daemon', document: '{"pid":1}', at: NOW }).execute(),
    )
    await using store = await openStore(file)
    await store.subscriptions.add(aSubscription())
    expect([(await store.subscriptions.all()).length, (await store.notices.get('daemon'))?.document]).toEqual([1, { pid: 1 }])
  })
})
