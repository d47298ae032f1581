import { describe, expect, it } from 'vitest'
import { DAY, HOUR, SECOND } from '../../src/domain/time.ts'
import { aPost, aSubscribedBlog, eventually, NOW, TOPIC } from './subscribed-blog.ts'

/** A blog whose hub has verified. */
async function aVerifiedBlog(settings: Parameters<typeof aSubscribedBlog>[0] = {}) {
  const subscribed = await aSubscribedBlog(settings)
  await eventually(async () => expect(await subscribed.subscription()).toMatchObject({ state: 'verified' }))
  return subscribed
}

describe('a service that runs', () => {
  it('subscribes where a feed names a hub, and confirms it to the hub', async () => {
    const { hub, subscription } = await aVerifiedBlog()
    expect(hub.requests).toEqual([
      {
        mode: 'subscribe',
        topic: TOPIC,
        callback: 'https://feeds.example.jp/websub/token-00000000000000000001',
        secret: 'token-00000000000000000002',
        leaseSeconds: 864_000,
      },
    ])
    expect(hub.subscribers.size).toBe(1)
    expect(await subscription()).toMatchObject({ leaseUntil: NOW + 10 * DAY, requests: 0 })
  })

  it('publishes a post that the hub delivers without asking the blog for it', async () => {
    const { origin, push, published, subscription, state } = await aVerifiedBlog()
    const before = await state()
    const polls = origin.requests.length
    expect((await published()).map(({ title }) => title)).toEqual(['第2回', '第1回'])
    expect(await push([aPost(3, -1)])).toEqual([202])
    await eventually(async () => expect((await published()).map(({ title }) => title)).toEqual(['第3回', '第2回', '第1回']))
    expect(origin.requests.length).toBe(polls)
    expect(await subscription()).toMatchObject({ deliveries: 1, lastNewsAt: NOW })
    // The next poll must still see whatever there is to see.
    expect(await state()).toEqual(before)
  })

  it('subscribes with a hub that verifies before it answers', async () => {
    const { hub } = await aVerifiedBlog({ manner: { verifies: 'before' } })
    expect(hub.requests).toHaveLength(1)
  })

  for (const site of ['http://localhost:8080/', 'http://192.168.1.20/', 'http://kakehashi.local/'])
    it(`asks nobody where hubs could not reach it (${site})`, async () => {
      const { hub, app, tick } = await aSubscribedBlog({ site })
      await tick()
      expect(hub.requests).toEqual([])
      expect((await app.store.subscriptions.announcements()).size).toBe(1)
    })

  it('subscribes in the operator’s own network where its host is among the allowed ones', async () => {
    const { hub, edit, tick } = await aSubscribedBlog({ site: 'http://kakehashi.local/' })
    await edit('kakehashi.yaml', 'allow_hosts: [', 'allow_hosts: ["kakehashi.local", ')
    await tick()
    expect(hub.requests.map(({ callback }) => new URL(callback).host)).toEqual(['kakehashi.local'])
  })

  it('posts nothing inside the operator’s own network for a feed from outside', async () => {
    const { hub, app, edit } = await aVerifiedBlog()
    const outside = 'http://10.0.0.9/feed'
    await app.store.subscriptions.announce(outside, { hubs: [`${hub.url}inside`], topic: outside })
    await edit('sources.yaml', ' }]', ` }, { id: outside, feed: "${outside}" }]`)
    expect((await app.store.subscriptions.announcements()).has(outside)).toBe(true)
    expect(hub.requests).toHaveLength(1)
  })

  it('asks nobody where the operator does not want it', async () => {
    const { hub, tick } = await aSubscribedBlog({ polling: ['websub: false'] })
    await tick()
    expect(hub.requests).toEqual([])
  })
})

