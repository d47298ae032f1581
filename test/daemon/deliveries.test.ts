import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'
import { startHub } from '../support/local-hub.ts'
import { aPost, aSubscribedBlog, documentOf, eventually, NOW, TOPIC } from './subscribed-blog.ts'

async function aVerifiedBlog() {
  const subscribed = await aSubscribedBlog()
  await eventually(async () => expect(await subscribed.subscription()).toMatchObject({ state: 'verified' }))
  return subscribed
}

describe('a delivery', () => {
  for (const method of ['sha1', 'sha256', 'sha384', 'sha512'] as const)
    it(`is taken when it is signed with ${method}`, async () => {
      const { hub, published } = await aVerifiedBlog()
      await hub.distribute(TOPIC, documentOf([aPost(3, -1)], [hub.url], TOPIC), { method })
      await eventually(async () => expect(await published()).toHaveLength(3))
    })

  it('is answered and ignored when its signature is wrong, or there is none', async () => {
    const { hub, app, lines, published, subscription } = await aVerifiedBlog()
    const forged = documentOf([aPost(3, -1, { title: '偽物' })], [hub.url], TOPIC)
    for (const changes of [
      { secret: 'guessed' },
      { signature: null },
      { signature: 'sha256=' },
      { signature: `md5=${'0'.repeat(32)}` },
      { signature: `sha256=${'0'.repeat(64)}` },
    ])
      expect(await hub.distribute(TOPIC, forged, changes)).toEqual([202])
    await app.cycle({ which: 'none' })
    expect(lines.filter(({ msg }) => msg === 'delivery ignored')).toHaveLength(5)
    expect(await published()).toHaveLength(2)
    expect(await app.store.entries.counts()).toMatchObject({ posts: 2 })
    expect(await subscription()).toMatchObject({ deliveries: 0 })
  })

  it('that holds no feed harms nothing, and is no proof that the hub works', async () => {
    const { hub, app, lines, published, subscription } = await aVerifiedBlog()
    const bodies = [
      '',
      'ping',
      '<!doctype html><title>404</title>',
      '{"hub.mode":"publish"}',
      Buffer.from([0xff, 0xfe, 0x00]),
      documentOf([], [], TOPIC),
    ]
    for (const [index, body] of bodies.entries()) {
      expect(await hub.distribute(TOPIC, body)).toEqual([202])
      await eventually(() => expect(lines.filter(({ msg }) => msg === 'delivered')).toHaveLength(index + 1))
    }
    await app.cycle({ which: 'none' })
    expect(await published()).toHaveLength(2)
    expect(await subscription()).toMatchObject({ deliveries: 0, lastNewsAt: null })
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })

  it('takes nothing back, though it holds but a part of the feed', async () => {
    const { push, published } = await aVerifiedBlog()
    await push([aPost(3, -1)])
    await push([])
    await eventually(async () => expect(await published()).toHaveLength(3))
  })

  it('brings a newer edition of a post, and never an older one', async () => {
    const { blog, push, published, tick, wait } = await aVerifiedBlog()
    const edition = (title: string, hours?: number) =>
      aPost(2, -20, { title, ...(hours === undefined ? {} : { updated: NOW + hours * HOUR }) })
    blog.entries = [edition('二版', -5)]
    wait(DAY)
    await tick()
    const titles = async () => (await published()).map(({ title }) => title)
    await eventually(async () => expect(await titles()).toEqual(['二版', '第1回']))
    await push([edition('初版', -19)])
    await push([edition('日付のない版')])
    await push([edition('同じ日付の版', -5)])
    expect(await titles()).toEqual(['二版', '第1回'])
    await push([edition('三版', -4)])
    await eventually(async () => expect(await titles()).toEqual(['三版', '第1回']))
  })

  it('waits for the cycle under way', async () => {
    const { app, hub, lines, published } = await aVerifiedBlog()
    const order: string[] = []
    const gate = Promise.withResolvers<void>()
    const cycle = app.cycle({
      which: 'none',
      pushes: async () => {
        await gate.promise
        return { since: NOW, standings: new Map(), missed: async () => undefined }
      },
    })
    void cycle.then(() => order.push(`cycle, ${lines.filter(({ msg }) => msg === 'delivered').length} delivered`))
    expect(await hub.distribute(TOPIC, documentOf([aPost(3, -1)], [], TOPIC))).toEqual([202])
    gate.resolve()
    await eventually(async () => expect(await published()).toHaveLength(3))
    expect(order).toEqual(['cycle, 0 delivered'])
  })

  it('is put off when there are more than can be kept', async () => {
    const { app, hub, lines } = await aVerifiedBlog()
    const gate = Promise.withResolvers<void>()
    const cycle = app.cycle({
      which: 'none',
      pushes: async () => {
        await gate.promise
        return { since: NOW, standings: new Map(), missed: async () => undefined }
      },
    })
    const statuses: number[] = []
    for (let number = 3; number < 9; number++) statuses.push(...(await hub.distribute(TOPIC, documentOf([aPost(number, -1)], [], TOPIC))))
    expect(statuses).toEqual([202, 202, 202, 202, 503, 503])
    gate.resolve()
    await cycle
    await eventually(() => expect(lines.filter(({ msg }) => msg === 'delivered')).toHaveLength(4))
    expect(await hub.distribute(TOPIC, documentOf([aPost(9, -1)], [], TOPIC))).toEqual([202])
  })

  it('that is larger than a document may be is not read', async () => {
    const { hub, edit } = await aVerifiedBlog()
    await edit('kakehashi.yaml', 'polling:', 'polling:\n  max_size: 1KB')
    expect(await hub.distribute(TOPIC, 'x'.repeat(1_001))).toEqual([413])
    expect(await hub.distribute(TOPIC, 'x'.repeat(1_000))).toEqual([202])
  })

  it('that comes as the service ends is stored all the same', async () => {
    const { app, hub, stop } = await aVerifiedBlog()
    await hub.distribute(TOPIC, documentOf([aPost(3, -1)], [], TOPIC))
    await stop()
    expect(await app.store.entries.counts()).toMatchObject({ posts: 3 })
  })
})

