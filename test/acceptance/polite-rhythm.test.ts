import { beforeAll, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'
import { lively, openClient, type PoliteClient, START } from './polite-client.ts'
import { openSite, type Reply, type WatchedSite } from './watched-site.ts'

const YEAR = 365 * DAY
const NOON = 'Wed, 01 Apr 2026 12:00:00 GMT'
const THREE = 'Wed, 01 Apr 2026 15:00:00 GMT'
const SYNDICATION = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function fresh(headers: Readonly<Record<string, string>>, channel = ''): Reply {
  return { headers, body: lively(channel) }
}

function hours(...list: readonly number[]): string {
  return `<skipHours>${list.map(hour => `<hour>${hour}</hour>`).join('')}</skipHours>`
}

function days(...list: readonly string[]): string {
  return `<skipDays>${list.map(day => `<day>${day}</day>`).join('')}</skipDays>`
}

describe('the wait after a poll that went well', () => {
  // Every source is polled once an hour unless somebody asks for more; a poll falls on a Wednesday at midnight, UTC.
  const waits: readonly (readonly [rule: string, reply: Reply, hours: number])[] = [
    ['is the interval where nobody says otherwise', lively(), 1],
    ['is as long as max-age says', fresh({ 'cache-control': 'public, max-age=10800' }), 3],
    ['is not shortened by a max-age below the interval', fresh({ 'cache-control': 'max-age=60' }), 1],
    ['takes off the Age a cache on the way gave', fresh({ 'cache-control': 'max-age=14400', age: '3600' }), 3],
    ['does not follow s-maxage, which is for shared caches', fresh({ 'cache-control': 's-maxage=86400' }), 1],
    ['follows max-age, whatever s-maxage says', fresh({ 'cache-control': 's-maxage=0, max-age=7200' }), 2],
    ['takes no-cache for what it is', fresh({ 'cache-control': 'no-cache, max-age=10800' }), 1],
    ['takes no-store for what it is', fresh({ 'cache-control': 'no-store, max-age=10800' }), 1],
    ['follows Expires', fresh({ date: NOON, expires: THREE }), 3],
    ['prefers max-age to Expires', fresh({ date: NOON, expires: THREE, 'cache-control': 'max-age=7200' }), 2],
    ['passes over an Expires that is no date', fresh({ date: NOON, expires: '-1' }), 1],
    ['is two days at most, whatever max-age says', fresh({ 'cache-control': 'max-age=31536000, immutable' }), 48],
    ['is as long as the ttl of the feed', lively('<ttl>240</ttl>'), 4],
    ['is two days at most, whatever the ttl says', lively('<ttl>525600</ttl>'), 48],
    [
      'follows the syndication module',
      lively('<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>').replace('<rss', `<rss ${SYNDICATION}`),
      6,
    ],
    ['is the longest that anybody asks for', fresh({ 'cache-control': 'max-age=18000' }, '<ttl>120</ttl>'), 5],
    ['leaves out hours the publisher wants skipped', lively(hours(1, 2, 3)), 4],
    ['leaves out days the publisher wants skipped', lively(days('Wednesday', 'Thursday')), 48],
    ['passes over skipped hours that are all there are', lively(hours(...Array.from({ length: 24 }, (_, hour) => hour))), 1],
    ['passes over skipped days that are all there are', lively(days(...DAYS)), 1],
    ['follows the rhythm of a feed that is slower', lively('', { everyMs: 10 * HOUR }), 5],
    ['is half a day at most for the slowest', lively('', { everyMs: 30 * DAY }), 12],
    ['is half a day for a feed that fell asleep', lively('', { until: START - YEAR }), 12],
    ['is never shorter than the interval, however lively the feed', lively('', { everyMs: MINUTE }), 1],
  ]
  let client: PoliteClient
  beforeAll(async () => {
    const site = await openSite(Object.fromEntries(waits.map(([, reply], nth) => [`/${nth}`, reply])))
    client = await openClient([site], Object.fromEntries(waits.map((_, nth) => [`feed-${nth}`, site.url(`/${nth}`)])))
    await client.poll()
  })
  for (const [nth, [rule, , expected]] of waits.entries())
    it(rule, async () => expect((await client.minutesUntil(`feed-${nth}`)) / 60).toBe(expected))

  it('keeps to what the document asked for when there is a 304 instead of it', async () => {
    const site = await openSite({
      '/feed': ({ headers }) => (headers['if-none-match'] ? { status: 304 } : { headers: { etag: '"1"' }, body: lively(`<ttl>240</ttl>`) }),
    })
    const client = await openClient([site], { feed: site.url('/feed') })
    await client.poll()
    expect((await client.pollNext('feed'))?.result).toBe('not-modified')
    expect(await client.minutesUntil('feed')).toBe(240)
  })

  it('follows the max-age of a 304', async () => {
    const site = await openSite({
      '/feed': ({ headers }) =>
        headers['if-none-match']
          ? { status: 304, headers: { 'cache-control': 'max-age=10800' } }
          : { headers: { etag: '"1"' }, body: lively() },
    })
    const client = await openClient([site], { feed: site.url('/feed') })
    await client.poll()
    await client.pollNext('feed')
    expect(await client.minutesUntil('feed')).toBe(180)
  })
})

describe('a hundred sources of one interval', () => {
  const names = Array.from({ length: 100 }, (_, nth) => `feed-${nth}`)
  const opened = async (body: string) => {
    const site = await openSite(Object.fromEntries(names.map(name => [`/${name}`, body])))
    let chance = 0
    const random = () => {
      chance = (chance * 1_103_515_245 + 12_345) % 2 ** 31
      return chance / 2 ** 31
    }
    const client = await openClient([site], Object.fromEntries(names.map(name => [name, site.url(`/${name}`)])), { random })
    return { site, client }
  }

  it('do not fall due in the same minute, and drift further apart', async () => {
    const { site, client } = await opened(lively())
    await client.poll()
    const polled: number[] = []
    for (let minute = 1; minute <= 5 * 60; minute++) {
      client.wait(MINUTE)
      const before = site.visits.length
      await client.poll()
      polled.push(site.visits.length - before)
    }
    expect(Math.max(...polled.slice(0, 70))).toBeLessThan(30)
    expect(Math.max(...polled.slice(-70))).toBeLessThan(20)
  })

  it('do not come back together when skipped hours are over', async () => {
    const { client } = await opened(lively(hours(1, 2, 3)))
    await client.poll()
    const minutes = await Promise.all(names.map(name => client.minutesUntil(name)))
    expect(new Set(minutes).size).toBeGreaterThanOrEqual(5)
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(4 * 60)
  })
})

describe('a source that fails', () => {
  it('is never asked sooner than one that works', async () => {
    const site = await openSite({ '/good': lively(), '/bad': { status: 500 }, '/page': '<!doctype html><title>x</title>' })
    const client = await openClient([site], { good: site.url('/good'), bad: site.url('/bad'), page: site.url('/page') })
    await client.poll()
    const good = await client.minutesUntil('good')
    for (const id of ['bad', 'page']) expect(await client.minutesUntil(id)).toBeGreaterThanOrEqual(good)
  })

  const asked: readonly (readonly [what: string, reply: Reply, hours: number])[] = [
    ['its ttl', lively('<ttl>300</ttl>'), 5],
    ['its rhythm', lively('', { everyMs: 10 * DAY }), 12],
    ['its max-age', fresh({ 'cache-control': 'max-age=25200' }), 7],
  ]
  for (const [what, reply, expected] of asked)
    it(`is not asked sooner after an error than ${what} had it before`, async () => {
      const site = await openSite({ '/feed': reply })
      const client = await openClient([site], { feed: site.url('/feed') })
      await client.poll()
      site.pages.set('/feed', { status: 500 })
      expect((await client.pollNext('feed'))?.result).toBe('server-error')
      expect((await client.minutesUntil('feed')) / 60).toBe(expected)
    })

  it('is not asked in hours that its feed wants skipped', async () => {
    const site = await openSite({ '/feed': lively(hours(2, 3, 4)) })
    const client = await openClient([site], { feed: site.url('/feed') })
    await client.poll()
    site.pages.set('/feed', { status: 500 })
    await client.pollNext('feed')
    // It failed at one o'clock.
    expect(await client.minutesUntil('feed')).toBe(4 * 60)
  })

  it('is asked less and less often, down to once a day, and never given up', async () => {
    const site = await openSite({ '/feed': { status: 500 } })
    const client = await openClient([site], { feed: site.url('/feed') })
    await client.poll()
    const waits = [await client.minutesUntil('feed')]
    for (let failure = 2; failure <= 40; failure++) {
      await client.pollNext('feed')
      waits.push(await client.minutesUntil('feed'))
    }
    expect(waits.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 24, 24].map(hour => hour * 60))
    expect(new Set(waits.slice(7))).toEqual(new Set([24 * 60]))
    expect(site.visits).toHaveLength(40)
  })

  it('is asked at its old pace once it works again', async () => {
    const site = await openSite({ '/feed': { status: 500 } })
    const client = await openClient([site], { feed: site.url('/feed') })
    for (let failure = 0; failure < 5; failure++) await client.poll('all')
    site.pages.set('/feed', lively())
    expect((await client.pollNext('feed'))?.result).toBe('ok')
    expect([await client.minutesUntil('feed'), (await client.state('feed')).failures]).toEqual([60, 0])
  })
})

describe('a restart', () => {
  let site: WatchedSite
  let client: PoliteClient
  beforeAll(async () => {
    site = await openSite({ '/good': lively(), '/bad': { status: 500 }, '/slow': lively('<ttl>600</ttl>'), '/new': lively() })
    client = await openClient([site], { good: site.url('/good'), bad: site.url('/bad'), slow: site.url('/slow') })
    await client.poll()
  })

  it('polls nothing early, however often it happens', async () => {
    for (let minute = 0; minute < 50; minute += 10) {
      await client.restart()
      expect(await client.poll()).toEqual({})
      client.wait(10 * MINUTE)
    }
    expect(site.visits).toHaveLength(3)
  })

  it('polls what has fallen due meanwhile, once', async () => {
    client.wait(3 * HOUR)
    await client.restart()
    expect(Object.keys(await client.poll())).toEqual(['bad', 'good'])
    expect(await client.poll()).toEqual({})
  })

  it('polls a source that is new, and nothing else', async () => {
    await client.restart({ new: site.url('/new') })
    expect(Object.keys(await client.poll())).toEqual(['new'])
  })
})
