import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openApp } from '../../src/app.ts'
import { type Daemon, startDaemon } from '../../src/daemon.ts'
import type { Subscriber } from '../../src/domain/subscriber.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../src/domain/time.ts'
import { requesting } from '../../src/websub/subscriber-transitions.ts'
import { type AtomEntry, atomDocument } from '../pipeline/documents.ts'
import { freePort, serveFeeds } from '../support/local-feeds.ts'
import { askHub, type LocalSubscriber, startSubscriber } from '../support/local-subscriber.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { aPost, eventually, NOW } from './subscribed-blog.ts'

/** A service that is a hub of its feeds, which change as a test says. */
async function aHub(settings: { readonly callbacks: readonly LocalSubscriber[]; readonly websub?: readonly string[] }) {
  const blog = { entries: [aPost(1, -30)] as readonly AtomEntry[] }
  const origin = await serveFeeds(() => ({ kind: 'document', body: atomDocument(blog.entries) }))
  const port = await freePort()
  const folder = await temporaryFolder()
  const sources = `posts: [{ id: blog, feed: "${origin.url('/feed')}", poll_every: 1m }]\n`
  const config = await writeConfig(folder, { sources, allowHosts: [origin.host], polling: ['tick: "0 0 1 1 *"'] })
  const file = join(config.folder, 'kakehashi.yaml')
  const hosts = settings.callbacks.map(({ host }) => `"${host}"`).join(', ')
  const websub = ['hub: true', `allow_hosts: [${hosts}]`, ...(settings.websub ?? [])]
  const service = (await readFile(file, 'utf8'))
    .replace('https://feeds.example.jp/', `http://127.0.0.1:${port}/`)
    .replace('port: 0', `port: ${port}`)
    // One feed will do.
    .replace('limit: 50', 'limit: 50, feeds: { all: false, outlets: false, untranslated: false }')
  await writeFile(file, `${service}websub:\n${websub.map(line => `  ${line}\n`).join('')}`)
  let time: Instant = NOW
  let tokens = 0
  const now = () => time
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = pino({ level: 'info' }, { write: text => void lines.push(JSON.parse(text) as Readonly<Record<string, unknown>>) })
  const app = await openApp(config.folder, { environment: { isPlain: true, secret: () => undefined }, now, random: () => 0 })
  let daemon: Daemon | undefined
  const start = async () => {
    daemon = await startDaemon(app, { log, now, randomToken: () => `token-${String(++tokens).padStart(20, '0')}` })
    await app.cycle({ which: 'due' })
  }
  const stop = async () => {
    await daemon?.stop()
    daemon = undefined
  }
  onTestFinished(async () => {
    await stop()
    await app[Symbol.asyncDispose]()
  })
  await start()
  const topic = `http://127.0.0.1:${port}/feeds/${encodeURIComponent('外交')}.atom`
  const subscribers = (): Promise<readonly Subscriber[]> => app.store.hub.subscribers()
  return {
    ...{ app, topic, hub: `http://127.0.0.1:${port}/hub`, lines, subscribers, start, stop, config },
    wait: (ms: number) => {
      time += ms
    },
    /** Has the service poll and publish, as a tick would. */
    tick: async () => {
      await daemon?.reload()
    },
    /** The blog has so many posts from now on. */
    post: async (count: number) => {
      blog.entries = Array.from({ length: count }, (_, index) => aPost(index + 1, index - 30))
      time += 2 * MINUTE
      await daemon?.reload()
    },
    published: () => readFile(join(config.publicFolder, 'feeds', '外交.atom'), 'utf8'),
    confirmed: () => eventually(async () => expect((await subscribers()).map(({ request }) => request)).toEqual([null])),
  }
}

/** A hub with one subscriber that has confirmed. */
async function aSubscribedHub(websub: readonly string[] = []) {
  const reader = await startSubscriber()
  const site = await aHub({ callbacks: [reader], websub })
  expect((await reader.subscribe(site.topic)).status).toBe(202)
  await site.confirmed()
  return { ...site, reader }
}

