import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'
import { lively, openClient, START } from './polite-client.ts'
import { openSite, type Reply } from './watched-site.ts'

const at = (instant: number) => new Date(instant).toUTCString()

/** What a site says when it wants a pause. */
function pause(status: number, retryAfter?: string): Reply {
  return { status, ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }) }
}

/** A busy site with three feeds, and another site with one; `busy` sorts first. */
async function busySite(reply: Reply) {
  const site = await openSite({ '/a': reply, '/b': lively(), '/c': lively() })
  const elsewhere = await openSite({ '/feed': lively() })
  const feeds = { a: site.url('/a'), b: site.url('/b'), c: site.url('/c'), elsewhere: elsewhere.url('/feed') }
  // One at a time: what is said to the first must be known to the others.
  const client = await openClient([site, elsewhere], feeds, { polling: ['per_host: 1'] })
  return { site, elsewhere, client }
}

describe('Retry-After', () => {
  const forms: readonly (readonly [form: string, value: string, minutes: number])[] = [
    ['seconds', '10800', 3 * 60],
    ['a date', at(START + 3 * HOUR), 3 * 60],
    ['a date in the style of RFC 850', 'Wednesday, 01-Apr-26 03:00:00 GMT', 3 * 60],
    ['a date in the style of asctime', 'Wed Apr  1 03:00:00 2026', 3 * 60],
    ['a date that is past: the interval', at(START - 2 * DAY), 60],
    ['nothing at all: 0 is the interval', '0', 60],
    ['fewer seconds than the interval', '5', 60],
    ['an absurd number of seconds: two days', '99999999999999999999', 48 * 60],
    ['an absurd date: two days', 'Fri, 01 Jan 2100 00:00:00 GMT', 48 * 60],
  ]
  for (const status of [429, 503])
    for (const [form, value, minutes] of forms)
      it(`of a ${status} is obeyed: ${form}`, async () => {
        const site = await openSite({ '/feed': pause(status, value) })
        const client = await openClient([site], { feed: site.url('/feed') })
        expect((await client.poll())['feed']?.result).toBe('rate-limited')
        expect(await client.minutesUntil('feed')).toBe(minutes)
      })

  it('holds for every source of the host, at once, and for no other host', async () => {
    const { site, client } = await busySite(pause(429, '10800'))
    const reports = await client.poll()
    expect(site.visits.map(({ target }) => target)).toHaveLength(1 + site.visits.findIndex(({ target }) => target === '/a'))
    for (const id of ['a', 'b', 'c']) expect(await client.minutesUntil(id)).toBeGreaterThanOrEqual(reports[id]?.result === 'ok' ? 60 : 180)
    expect(reports['elsewhere']?.result).toBe('ok')
    expect(await client.minutesUntil('elsewhere')).toBe(60)
  })

  it('puts sources off without a word against them', async () => {
    const { client } = await busySite(pause(503, '10800'))
    const reports = await client.poll()
    const put = ['b', 'c'].filter(id => reports[id]?.requests === 0)
    for (const id of put) {
      expect(reports[id]).toMatchObject({ result: 'rate-limited', detail: expect.stringContaining('its host wants a pause') })
      expect(await client.state(id)).toMatchObject({ failures: 0, lastResult: null })
    }
  })

  it('holds over a restart, and for sources that are new after it', async () => {
    const { site, client } = await busySite(pause(429, '10800'))
    await client.poll()
    const before = site.visits.length
    client.wait(2 * HOUR)
    await client.restart({ new: site.url('/b?new') })
    const reports = await client.poll()
    expect(reports['new']).toMatchObject({ result: 'rate-limited', requests: 0 })
    expect(site.visits).toHaveLength(before)
  })

  it('holds when the operator has every source polled', async () => {
    const { site, client } = await busySite(pause(429, '10800'))
    await client.poll()
    const before = site.visits.length
    await client.restart()
    expect((await client.poll('all'))['b']).toMatchObject({ requests: 0 })
    expect(site.visits).toHaveLength(before)
  })

  it('is over when it is over', async () => {
    const { site, client } = await busySite(pause(429, '10800'))
    await client.poll()
    site.pages.set('/a', lively())
    client.wait(3 * HOUR - MINUTE)
    expect(Object.keys(await client.poll())).toEqual(['elsewhere'])
    client.wait(20 * MINUTE)
    const reports = await client.poll()
    expect(['a', 'b', 'c'].map(id => reports[id]?.requests)).toEqual([1, 1, 1])
  })

  it('is not cut short by a second one that is shorter', async () => {
    const site = await openSite({ '/a': pause(429, '10800'), '/b': pause(429, '60') }, 20)
    const client = await openClient([site], { a: site.url('/a'), b: site.url('/b'), c: site.url('/a') })
    await client.poll()
    expect(site.visits).toHaveLength(2)
    for (const id of ['a', 'b', 'c']) expect(await client.minutesUntil(id)).toBeGreaterThanOrEqual(180)
  })

  it('of the host that a feed has moved to holds for that host', async () => {
    const moved = await openSite({ '/feed': lively() })
    const site = await openSite({ '/feed': { status: 301, headers: { location: moved.url('/feed') } }, '/other': lively() })
    const client = await openClient([site, moved], { feed: site.url('/feed'), other: site.url('/other') })
    await client.poll()
    moved.pages.set('/feed', pause(429, '10800'))
    await client.poll('all')
    expect([await client.minutesUntil('feed'), await client.minutesUntil('other')]).toEqual([180, 60])
    await client.restart({ third: moved.url('/third') })
    expect((await client.poll('all'))['third']).toMatchObject({ requests: 0 })
  })
})

describe('a 429 or 503 that does not say how long to wait', () => {
  for (const [what, value] of [
    ['without Retry-After', undefined],
    ['with a negative number', '-120'],
    ['with a number that is not whole', '1.5'],
    ['with words', 'in a while'],
  ] as const)
    it(`doubles the wait at once: 429 ${what}`, async () => {
      const site = await openSite({ '/feed': pause(429, value) })
      const client = await openClient([site], { feed: site.url('/feed') })
      expect((await client.poll())['feed']?.result).toBe('rate-limited')
      const waits = [await client.minutesUntil('feed')]
      for (let failure = 2; failure <= 7; failure++) {
        await client.pollNext('feed')
        waits.push(await client.minutesUntil('feed'))
      }
      expect(waits).toEqual([2, 4, 8, 16, 24, 24, 24].map(hours => hours * 60))
    })

  it('is a fault of the server like others: 503', async () => {
    const site = await openSite({ '/feed': pause(503) })
    const client = await openClient([site], { feed: site.url('/feed') })
    expect((await client.poll())['feed']?.result).toBe('server-error')
    expect(await client.minutesUntil('feed')).toBe(60)
  })

  it('does not lead to a second try at once, where the feed used to be', async () => {
    const site = await openSite({ '/old': { status: 301, headers: { location: '/new' } }, '/new': lively() })
    const client = await openClient([site], { feed: site.url('/old') })
    await client.poll()
    site.pages.set('/new', pause(429))
    site.visits.length = 0
    expect((await client.pollNext('feed'))?.result).toBe('rate-limited')
    expect(site.visits.map(({ target }) => target)).toEqual(['/new'])
  })
})