describe('a source whose hub delivers', () => {
  it('is polled at its own interval until a delivery has brought news, and once a day from then on', async () => {
    const { wait, tick, push, blog, state, now } = await aVerifiedBlog()
    wait(HOUR)
    await tick()
    expect((await state()).nextPollAt - now()).toBe(HOUR)
    blog.entries = [aPost(3, 0.5), ...blog.entries]
    await push(blog.entries)
    wait(HOUR)
    await tick()
    expect(await state()).toMatchObject({ lastPollAt: now(), lastResult: 'ok', nextPollAt: now() + DAY })
  })

  it('is polled at its own interval again when a poll finds what was not delivered', async () => {
    const { wait, tick, push, blog, state, subscription, now, lines } = await aVerifiedBlog()
    blog.entries = [aPost(3, -1), ...blog.entries]
    await push(blog.entries)
    wait(HOUR)
    await tick()
    expect((await state()).nextPollAt - now()).toBe(DAY)
    blog.entries = [aPost(4, 5), ...blog.entries]
    wait(DAY)
    await tick()
    // The blog's own rhythm counts as ever.
    expect((await state()).nextPollAt - now()).toBe(5 * HOUR)
    expect(await subscription()).toMatchObject({ deliveries: 0, misses: 1, detail: 'a poll found what the hub had not delivered' })
    expect(lines.filter(({ msg }) => msg === 'a poll found what was not delivered')).toHaveLength(1)
    // One delivery is not enough any more.
    blog.entries = [aPost(5, 24.5), ...blog.entries]
    await push(blog.entries)
    wait(5 * HOUR)
    await tick()
    expect((await state()).nextPollAt - now()).toBeLessThan(12 * HOUR)
  })

  it('leaves a hub the time to deliver what has only just appeared', async () => {
    const { wait, tick, push, blog, state, now } = await aVerifiedBlog()
    blog.entries = [aPost(3, -1), ...blog.entries]
    await push(blog.entries)
    wait(HOUR)
    await tick()
    wait(DAY)
    blog.entries = [aPost(4, (now() - 10 * MINUTE - NOW) / HOUR), ...blog.entries]
    await tick()
    expect((await state()).nextPollAt - now()).toBe(DAY)
  })

  it('is not held against its hub when nobody was there to be delivered to', async () => {
    const { wait, tick, push, blog, subscription, stop, restart } = await aVerifiedBlog()
    blog.entries = [aPost(3, -1), ...blog.entries]
    await push(blog.entries)
    wait(HOUR)
    await tick()
    await stop()
    blog.entries = [aPost(4, 3), ...blog.entries]
    wait(12 * HOUR)
    await restart()
    expect(await subscription()).toMatchObject({ deliveries: 1, misses: 0 })
  })

  for (const [what, lose] of [
    ['says no', async ({ hub, subscription }) => hub.ask((await subscription()).callback, { 'hub.mode': 'denied', 'hub.topic': TOPIC })],
    ['is not wanted any more', async ({ edit }) => edit('kakehashi.yaml', 'polling:', 'polling:\n  websub: false')],
    ['is asked again after a pause of ours', async ({ restart }) => restart()],
  ] as const satisfies readonly (readonly [string, (blog: Awaited<ReturnType<typeof aVerifiedBlog>>) => Promise<unknown>])[])
    it(`is due at its own interval at once when the hub ${what}`, async () => {
      const subscribed = await aVerifiedBlog()
      const { wait, tick, push, blog, state, now, origin } = subscribed
      blog.entries = [aPost(3, -1), ...blog.entries]
      await push(blog.entries)
      wait(HOUR)
      await tick()
      expect((await state()).nextPollAt - now()).toBe(DAY)
      wait(5 * HOUR)
      const before = origin.requests.length
      await lose(subscribed)
      await tick()
      expect(origin.requests.length).toBe(before + 1)
    })
})