describe('a subscription', () => {
  it('is renewed under the same callback when four fifths of its lease are over', async () => {
    const { hub, wait, tick, subscription } = await aVerifiedBlog()
    wait(8 * DAY - SECOND)
    await tick()
    expect(hub.requests).toHaveLength(1)
    wait(SECOND)
    await tick()
    expect(hub.requests[1]).toEqual(hub.requests[0])
    await eventually(async () => expect(await subscription()).toMatchObject({ state: 'verified', leaseUntil: NOW + 18 * DAY }))
  })

  it('keeps its lease while a renewal fails, and is asked for again and again when it is lost', async () => {
    const { hub, wait, tick, subscription, lines } = await aVerifiedBlog()
    hub.manner.status = 500
    wait(8 * DAY)
    await tick()
    expect(await subscription()).toMatchObject({ state: 'verified', requests: 1, detail: expect.stringContaining('500') })
    wait(3 * DAY)
    await tick()
    expect(await subscription()).toMatchObject({ state: 'requested', leaseUntil: null })
    expect(lines.filter(({ msg }) => msg === 'the lease ran out')).toHaveLength(1)
    hub.manner.status = 202
    wait(DAY)
    await tick()
    await eventually(async () => expect(await subscription()).toMatchObject({ state: 'verified', detail: '' }))
  })

  it('is asked for less and less often of a hub that fails', async () => {
    const { hub, wait, tick } = await aSubscribedBlog({ manner: { status: 503 } })
    const asked: number[] = []
    for (let hour = 0; hour <= 16; hour++) {
      await tick()
      asked.push(hub.requests.length)
      wait(HOUR)
    }
    expect(asked).toEqual([1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5])
  })

  it('waits as long as the hub asks', async () => {
    const { hub, wait, tick } = await aSubscribedBlog({ manner: { status: 429, headers: { 'retry-after': '36000' } } })
    wait(9 * HOUR)
    await tick()
    expect(hub.requests).toHaveLength(1)
    wait(HOUR)
    await tick()
    expect(hub.requests).toHaveLength(2)
  })

  it('is asked for again when the hub took the request and never verified it', async () => {
    const { hub, wait, tick, subscription } = await aSubscribedBlog({ manner: { verifies: 'never' } })
    wait(HOUR)
    await tick()
    expect(hub.requests).toHaveLength(2)
    wait(2 * HOUR)
    hub.manner.status = 500
    await tick()
    expect((await subscription()).detail).toContain('500')
  })

  it('ends with the hub’s no, which is kept for the operator', async () => {
    const { hub, wait, tick, subscription } = await aVerifiedBlog()
    const { callback } = await subscription()
    const no = { 'hub.mode': 'denied', 'hub.topic': TOPIC, 'hub.reason': 'not on\nour list' }
    expect(await hub.ask(callback, no)).toMatchObject({ status: 200 })
    expect(await subscription()).toMatchObject({ state: 'denied', detail: 'the hub denied the subscription: not on our list' })
    wait(6 * DAY)
    await tick()
    expect(hub.requests).toHaveLength(1)
    wait(DAY)
    await tick()
    expect(hub.requests).toHaveLength(2)
  })

  it('is ended when its source is removed', async () => {
    const { hub, edit, subscriptions } = await aVerifiedBlog()
    await edit('sources.yaml', 'posts: [', 'posts: [] # [')
    expect(hub.requests.map(({ mode }) => mode)).toEqual(['subscribe', 'unsubscribe'])
    await eventually(async () => expect(await subscriptions()).toEqual([]))
    expect(hub.subscribers.size).toBe(0)
  })

  it('is ended when the operator wants none any more', async () => {
    const { hub, edit, subscriptions } = await aVerifiedBlog({ polling: ['websub: true'] })
    await edit('kakehashi.yaml', 'websub: true', 'websub: false')
    expect(hub.requests.map(({ mode }) => mode)).toEqual(['subscribe', 'unsubscribe'])
    await eventually(async () => expect(await subscriptions()).toEqual([]))
  })

  it('is forgotten when the hub does not hear of its end, and refuses deliveries till then', async () => {
    const { hub, wait, tick, edit, subscriptions } = await aVerifiedBlog()
    hub.manner.status = 500
    await edit('sources.yaml', 'posts: [', 'posts: [] # [')
    expect(await hub.distribute(TOPIC, 'x')).toEqual([410])
    for (let day = 0; day < 3; day++) {
      wait(DAY)
      await tick()
    }
    expect(hub.requests.filter(({ mode }) => mode === 'unsubscribe')).toHaveLength(3)
    expect(await subscriptions()).toEqual([])
    expect(await hub.distribute(TOPIC, 'x')).toEqual([404])
  })

  for (const [what, change] of [
    ['topic', { self: 'https://blog.example.jp/other' }],
    ['hub', { hubs: 'other' }],
  ] as const)
    it(`is replaced when the feed names another ${what}`, async () => {
      const { hub, blog, wait, tick, subscriptions } = await aVerifiedBlog()
      if ('self' in change) blog.self = change.self
      else blog.hubs = [`${hub.url}${change.hubs}`]
      wait(DAY)
      await tick()
      await eventually(async () => expect(await subscriptions()).toHaveLength(1))
      const [first, ...others] = hub.requests
      expect(others.map(({ mode, callback }) => [mode, callback === first?.callback]).toSorted()).toEqual([
        ['subscribe', false],
        ['unsubscribe', true],
      ])
    })

  it('stays where the feed only lists its hubs in another order', async () => {
    const { hub, blog, wait, tick } = await aVerifiedBlog()
    blog.hubs = ['https://second.example.jp/', hub.url]
    wait(2 * DAY)
    await tick()
    expect(hub.requests).toHaveLength(1)
  })

  it('moves with the address of the site', async () => {
    const { hub, edit, tick, subscriptions } = await aVerifiedBlog()
    const { reachAt } = hub
    hub.reachAt = callback => reachAt(callback.replace('feeds.example.jp/new/', 'feeds.example.jp/'))
    await edit('kakehashi.yaml', 'feeds.example.jp/', 'feeds.example.jp/new/')
    await tick()
    await eventually(async () =>
      expect((await subscriptions()).map(({ callback, state }) => [callback.slice(0, 37), state])).toEqual([
        ['https://feeds.example.jp/new/websub/t', 'verified'],
      ]),
    )
  })

  it('outlives a restart', async () => {
    const { hub, restart, push, published } = await aVerifiedBlog()
    await restart()
    expect(hub.requests).toHaveLength(1)
    expect(await push([aPost(3, -1)])).toEqual([202])
    await eventually(async () => expect(await published()).toHaveLength(3))
  })
})

