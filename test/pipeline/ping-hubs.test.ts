import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/domain/time.ts'
import type { PostOutcome } from '../../src/fetch/form-exchange.ts'
import { announcedHubs, toldHubs } from '../../src/pipeline/announced-hubs.ts'
import { pingHubs } from '../../src/pipeline/ping-hubs.ts'
import { openStore } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const [HUB, OTHER] = ['https://hub.example/', 'https://other.example/']
const ACCEPTED: PostOutcome = { kind: 'accepted', status: 204 }
const DOWN: PostOutcome = { kind: 'failed', reason: 'unreachable', detail: 'hub.example refused the connection.' }

/** Published feeds, and hubs that answer as a test says. */
async function aSite(hubs: readonly string[] = [HUB]) {
  const store = await openStore(':memory:')
  atEnd(() => store[Symbol.asyncDispose]())
  const asked: string[] = []
  let time = NOW
  let answer: (hub: string, topic: string) => PostOutcome | Promise<PostOutcome> = () => ACCEPTED
  const ping = (signal?: AbortSignal) =>
    pingHubs({
      ...{ store, hubs, site: { url: 'https://feeds.example.jp/' }, now: () => time },
      ...(signal === undefined ? {} : { signal }),
      post: async ({ url, form }) => {
        const topic = new URLSearchParams(form).get('hub.url') ?? ''
        asked.push(`${new URL(url).hostname} ${decodeURI(topic.replace('https://feeds.example.jp/feeds/', ''))}`)
        return answer(url, topic)
      },
    })
  return {
    store,
    asked,
    ping,
    publish: (path: string, byteDigest: string) => store.publications.record([{ path, inputDigest: '', byteDigest, entries: 1 }], time),
    wait: (ms: number) => {
      time += ms
    },
    answers: (next: typeof answer) => {
      answer = next
    },
  }
}

describe('pingHubs', () => {
  it('tells every hub of what has changed, once', async () => {
    const { asked, ping, publish, wait } = await aSite([HUB, OTHER])
    await publish('feeds/外交.atom', '1')
    expect((await ping()).map(({ result }) => result)).toEqual(['told', 'told'])
    wait(HOUR)
    expect([await ping(), asked]).toEqual([[], ['hub.example 外交.atom', 'other.example 外交.atom']])
    await publish('feeds/外交.atom', '2')
    await publish('labels/外交.html', '2')
    expect(await ping()).toHaveLength(2)
  })

  it('tells it no more than once a minute, and then as it is', async () => {
    const { asked, ping, publish, wait } = await aSite()
    for (const digest of ['1', '2', '3']) {
      await publish('feeds/a.atom', digest)
      await ping()
      wait(MINUTE / 3)
    }
    expect(asked).toHaveLength(1)
    await ping()
    expect(asked).toHaveLength(2)
    wait(HOUR)
    expect(await ping()).toEqual([])
  })

  it('tells again what a hub did not take, later and later, and what changed meanwhile only once', async () => {
    const { asked, ping, publish, wait, answers } = await aSite()
    await publish('feeds/a.atom', '1')
    answers(() => DOWN)
    expect(await ping()).toEqual([{ hub: HUB, path: 'feeds/a.atom', result: 'unreachable', detail: 'hub.example refused the connection.' }])
    await publish('feeds/a.atom', '2')
    await ping()
    expect(asked).toHaveLength(1)
    wait(MINUTE)
    await ping()
    wait(MINUTE)
    await ping()
    expect(asked).toHaveLength(2)
    answers(() => ACCEPTED)
    wait(MINUTE)
    expect((await ping()).map(({ result }) => result)).toEqual(['told'])
    wait(HOUR)
    expect(await ping()).toEqual([])
  })

  it('leaves a hub that is down alone with all it has for it', async () => {
    const { asked, ping, publish, wait, answers } = await aSite([HUB, OTHER])
    for (const slug of ['a', 'b', 'c']) await publish(`feeds/${slug}.atom`, '1')
    answers(hub => (hub === HUB ? DOWN : ACCEPTED))
    await ping()
    await ping()
    expect(asked.toSorted()).toEqual(['hub.example a.atom', 'other.example a.atom', 'other.example b.atom', 'other.example c.atom'])
    answers(() => ACCEPTED)
    wait(MINUTE)
    expect(await ping()).toHaveLength(3)
  })

  it('goes on to the next document where a hub will not have one', async () => {
    const { ping, publish, answers } = await aSite()
    for (const slug of ['a', 'b']) await publish(`feeds/${slug}.atom`, '1')
    answers((_, topic) => (topic.endsWith('/a.atom') ? { kind: 'failed', reason: 'client-error', detail: '' } : ACCEPTED))
    expect((await ping()).map(({ result }) => result)).toEqual(['client-error', 'told'])
  })

  it('does not tell what another process is telling at this moment', async () => {
    const { asked, ping, publish } = await aSite()
    await publish('feeds/a.atom', '1')
    await Promise.all([ping(), ping(), ping()])
    expect(asked).toHaveLength(1)
  })

  it('tells after a crash what it was telling, when it may have died', async () => {
    const { store, asked, ping, publish, wait, answers } = await aSite()
    await publish('feeds/a.atom', '1')
    answers(() => Promise.reject(new Error('killed')))
    await expect(ping()).rejects.toThrow('killed')
    answers(() => ACCEPTED)
    expect(await ping()).toEqual([])
    wait(2 * MINUTE)
    expect(await ping()).toHaveLength(1)
    expect([asked.length, (await store.hub.pings())[0]?.digest]).toEqual([2, '1'])
  })

  it('makes nothing of what is called off', async () => {
    const { store, ping, publish, answers } = await aSite()
    await publish('feeds/a.atom', '1')
    answers(() => ({ kind: 'failed', reason: 'interrupted', detail: '' }))
    await ping()
    expect(await store.hub.pings()).toMatchObject([{ failures: 0, nextPingAt: NOW }])
    expect(await ping(AbortSignal.abort())).toEqual([])
  })

  it('forgets feeds that are no more', async () => {
    const { store, ping, publish } = await aSite()
    await publish('feeds/a.atom', '1')
    await ping()
    await store.publications.forget(['feeds/a.atom'])
    await ping()
    expect(await store.hub.pings()).toEqual([])
  })
})

describe('the hubs that feeds name', () => {
  const config = (url: string, isHub: boolean, hubs: readonly string[] = [HUB], allowHosts: readonly string[] = []) => ({
    ...{ site: { url }, websub: { hubs, isHub }, polling: { allowHosts } },
  })

  it('are those of others where they can fetch a feed, and our own where there is one', () => {
    expect(announcedHubs(config('https://feeds.example.jp/k/', true))).toEqual(['https://feeds.example.jp/k/hub', HUB])
    expect(announcedHubs(config('https://feeds.example.jp/', false))).toEqual([HUB])
    expect(announcedHubs(config('http://localhost:8080/', true))).toEqual(['http://localhost:8080/hub'])
    expect(announcedHubs(config('http://localhost:8080/', false, [HUB], ['localhost']))).toEqual([HUB])
  })

  it('do not tell themselves', () =>
    expect(toldHubs(config('https://feeds.example.jp/', true, ['https://feeds.example.jp/hub']))).toEqual([]))
})
