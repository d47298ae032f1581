import { describe, expect, it } from 'vitest'
import { DAY, HOUR, type Instant, MINUTE } from '../../src/domain/time.ts'
import type { FailedFetch, FetchedDocument } from '../../src/fetch/fetch-outcome.ts'
import { rssDocument } from './documents.ts'
import { aSource, brings, openPolling, type Web } from './polling.ts'
import { START } from './start.ts'

const HOME = 'https://blog.example.jp/rss'
const YEAR = 365 * DAY

describe('a host that asks for a pause', () => {
  it('is not asked for its other sources in the same cycle', async () => {
    const sources = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => aSource(id, `https://crowded.example/${id}`))
    const polling = await openPolling([...sources, aSource('other', HOME)], request =>
      request.url === HOME ? brings(daily(START), request) : failure('rate-limited', 3 * HOUR),
    )
    const reports = await polling.cycle('all')
    expect(reports['other']?.result).toBe('ok')
    const asked = polling.requests.filter(({ url }) => url !== HOME)
    // Two may be under way when the first is answered.
    expect(asked.length).toBeLessThanOrEqual(2)
    for (const { id } of sources) {
      expect(reports[id]?.result).toBe('rate-limited')
      expect(await polling.waitOf(id)).toBeGreaterThan(3 * HOUR - MINUTE)
    }
    const put = sources.filter(({ id }) => reports[id]?.requests === 0)
    expect(put.length).toBeGreaterThanOrEqual(4)
    for (const { id } of put) expect((await polling.state(id)).failures).toBe(0)
  })

  it('is asked for its other sources once the pause is over', async () => {
    let isBusy = true
    const sources = ['a', 'b', 'c'].map(id => aSource(id, `https://crowded.example/${id}`))
    const polling = await openPolling(sources, request => (isBusy ? failure('rate-limited', 3 * HOUR) : brings(daily(START), request)))
    await polling.cycle()
    polling.wait(2 * HOUR)
    expect(await polling.cycle()).toEqual({})
    isBusy = false
    polling.wait(1.1 * HOUR)
    expect(Object.values(await polling.cycle()).map(({ result }) => result)).toEqual(['ok', 'ok', 'ok'])
  })
})

describe('a source that is gone', () => {
  it('is asked no more when it is due, only when the operator asks for all', async () => {
    let isGone = true
    const polling = await openPolling([aSource('blog', HOME)], (request, now) => (isGone ? failure('gone') : brings(daily(now), request)))
    expect((await polling.cycle())['blog']?.result).toBe('gone')
    polling.wait(2 * YEAR)
    expect(await polling.cycle()).toEqual({})
    isGone = false
    expect((await polling.cycle('all'))['blog']?.result).toBe('ok')
    expect(await polling.waitOf('blog')).toBeLessThan(2 * DAY)
  })
})