describe('a hub’s question', () => {
  it('is answered with its challenge, as plain text', async () => {
    const { hub, subscription } = await aVerifiedBlog()
    const { callback } = await subscription()
    const asked = { 'hub.mode': 'subscribe', 'hub.topic': TOPIC, 'hub.challenge': '<script>', 'hub.lease_seconds': '60' }
    expect(await hub.ask(callback, asked)).toEqual({ status: 200, text: '<script>', type: 'text/plain; charset=utf-8' })
    expect(await subscription()).toMatchObject({ leaseUntil: NOW + 60 * SECOND })
  })

  it('is refused where it is not about what was asked for', async () => {
    const { hub, subscription } = await aVerifiedBlog()
    const { callback } = await subscription()
    const good = { 'hub.mode': 'subscribe', 'hub.topic': TOPIC, 'hub.challenge': 'c', 'hub.lease_seconds': '60' }
    const bad: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      [callback, { ...good, 'hub.topic': `${TOPIC}/` }],
      [callback, { ...good, 'hub.mode': 'unsubscribe' }],
      [callback, { ...good, 'hub.mode': 'publish' }],
      [callback, { ...good, 'hub.challenge': '' }],
      [callback, { 'hub.mode': 'denied', 'hub.topic': 'https://other.example.jp/' }],
      [callback, {}],
      [callback.replace('token-', 'taken-'), good],
    ]
    for (const [where, query] of bad) expect((await hub.ask(where, query)).status, JSON.stringify(query)).toBe(404)
    expect(await subscription()).toMatchObject({ state: 'verified', leaseUntil: NOW + 10 * DAY })
  })
})
