import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { PACKAGE } from '../../src/version.ts'
import { lively, openClient, START } from './polite-client.ts'
import { openSite, type Reply, type Visit } from './watched-site.ts'

const ifNoneMatch = ({ headers }: Visit) => headers['if-none-match']
const ifModifiedSince = ({ headers }: Visit) => headers['if-modified-since']
const OLD = 'Sun, 06 Nov 1994 08:49:37 GMT'
const LATER = 'Mon, 07 Nov 1994 08:49:37 GMT'

/** A page that answers each visit with the next reply, and the last one from then on. */
function inTurn(...replies: readonly Reply[]): () => Reply {
  let visits = 0
  return () => replies[Math.min(visits++, replies.length - 1)] ?? { status: 500 }
}

function feed(headers: Readonly<Record<string, string>>, body = lively()): Reply {
  return { headers, body }
}

function notModified(headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 304, headers }
}

async function oneFeed(page: Reply | ((visit: Visit) => Reply), path = '/feed') {
  const site = await openSite({ [path]: page })
  return { site, client: await openClient([site], { feed: site.url(path) }) }
}

describe('a request', () => {
  it('names the program, its version and a contact address in its User-Agent', async () => {
    const site = await openSite({ '/feed': lively() })
    const client = await openClient([site], { feed: site.url('/feed') }, { polling: ['contact: https://translator.example/about'] })
    await client.poll()
    expect(site.visits[0]?.headers['user-agent']).toBe(`Kakehashi/${PACKAGE.version} (+https://translator.example/about)`)
  })

  it('names the site where the operator gives no other contact', async () => {
    const { site, client } = await oneFeed(lively())
    await client.poll()
    expect(site.visits[0]?.headers['user-agent']).toMatch(/^Kakehashi\/\S+ \(\+https:\/\/feeds\.example\.jp\/\)$/)
  })

  it('offers compression, and asks for feeds before anything else', async () => {
    const { site, client } = await oneFeed(lively())
    await client.poll()
    const { 'accept-encoding': encoding, accept } = site.visits[0]?.headers ?? {}
    expect(encoding).toMatch(/\bgzip\b/)
    expect(accept).toMatch(/^application\/atom\+xml, application\/rss\+xml,.*\*\/\*;q=0\.\d$/)
  })

  it('brings back no cookie', async () => {
    const { site, client } = await oneFeed({ headers: { 'set-cookie': 'id=1; Path=/' }, body: lively() })
    site.pages.set('/old', { status: 302, headers: { location: '/feed', 'set-cookie': 'id=2; Path=/' } })
    await client.poll()
    await client.restart({ old: site.url('/old') })
    await client.poll('all')
    expect(site.visits.length).toBeGreaterThanOrEqual(4)
    for (const { headers } of site.visits) expect(headers).not.toHaveProperty('cookie')
  })

  it('tells nobody where it comes from', async () => {
    const { site, client } = await oneFeed({ status: 302, headers: { location: '/elsewhere' } })
    site.pages.set('/elsewhere', lively())
    await client.poll()
    expect(site.visits).toHaveLength(2)
    for (const { headers } of site.visits) {
      expect(headers).not.toHaveProperty('referer')
      expect(headers).not.toHaveProperty('origin')
    }
  })

  it('goes to the very address the operator wrote, with nothing added that would go round a cache', async () => {
    const { site, client } = await oneFeed(lively(), '/feed.php?format=rss&a=%E5%A4%96%E4%BA%A4')
    await client.poll()
    await client.poll('all')
    expect(site.visits.map(({ target }) => target)).toEqual(Array(2).fill('/feed.php?format=rss&a=%E5%A4%96%E4%BA%A4'))
    for (const { headers } of site.visits) {
      expect(headers).not.toHaveProperty('cache-control')
      expect(headers).not.toHaveProperty('pragma')
    }
  })

  it('is all there is to a poll: no robots.txt, no look beforehand, no page of an article', async () => {
    const site = await openSite({})
    const articles = lively().replaceAll('https://outlet.example', site.url(''))
    site.pages.set('/feed', articles)
    site.pages.set('/robots.txt', { body: 'User-agent: *\nDisallow: /' })
    const client = await openClient([site], { feed: site.url('/feed') })
    expect((await client.poll())['feed']).toMatchObject({ result: 'ok', added: 8, requests: 1 })
    await client.poll('all')
    expect(site.visits.map(({ method, target }) => [method, target])).toEqual(Array(2).fill(['GET', '/feed']))
  })
})