describe('a permanent redirect', () => {
  const NEW = 'https://new.example/rss?key=secret'
  const redirecting: Web = (request, now) => brings(daily(now), request, request.url === HOME ? { movedTo: NEW } : {})

  it('is followed at once the next time, and proposed to the operator after five readable sightings', async () => {
    const polling = await openPolling([aSource('blog', HOME)], redirecting)
    const seen = []
    for (let poll = 1; poll <= 6; poll++) {
      seen.push((await polling.cycle('all'))['blog']?.result)
      polling.wait(DAY)
    }
    expect(seen).toEqual(['ok', 'ok', 'ok', 'ok', 'moved', 'moved'])
    expect(polling.requests.map(({ url }) => url)).toEqual([HOME, NEW, NEW, NEW, NEW, NEW])
    const { lastDetail } = await polling.state('blog')
    expect(lastDetail).toMatch(/moved for good to https:\/\/new\.example\/rss:/)
    expect(lastDetail).not.toContain('secret')
  })

  for (const [name, insecure, secure] of [
    ['a feed', 'http://blog.example.jp/rss', 'https://blog.example.jp/rss'],
    ['a host without a path', 'http://blog.example.jp', 'https://blog.example.jp/'],
    [
      'a blog on Blogger',
      'http://blog.example.jp/feeds/posts/default',
      'https://blog.example.jp/feeds/posts/default?max-results=50&orderby=updated&redirect=false',
    ],
  ] as const)
    it(`is proposed at once where ${name} merely became https`, async () => {
      const polling = await openPolling([aSource('blog', insecure)], (request, now) =>
        brings(daily(now), request, request.url.startsWith('http:') ? { movedTo: secure } : {}),
      )
      expect((await polling.cycle())['blog']?.result).toBe('moved')
    })

  it('is forgotten when the new address fails', async () => {
    let isTakenBack = false
    const polling = await openPolling([aSource('blog', HOME)], (request, now) => {
      if (!isTakenBack) return redirecting(request, now)
      return request.url === HOME ? brings(daily(now), request) : failure('not-found')
    })
    await polling.cycle()
    isTakenBack = true
    polling.wait(DAY)
    expect((await polling.cycle())['blog']).toMatchObject({ result: 'ok', requests: 2 })
    expect((await polling.state('blog')).memory).toMatchObject({ movedTo: null, moveSightings: 0 })
    polling.wait(DAY)
    await polling.cycle()
    expect(polling.requests.map(({ url }) => url)).toEqual([HOME, NEW, HOME, HOME])
  })

  it('is forgotten when the new address gives no feed, and never counts as a sighting', async () => {
    let isDown = true
    const polling = await openPolling([aSource('blog', HOME)], (request, now) =>
      isDown ? brings('<!doctype html><title>Back soon</title>', request, { movedTo: NEW }) : brings(daily(now), request),
    )
    expect((await polling.cycle())['blog']?.result).toBe('not-a-feed')
    polling.wait(2 * DAY)
    expect((await polling.cycle())['blog']?.result).toBe('not-a-feed')
    isDown = false
    polling.wait(2 * DAY)
    expect((await polling.cycle())['blog']?.result).toBe('ok')
    expect(polling.requests.map(({ url }) => url)).toEqual([HOME, HOME, HOME])
  })

  it('is forgotten when a page stands at the new address later on', async () => {
    let isParked = false
    const polling = await openPolling([aSource('blog', HOME)], (request, now) => {
      if (!isParked) return redirecting(request, now)
      return request.url === HOME ? brings(daily(now), request) : brings('<!doctype html><title>For sale</title>', request)
    })
    await polling.cycle()
    isParked = true
    polling.wait(DAY)
    expect((await polling.cycle())['blog']?.result).toBe('not-a-feed')
    polling.wait(DAY)
    expect((await polling.cycle())['blog']?.result).toBe('ok')
    expect(polling.requests.map(({ url }) => url)).toEqual([HOME, NEW, HOME])
  })

  it('does not lead back to the old address while the new one only wants a pause', async () => {
    let isBusy = false
    const polling = await openPolling([aSource('blog', HOME)], (request, now) =>
      isBusy ? failure('rate-limited', HOUR) : redirecting(request, now),
    )
    await polling.cycle()
    isBusy = true
    polling.wait(DAY)
    expect((await polling.cycle())['blog']).toMatchObject({ result: 'rate-limited', requests: 1 })
    expect((await polling.state('blog')).memory?.movedTo).toBe(NEW)
  })
})

describe('a feed that falls silent', () => {
  it('is reported when that is unlike it, whether or not it answers 304', async () => {
    const etag = { validators: { etag: '"1"' } }
    const polling = await openPolling([aSource('blog', HOME)], request =>
      request.validators.etag === undefined ? brings(daily(START), request, etag) : { kind: 'not-modified', ...etag },
    )
    expect((await polling.cycle())['blog']).toMatchObject({ result: 'ok', detail: '' })
    polling.wait(3 * DAY)
    expect((await polling.cycle())['blog']).toMatchObject({ result: 'not-modified', detail: '' })
    polling.wait(4 * DAY)
    const report = (await polling.cycle())['blog']
    expect(report).toMatchObject({ result: 'silent-too-long', detail: 'nothing new since 2026-04-01, which is unlike it' })
    expect((await polling.state('blog')).failures).toBe(0)
  })

  it('is not reported where it never was any faster', async () => {
    const items = [0, 20, 40, 60].map(days => ({ guid: `${days}`, title: '題', published: START - days * DAY }))
    const polling = await openPolling([aSource('blog', HOME)], request => brings(rssDocument(items), request))
    polling.wait(50 * DAY)
    expect((await polling.cycle())['blog']?.result).toBe('ok')
    polling.wait(11 * DAY)
    expect((await polling.cycle())['blog']?.result).toBe('silent-too-long')
  })
})

