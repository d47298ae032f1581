import { describe, expect, it } from 'vitest'
import { untoldYet } from '../../src/websub/ping-transitions.ts'
import { requesting } from '../../src/websub/subscriber-transitions.ts'
import { aPing, aSubscriber, NOW } from '../websub/samples.ts'
import { DATABASES } from './databases.ts'

const REQUEST = { mode: 'subscribe', topic: 't', callback: 'https://reader.example:8443/', secret: null } as const

for (const { name, create } of DATABASES)
  describe(`the subscribers in ${name}`, () => {
    it('come back as they were kept', async () => {
      const open = await create()
      const asking = requesting(undefined, REQUEST, { path: 'feeds/all.atom', digest: 'd', challenge: 'c' }, NOW)
      {
        await using store = await open()
        for (const one of [aSubscriber(), asking]) await store.hub.changeSubscriber(one.key, () => one)
      }
      await using store = await open()
      expect(await store.hub.subscriber('key')).toEqual(aSubscriber())
      expect(new Set(await store.hub.subscribers())).toEqual(new Set([aSubscriber(), asking]))
    })

    it('change as they are then, one after the other, and go', async () => {
      await using store = await (await create())()
      const count = () =>
        store.hub.changeSubscriber('key', known => ({ ...(known ?? aSubscriber()), failures: (known?.failures ?? 0) + 1 }))
      await Promise.all(Array.from({ length: 20 }, count))
      expect(await store.hub.subscriber('key')).toEqual(aSubscriber({ failures: 20 }))
      expect(await store.hub.changeSubscriber('key', () => undefined)).toBeUndefined()
      expect(await store.hub.subscribers()).toEqual([])
      expect(await store.hub.changeSubscriber('other', () => undefined)).toBeUndefined()
    })

    it('are counted over all and by host, on whatever port, those that wait apart', async () => {
      await using store = await (await create())()
      const callbacks = ['https://a.example/1', 'https://a.example:8443/1', 'https://b.example/1']
      for (const callback of callbacks) await store.hub.changeSubscriber(callback, () => aSubscriber({ key: callback, callback }))
      const waits = [
        aSubscriber({ key: 'newer', leaseUntil: null, nextDeliveryAt: NOW, callback: 'https://a.example/2' }),
        aSubscriber({ key: 'older', leaseUntil: NOW, nextDeliveryAt: NOW - 1, callback: 'https://b.example:8443/2' }),
      ]
      for (const one of waits) await store.hub.changeSubscriber(one.key, () => one)
      expect(await store.hub.counts('a.example', NOW)).toEqual({ all: 3, atHost: 2 })
      expect(await store.hub.waiting(NOW)).toEqual([
        { key: 'older', host: 'b.example' },
        { key: 'newer', host: 'a.example' },
      ])
    })

    it('are settled with the count of that moment', async () => {
      await using store = await (await create())()
      const keys = Array.from({ length: 10 }, (_, index) => `key-${index}`)
      for (const key of keys) await store.hub.changeSubscriber(key, () => aSubscriber({ key, leaseUntil: null }))
      const settle = (key: string) =>
        store.hub.settleSubscriber(key, (known, { all }) => (all < 3 ? { ...known, leaseUntil: NOW + 1 } : undefined), NOW)
      expect((await Promise.all(keys.map(settle))).filter(one => one !== undefined)).toHaveLength(3)
      expect(await store.hub.subscribers()).toHaveLength(3)
      expect(await settle('unknown')).toBeUndefined()
    })
  })

for (const { name, create } of DATABASES)
  describe(`what hubs have been told in ${name}`, () => {
    it('comes back as it was kept, hub by hub and document by document', async () => {
      await using store = await (await create())()
      const pings = [aPing(), aPing({ hub: 'https://b.example/' }), untoldYet('https://b.example/', 'feeds/b.atom')]
      for (const ping of pings) await store.hub.changePing(ping, () => ping)
      await store.hub.changePing(aPing(), known => known && { ...known, failures: 3 })
      expect(new Set(await store.hub.pings())).toEqual(new Set([aPing({ failures: 3 }), ...pings.slice(1)]))
      for (const ping of pings) await store.hub.changePing(ping, () => undefined)
      expect(await store.hub.pings()).toEqual([])
    })

    it('is compared with the documents of feeds alone', async () => {
      await using store = await (await create())()
      const paths = [
        'feeds/外交.atom',
        'feeds/a.rss',
        'feeds/a.json',
        'feeds/a/archive-1.atom',
        'feeds.opml',
        'labels/a.html',
        'feeds0.atom',
      ]
      const publications = paths.map(path => ({ path, inputDigest: 'i', byteDigest: `of ${path}`, entries: 1 }))
      await store.publications.record(publications, NOW)
      expect([...(await store.hub.digests())].sort()).toEqual(
        ['feeds/a.json', 'feeds/a.rss', 'feeds/外交.atom'].map(path => [path, `of ${path}`]),
      )
      expect(await store.hub.digest('feeds/外交.atom')).toBe('of feeds/外交.atom')
      expect([await store.hub.digest('feeds/b.atom'), await store.hub.digest('labels/a.html')]).toEqual([undefined, undefined])
    })
  })