describe('validators', () => {
  it('are not sent to a feed that was never read', async () => {
    const { site, client } = await oneFeed(feed({ etag: '"1"', 'last-modified': OLD }))
    await client.poll()
    expect(site.visits.map(visit => [ifNoneMatch(visit), ifModifiedSince(visit)])).toEqual([[undefined, undefined]])
  })

  it('bring a 304, which ends the poll: nothing is stored, judged or published', async () => {
    const { site, client } = await oneFeed(visit => (ifNoneMatch(visit) === '"1"' ? notModified() : feed({ etag: '"1"' })))
    await client.cycle()
    const { polls, match, publish } = await client.cycle('all')
    expect(polls).toMatchObject([{ result: 'not-modified', requests: 1, conditional: 1, unmodified: 1, added: 0, changed: 0 }])
    expect([match.judged, publish.written]).toEqual([0, []])
    expect(site.visits).toHaveLength(2)
  })

  const odd: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
    ['a strong ETag', { etag: '"33a64df551425fcc"' }],
    ['a weak ETag', { etag: 'W/"0815"' }],
    ['an ETag with the "-gzip" of a server that compresses', { etag: '"5d8c72a5edda8-gzip"' }],
    ['an ETag without quotes', { etag: '5d8c72a5edda8' }],
    ['an ETag with quotes doubled', { etag: '""abc""' }],
    ['an ETag with quotes that are not closed', { etag: '"abc' }],
    ['an ETag in single quotes', { etag: "'abc'" }],
    ['an ETag with spaces, commas and backslashes', { etag: '"a, \\"b\\",  c"' }],
    ['an ETag with bytes that are not ASCII', { etag: '"caf\u00e9\u00ff"' }],
    ['a lower-case weak ETag', { etag: 'w/"abc"' }],
    ['a Last-Modified as it should be', { 'last-modified': OLD }],
    ['a Last-Modified of another age', { 'last-modified': 'Sunday, 06-Nov-94 08:49:37 GMT' }],
    ['a Last-Modified in another zone', { 'last-modified': 'Sun, 6 Nov 1994 17:49:37 +0900' }],
    ['a Last-Modified in ISO 8601', { 'last-modified': '1994-11-06T08:49:37Z' }],
    ['a Last-Modified that is no date', { 'last-modified': 'yesterday' }],
  ]
  for (const [what, headers] of odd)
    it(`come back byte for byte: ${what}`, async () => {
      const { site, client } = await oneFeed(feed(headers))
      await client.poll()
      await client.poll('all')
      const [, second] = site.visits
      expect([second?.headers['if-none-match'], second?.headers['if-modified-since']]).toEqual([headers['etag'], headers['last-modified']])
    })

  it('come back both where both were given', async () => {
    const { site, client } = await oneFeed(feed({ etag: '"1"', 'last-modified': OLD }))
    await client.poll()
    await client.poll('all')
    expect(site.visits[1]).toMatchObject({ headers: { 'if-none-match': '"1"', 'if-modified-since': OLD } })
  })

  it('are never made up: a feed without any is asked without any', async () => {
    const { site, client } = await oneFeed(feed({ date: LATER }))
    await client.poll()
    await client.poll('all')
    expect(site.visits.map(visit => [ifNoneMatch(visit), ifModifiedSince(visit)])).toEqual(Array(2).fill([undefined, undefined]))
  })

  const sequences: readonly (readonly [rule: string, replies: readonly Reply[], etags: readonly unknown[], dates: readonly unknown[]])[] = [
    [
      'follow an ETag that changes while Last-Modified stays',
      [feed({ etag: '"1"', 'last-modified': OLD }), feed({ etag: '"2"', 'last-modified': OLD }, lively('<ttl>1</ttl>')), notModified()],
      [undefined, '"1"', '"2"'],
      [undefined, OLD, OLD],
    ],
    [
      'follow a Last-Modified that changes while the ETag stays',
      [feed({ etag: '"1"', 'last-modified': OLD }), feed({ etag: '"1"', 'last-modified': LATER }, lively('<ttl>1</ttl>')), notModified()],
      [undefined, '"1"', '"1"'],
      [undefined, OLD, LATER],
    ],
    [
      'follow what changes with a body that stays the same',
      [feed({ etag: '"1"', 'last-modified': OLD }), feed({ etag: '"2"', 'last-modified': LATER }), notModified()],
      [undefined, '"1"', '"2"'],
      [undefined, OLD, LATER],
    ],
    [
      'follow what changes with a 304',
      [
        feed({ etag: '"1"', 'last-modified': OLD }),
        notModified({ etag: '"2"' }),
        notModified({ 'last-modified': LATER }),
        notModified(),
        notModified(),
      ],
      [undefined, '"1"', '"2"', '"2"', '"2"'],
      [undefined, OLD, OLD, LATER, LATER],
    ],
    [
      'are dropped where a new document comes without them',
      [feed({ etag: '"1"', 'last-modified': OLD }), feed({ 'last-modified': LATER }, lively('<ttl>1</ttl>')), notModified()],
      [undefined, '"1"', undefined],
      [undefined, OLD, LATER],
    ],
    [
      'are not taken from a document that was not understood',
      [
        feed({ etag: '"1"' }),
        feed({ etag: '"2"' }, '<!doctype html><title>Just a moment…</title>'),
        feed({ etag: '"3"' }, '<rss'),
        notModified(),
      ],
      [undefined, '"1"', '"1"', '"1"'],
      [undefined, undefined, undefined, undefined],
    ],
    [
      'are not taken from an error',
      [feed({ etag: '"1"' }), { status: 500, headers: { etag: '"2"' } }, { status: 404, headers: { etag: '"3"' } }, notModified()],
      [undefined, '"1"', '"1"', '"1"'],
      [undefined, undefined, undefined, undefined],
    ],
  ]
  for (const [rule, replies, etags, dates] of sequences)
    it(rule, async () => {
      const { site, client } = await oneFeed(inTurn(...replies))
      for (const _ of replies) await client.poll('all')
      expect(site.visits.map(ifNoneMatch)).toEqual(etags)
      expect(site.visits.map(ifModifiedSince)).toEqual(dates)
    })

  it('that were understood once are still there after a restart', async () => {
    const { site, client } = await oneFeed(feed({ etag: 'W/"1"', 'last-modified': OLD }))
    await client.poll()
    await client.restart()
    await client.poll('all')
    expect(site.visits[1]).toMatchObject({ headers: { 'if-none-match': 'W/"1"', 'if-modified-since': OLD } })
  })
})