describe('the log of all this', () => {
  it('holds no token, secret, topic or callback', async () => {
    const { push, wait, tick, hub, lines, subscription, edit } = await aVerifiedBlog()
    await push([aPost(3, -1)])
    await hub.distribute(TOPIC, 'x', { secret: 'guessed' })
    await hub.ask((await subscription()).callback, { 'hub.mode': 'unsubscribe', 'hub.topic': TOPIC, 'hub.challenge': 'c' })
    hub.manner.status = 500
    wait(8 * DAY)
    await tick()
    await edit('kakehashi.yaml', 'polling:', 'polling:\n  websub: false')
    const events = lines.filter(({ event }) => event === 'websub')
    expect(new Set(events.map(({ msg }) => msg))).toEqual(
      new Set([
        'hub asked',
        'verified',
        'delivered',
        'delivery ignored',
        'not asked for; not confirmed',
        'hub did not take the request',
        'subscriptions kept up',
      ]),
    )
    expect(lines.some(({ event }) => event === 'request')).toBe(true)
    for (const line of lines) expect(JSON.stringify(line)).not.toMatch(/token-|blog\.example\.jp|websub\/[^…]/)
    for (const line of events.filter(({ msg }) => msg !== 'subscriptions kept up'))
      expect(line).toMatchObject({ source: 'blog', hub: hub.host })
  })
})

describe('a hub that fails', () => {
  it('is not asked for the other feeds it serves', async () => {
    const { hub, edit, origin, tick } = await aSubscribedBlog({ manner: { status: 500 } })
    const other = await startHub()
    const more = Array.from({ length: 12 }, (_, at) => `, { id: b${at}, feed: "${origin.url(`/feed/${at}`)}" }`).join('')
    await edit('sources.yaml', ' }]', ` }${more}]`)
    await tick()
    // The first at the start; of the twelve that came later, one found out that it still fails.
    expect(hub.requests).toHaveLength(2)
    expect(other.requests).toHaveLength(0)
  })

  it('is asked for ten feeds at a time', async () => {
    const { hub, edit, origin, tick } = await aSubscribedBlog()
    const more = Array.from({ length: 15 }, (_, at) => `, { id: b${at}, feed: "${origin.url(`/feed/${at}`)}" }`).join('')
    await edit('sources.yaml', ' }]', ` }${more}]`)
    await tick()
    await tick()
    await eventually(() => expect(hub.subscribers.size).toBe(16))
  })
})