describe('validators', () => {
  it('are left out after seven days without a document', async () => {
    const etag = { validators: { etag: '"stuck"' } }
    let posts = daily(START)
    const polling = await openPolling([aSource('blog', HOME)], request =>
      request.validators.etag === undefined ? brings(posts, request, etag) : { kind: 'not-modified', ...etag },
    )
    await polling.cycle()
    posts = daily(START + DAY)
    const conditional = []
    for (let day = 1; day <= 9; day++) {
      polling.wait(DAY)
      conditional.push((await polling.cycle('all'))['blog']?.conditional)
    }
    // The seventh day is past its seven days by the milliseconds the first poll took.
    expect(conditional).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1])
    expect((await polling.state('blog')).memory?.newestAt).toBe(START + DAY)
  })
})

describe('when a source is polled next', () => {
  const rare = [{ guid: '1', title: '題', published: START }]
  const waits: readonly (readonly [name: string, document: string, answer: Partial<FetchedDocument>, expectedMs: number])[] = [
    ['follows the interval where nobody says otherwise', rssDocument(rare), {}, HOUR],
    ['waits while the answer stays fresh', rssDocument(rare), { freshForMs: 5 * HOUR }, 5 * HOUR],
    ['waits for the document to live out its ttl', rssDocument(rare, '<ttl>240</ttl>'), {}, 4 * HOUR],
    ['follows the rhythm of a feed that is slow', daily(START), {}, 12 * HOUR],
    // 00:00 and one hour: 01:00 lies in a skipped hour.
    ['leaves out the hours the publisher wants skipped', rssDocument(rare, skipped([1, 2, 3])), {}, 4 * HOUR],
  ]
  for (const [name, document, answer, expectedMs] of waits)
    it(name, async () => {
      const polling = await openPolling([aSource('blog', HOME)], request => brings(document, request, answer))
      await polling.cycle()
      expect(Math.round((await polling.waitOf('blog')) / MINUTE)).toBe(expectedMs / MINUTE)
    })

  it('keeps to what the document asked for when it answers 304', async () => {
    const etag = { validators: { etag: '"1"' } }
    const polling = await openPolling([aSource('blog', HOME)], request =>
      request.validators.etag === undefined
        ? brings(rssDocument(rare, '<ttl>240</ttl>'), request, etag)
        : { kind: 'not-modified', ...etag },
    )
    await polling.cycle()
    await polling.waitFor('blog')
    expect((await polling.cycle())['blog']?.result).toBe('not-modified')
    expect(Math.round((await polling.waitOf('blog')) / MINUTE)).toBe(240)
  })
})

describe('a poll that is stopped', () => {
  it('is interrupted, due again at once, and held against nobody', async () => {
    const stop = new AbortController()
    let answer: Web = () => {
      stop.abort()
      return failure('interrupted')
    }
    const polling = await openPolling([aSource('blog', HOME)], (request, now) => answer(request, now))
    expect((await polling.cycle('due', stop.signal))['blog']?.result).toBe('interrupted')
    expect(await polling.state('blog')).toMatchObject({ failures: 0, lastResult: null, lastSuccessAt: null })
    expect(await polling.waitOf('blog')).toBeLessThanOrEqual(0)
    answer = request => brings(daily(START), request)
    expect((await polling.cycle())['blog']?.result).toBe('ok')
  })

  it('leaves every source that was claimed due at once', async () => {
    const stop = new AbortController()
    const sources = Array.from({ length: 12 }, (_, index) => aSource(`s${index}`, `https://crowded.example/${index}`))
    const polling = await openPolling(sources, () => {
      stop.abort()
      return failure('interrupted')
    })
    await polling.cycle('due', stop.signal)
    for (const { id } of sources) expect(await polling.waitOf(id)).toBeLessThanOrEqual(0)
  })
})

function failure(reason: FailedFetch['reason'], retryAfterMs?: number): FailedFetch {
  return { kind: 'failed', reason, detail: reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** A feed with an entry a day for a fortnight, the last at `until`. */
function daily(until: Instant): string {
  return rssDocument(
    Array.from({ length: 14 }, (_, days) => ({
      guid: `https://b.example/${new Date(until - days * DAY).toISOString()}`,
      title: '題',
      published: until - days * DAY,
    })),
  )
}

function skipped(hours: readonly number[]): string {
  return `<skipHours>${hours.map(hour => `<hour>${hour}</hour>`).join('')}</skipHours>`
}