describe('the same body again', () => {
  it('is no work, whatever its ETag: it is not even parsed, and nothing is published', async () => {
    // Reading it leaves something to tell of.
    const body = lively().replace('<item>', '<item></item><item>')
    const { client } = await oneFeed(inTurn(feed({ etag: '"1"' }, body), feed({ etag: '"2"' }, body)))
    expect((await client.poll())['feed']?.skipped).toHaveLength(1)
    const { lastChangeAt, bodyDigest } = await client.state('feed')
    const { polls, publish } = await client.cycle('all')
    expect(polls).toMatchObject([{ result: 'not-modified', added: 0, changed: 0, skipped: [], detail: '' }])
    expect(publish.written).toEqual([])
    expect(await client.state('feed')).toMatchObject({ lastChangeAt, bodyDigest, validators: { etag: '"2"' } })
  })
})

describe('304s that never end', () => {
  it('are seen through: once a week the feed is asked without validators, and what was hidden is read', async () => {
    let body = lively()
    const { site, client } = await oneFeed(visit => (ifNoneMatch(visit) === undefined ? feed({ etag: '"stuck"' }, body) : notModified()))
    await client.poll()
    body = lively('', { until: START + DAY })
    const added: unknown[] = []
    for (let day = 1; day <= 9; day++) {
      client.wait(DAY)
      added.push((await client.poll('all'))['feed']?.added)
    }
    expect(added.filter(count => count !== 0)).toEqual([8])
    expect(site.visits.filter(visit => ifNoneMatch(visit) === undefined)).toHaveLength(2)
    expect(site.visits.map(ifNoneMatch).lastIndexOf(undefined)).toBe(7)
  })

  it('are a fault of the server where nothing was sent for them to answer', async () => {
    const { site, client } = await oneFeed(notModified({ etag: '"1"' }))
    expect((await client.poll())['feed']).toMatchObject({ result: 'server-error', detail: expect.stringMatching(/304/) })
    expect(await client.state('feed')).toMatchObject({ failures: 1, validators: {}, lastSuccessAt: null })
    await client.poll('all')
    expect(site.visits.map(ifNoneMatch)).toEqual([undefined, undefined])
  })
})
