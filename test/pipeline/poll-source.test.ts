import { describe, expect, it } from 'vitest'
import { DAY, type Instant } from '../../src/domain/time.ts'
import type { FailedFetch } from '../../src/fetch/fetch-outcome.ts'
import { rssDocument } from './documents.ts'
import { aSource, brings, openPolling, type Web } from './polling.ts'
import { START } from './start.ts'

const HOME = 'https://blog.example.jp/rss'

describe('a permanent redirect', () => {
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