const only = async (site: { readonly subscribers: () => Promise<readonly Subscriber[]> }) =>
  (await site.subscribers())[0] ?? expect.fail('nobody')

describe('a subscriber', () => {
  it('is asked whether it means it, and delivered the very bytes of what changes, signed', async () => {
    const site = await aSubscribedHub()
    const { reader, topic } = site
    expect(reader.verifications).toEqual([
      { mode: 'subscribe', topic, challenge: expect.stringMatching(/^token-\d{20}$/), leaseSeconds: 864_000, reason: '' },
    ])
    expect(reader.pushes).toEqual([])
    await site.post(2)
    const push = await reader.pushed(1)
    expect([push.type, push.isSigned]).toEqual(['application/atom+xml; charset=utf-8', true])
    expect(push.link).toBe(`<${site.hub}>; rel="hub", <${topic}>; rel="self"`)
    expect(push.body).toBe(await site.published())
    expect(push.body).toContain(`rel="hub" href="${site.hub}"`)
    await eventually(async () => expect(await only(site)).toMatchObject({ lastDeliveryAt: NOW + 2 * MINUTE, failures: 0 }))
  })

  it('hears nothing where nothing has changed', async () => {
    const site = await aSubscribedHub()
    site.wait(2 * MINUTE)
    await site.tick()
    await site.post(2)
    await site.reader.pushed(1)
    site.wait(2 * MINUTE)
    await site.tick()
    await site.stop()
    expect(site.reader.pushes).toHaveLength(1)
  })

  it('may have each syntax, under its own media type, and no secret', async () => {
    const site = await aSubscribedHub()
    const other = site.topic.replace(/atom$/, 'json')
    await site.reader.unsubscribe(site.topic)
    await eventually(async () => expect(await site.subscribers()).toEqual([]))
    await site.reader.subscribe(other, { 'hub.secret': '' })
    await site.confirmed()
    await site.post(2)
    expect(await site.reader.pushed(1)).toMatchObject({ type: 'application/feed+json; charset=utf-8', isSigned: undefined })
  })

  it('that confirms nothing has nothing delivered', async () => {
    const reader = await startSubscriber()
    reader.manner.confirms = false
    const site = await aHub({ callbacks: [reader] })
    expect((await reader.subscribe(site.topic)).status).toBe(202)
    await eventually(async () => expect(await site.subscribers()).toEqual([]))
    await site.post(2)
    await site.stop()
    expect([reader.verifications.length, reader.pushes.length]).toEqual([1, 0])
  })

  it('that does not answer yet is asked again', async () => {
    const reader = await startSubscriber()
    const site = await aHub({ callbacks: [reader] })
    const port = await freePort()
    const callback = `http://127.0.0.1:${port}/cb`
    await reader.close()
    await askHub(site.hub, { 'hub.mode': 'subscribe', 'hub.topic': site.topic, 'hub.callback': reader.callback })
    await eventually(async () => expect((await only(site)).request).toMatchObject({ attempts: 1 }))
    expect((await askHub(site.hub, { 'hub.mode': 'subscribe', 'hub.topic': site.topic, 'hub.callback': callback })).status).toBe(202)
    // It is no address that this hub may ask.
    await eventually(async () => expect((await site.subscribers()).map(one => one.callback)).toEqual([reader.callback]))
    for (const wait of [MINUTE, 2 * MINUTE]) {
      site.wait(wait)
      await site.tick()
      await eventually(async () => expect((await site.subscribers())[0]?.request?.attempts).not.toBe(1))
    }
    await eventually(async () => expect(await site.subscribers()).toEqual([]))
  })

  it('renews its lease, and is let go where it does not', async () => {
    const site = await aSubscribedHub()
    site.wait(8 * DAY)
    await site.reader.subscribe(site.topic, { 'hub.lease_seconds': '3600' })
    await eventually(async () => expect(await only(site)).toMatchObject({ leaseUntil: NOW + 8 * DAY + HOUR }))
    site.wait(30 * MINUTE)
    await site.post(2)
    await site.reader.pushed(1)
    site.wait(HOUR)
    await site.post(3)
    await eventually(async () => expect(await site.subscribers()).toEqual([]))
    expect(site.reader.pushes).toHaveLength(1)
  })

  it('that is down is tried again, and gets what there is then, once', async () => {
    const site = await aSubscribedHub()
    site.reader.manner.status = 500
    await site.post(2)
    await eventually(async () => expect(await only(site)).toMatchObject({ failures: 1 }))
    await site.post(3)
    await eventually(async () => expect(await only(site)).toMatchObject({ failures: 2 }))
    site.reader.manner.status = 204
    site.wait(2 * MINUTE)
    await site.tick()
    expect((await site.reader.pushed(3)).body).toBe(await site.published())
    await eventually(async () => expect(await only(site)).toMatchObject({ failures: 0, detail: '' }))
    site.wait(HOUR)
    await site.tick()
    await site.stop()
    expect(site.reader.pushes).toHaveLength(3)
  })

  it('is dropped when it has been down for a day', async () => {
    const site = await aSubscribedHub()
    site.reader.manner.status = 503
    await site.post(2)
    for (let failures = 1; failures < 14; failures++) {
      await eventually(async () => expect(await only(site)).toMatchObject({ failures }))
      site.wait(4 * HOUR)
      await site.tick()
    }
    await eventually(async () => expect(await site.subscribers()).toEqual([]))
    expect(site.lines.filter(({ msg }) => msg === 'a subscriber was dropped')).toMatchObject([{ event: 'push', failures: 14 }])
  })

  it('is dropped at once where it says that it is gone', async () => {
    const site = await aSubscribedHub()
    site.reader.manner.status = 410
    await site.post(2)
    await eventually(async () => expect(await site.subscribers()).toEqual([]))
  })

  it('holds up nobody by not answering', async () => {
    const [silent, reader] = [await startSubscriber(), await startSubscriber()]
    const site = await aHub({ callbacks: [silent, reader] })
    for (const one of [silent, reader]) await one.subscribe(site.topic)
    await eventually(async () => expect((await site.subscribers()).map(({ request }) => request)).toEqual([null, null]))
    silent.manner.isSilent = true
    await site.post(2)
    await reader.pushed(1)
    await site.post(3)
    await reader.pushed(2)
    expect((await site.subscribers()).map(({ failures }) => failures)).toEqual([0, 0])
  })

  it('is owed across a restart what it did not get', async () => {
    const site = await aSubscribedHub()
    site.reader.manner.isSilent = true
    await site.post(2)
    await site.stop()
    site.reader.manner.isSilent = false
    await site.start()
    await site.tick()
    expect((await site.reader.pushed(1)).body).toBe(await site.published())
  })

  it('is told that its feed is no more', async () => {
    const site = await aSubscribedHub()
    const file = join(site.config.folder, 'kakehashi.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace('limit: 50,', 'limit: 50, hide_labels: [外交],'))
    site.wait(MINUTE)
    await site.tick()
    expect(await site.reader.verified(2)).toMatchObject({ mode: 'denied', topic: site.topic, reason: 'this feed is no more' })
    expect(await site.subscribers()).toEqual([])
  })
})

describe('the hub', () => {
  it('takes no topic but its own, no address of another network, and no more than it may', async () => {
    const reader = await startSubscriber()
    const site = await aHub({ callbacks: [reader], websub: ['max_subscriptions: 3', 'max_per_host: 1'] })
    const ask = (changes: Readonly<Record<string, string>>) =>
      askHub(site.hub, { 'hub.mode': 'subscribe', 'hub.topic': site.topic, 'hub.callback': reader.callback, ...changes })
    expect((await ask({ 'hub.topic': 'https://elsewhere.example/feed' })).status).toBe(404)
    expect((await ask({ 'hub.topic': site.topic.replace('%E5', 'x') })).status).toBe(404)
    expect((await ask({ 'hub.callback': 'javascript:alert(1)' })).status).toBe(400)
    expect((await ask({})).status).toBe(202)
    await site.confirmed()
    const second = await ask({ 'hub.callback': `${reader.callback}&n=2` })
    expect([second.status, second.retryAfter, second.text]).toEqual([503, '3600', 'this hub takes no more subscriptions from that host\n'])
    // A subscription that there is may be renewed.
    expect((await ask({})).status).toBe(202)
    for (const address of ['http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/']) {
      expect((await ask({ 'hub.callback': address })).status).toBe(202)
      await eventually(async () => expect(await site.subscribers()).toHaveLength(1))
    }
    expect(site.lines.filter(({ msg }) => msg === 'not confirmed')).toMatchObject([
      { subscriber: '169.254.169.254', detail: '169.254.169.254 is not an address on the public internet.' },
      { subscriber: '10.0.0.1' },
    ])
  })

  it('has places for those who confirm, however many ask and do not', async () => {
    const [reader, flood] = [await startSubscriber(), await startSubscriber()]
    const site = await aHub({ callbacks: [reader, flood], websub: ['max_subscriptions: 2', 'max_per_host: 2'] })
    flood.manner.isSilent = true
    const ask = (callback: string) =>
      askHub(site.hub, { 'hub.mode': 'subscribe', 'hub.topic': site.topic, 'hub.callback': callback, 'hub.secret': 's' })
    const flooded = async () => {
      const callbacks = Array.from({ length: 150 }, (_, index) => `${flood.callback}&n=${index}`)
      return (await Promise.all(callbacks.map(ask))).map(({ status }) => status)
    }
    expect(new Set(await flooded())).toEqual(new Set([202, 429]))
    site.wait(2 * MINUTE)
    expect(new Set(await flooded())).toEqual(new Set([202, 429]))
    // No more wait than may ask in a minute, and the one who confirms is served all the same.
    expect((await site.subscribers()).length).toBeLessThanOrEqual(120)
    site.wait(2 * MINUTE)
    expect((await reader.subscribe(site.topic)).status).toBe(202)
    await eventually(async () => expect((await site.subscribers()).filter(({ leaseUntil }) => leaseUntil !== null)).toHaveLength(1))
    await site.post(2)
    expect((await reader.pushed(1)).isSigned).toBe(true)
  })

  it('gives its last place to whoever confirms first, and tells the other', async () => {
    const reader = await startSubscriber()
    const site = await aHub({ callbacks: [reader], websub: ['max_subscriptions: 1'] })
    for (const n of [1, 2]) {
      const request = { mode: 'subscribe', topic: site.topic, callback: `${reader.callback}&n=${n}`, secret: null } as const
      const asking = requesting(undefined, request, { path: 'feeds/外交.atom', digest: '', challenge: `challenge-${n}` }, NOW)
      await site.app.store.hub.changeSubscriber(asking.key, () => asking)
    }
    await site.tick()
    await eventually(() => expect(reader.verifications.filter(({ mode }) => mode === 'denied')).toHaveLength(1))
    expect(reader.verifications.find(({ mode }) => mode === 'denied')?.reason).toBe('this hub takes no more subscriptions')
    await site.confirmed()
  })

  it('verifies no more than so many requests a minute', async () => {
    const reader = await startSubscriber()
    const site = await aHub({ callbacks: [reader] })
    const statuses: number[] = []
    for (let i = 0; i < 122; i++)
      statuses.push((await askHub(site.hub, { 'hub.mode': 'subscribe', 'hub.topic': site.topic, 'hub.callback': reader.callback })).status)
    expect([statuses.filter(status => status === 202).length, statuses.at(-1)]).toEqual([120, 429])
    site.wait(MINUTE)
    expect((await reader.subscribe(site.topic)).status).toBe(202)
  })

  it('keeps callbacks, secrets and challenges out of the log', async () => {
    const site = await aSubscribedHub()
    await site.post(2)
    await site.reader.pushed(1)
    await eventually(() => expect(site.lines.filter(({ msg }) => msg === 'delivered to a subscriber')).toHaveLength(1))
    const output = site.lines.map(line => JSON.stringify(line)).join('\n')
    for (const secret of [site.reader.secret, '/callback', site.reader.verifications[0]?.challenge]) expect(output).not.toContain(secret)
    expect(output).toContain(`"subscriber":"${site.reader.host}"`)
  })
})
