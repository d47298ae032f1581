import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { atEnd } from '../support/at-end.ts'
import { type Identity, selfSignedIdentity } from '../support/self-signed.ts'
import { lively, openClient } from './polite-client.ts'
import { openSite, type Reply, type WatchedSite } from './watched-site.ts'

const PARKED = '<!doctype html><html><title>This domain is for sale</title></html>'

function redirect(status: number, location: string): Reply {
  return { status, headers: { location } }
}

async function movingFeed(status: number, atNewPlace: Reply = lively()) {
  const site = await openSite({ '/old': redirect(status, '/new?key=secret'), '/new': atNewPlace })
  return { site, client: await openClient([site], { feed: site.url('/old') }) }
}

const targets = ({ visits }: WatchedSite) => visits.map(({ target }) => target)
const NEW = '/new?key=secret'
const identity = selfSignedIdentity()

describe('a redirect', () => {
  for (const status of [301, 308])
    it(`for good (${status}) is followed, and from then on the new address is asked alone`, async () => {
      const { site, client } = await movingFeed(status)
      expect((await client.poll())['feed']?.result).toBe('ok')
      await client.poll('all')
      await client.restart()
      await client.poll('all')
      expect(targets(site)).toEqual(['/old', NEW, NEW, NEW])
    })

  for (const status of [302, 303, 307])
    it(`for now (${status}) is followed, and the old address is asked again the next time`, async () => {
      const { site, client } = await movingFeed(status)
      for (let poll = 0; poll < 7; poll++) expect((await client.poll('all'))['feed']?.result).toBe(poll === 0 ? 'ok' : 'not-modified')
      expect(targets(site)).toEqual(Array(7).fill(['/old', NEW]).flat())
      expect((await client.state('feed')).memory).toMatchObject({ movedTo: null, moveSightings: 0 })
    })

  it('for now behind one for good is remembered up to where it was for good', async () => {
    const { site, client } = await movingFeed(301, redirect(302, '/today'))
    site.pages.set('/today', lively())
    await client.poll()
    await client.poll('all')
    expect(targets(site)).toEqual(['/old', NEW, '/today', NEW, '/today'])
  })

  it('for good behind one for now is not remembered', async () => {
    const { site, client } = await movingFeed(302, redirect(301, '/today'))
    site.pages.set('/today', lively())
    await client.poll()
    await client.poll('all')
    expect(targets(site)).toEqual(['/old', NEW, '/today', '/old', NEW, '/today'])
  })

  it('for good is proposed to the operator after five sightings of a readable feed, without its secrets', async () => {
    const { site, client } = await movingFeed(301)
    const results: unknown[] = []
    for (let poll = 1; poll <= 6; poll++) {
      client.wait(DAY)
      results.push((await client.poll())['feed']?.result)
    }
    expect(results.slice(3)).toEqual(['not-modified', 'moved', 'moved'])
    const { lastDetail, failures } = await client.state('feed')
    expect([lastDetail.includes(`moved for good to ${site.url('/new')}: change its address`), failures]).toEqual([true, 0])
    expect(lastDetail).not.toContain('secret')
  })

  it.skipIf(identity === undefined)('that only makes http of the same path https is proposed at once', async () => {
    const { host, targets: asked } = await securedSite(identity ?? { key: '', cert: '' })
    const client = await openClient([{ host }], { feed: `http://${host}/feed` })
    expect((await client.poll())['feed']?.result).toBe('moved')
    expect((await client.state('feed')).lastDetail).toContain(`moved for good to https://${host}/feed:`)
    await client.poll('all')
    expect(asked).toEqual(['http /feed', 'https /feed', 'https /feed'])
  })

  it('to a page that is no feed is neither remembered nor proposed', async () => {
    const { site, client } = await movingFeed(301, PARKED)
    for (let poll = 1; poll <= 6; poll++) expect((await client.poll('all'))['feed']?.result).toBe('not-a-feed')
    expect(targets(site)).toEqual(Array(6).fill(['/old', NEW]).flat())
  })

  it('that is taken back is forgotten as soon as the new address fails', async () => {
    const { site, client } = await movingFeed(301)
    await client.poll()
    site.pages.set('/old', lively('<ttl>1</ttl>')).delete('/new')
    expect((await client.pollNext('feed'))?.result).toBe('ok')
    await client.pollNext('feed')
    expect(targets(site)).toEqual(['/old', NEW, NEW, '/old', '/old'])
  })

  it('whose target is sold is forgotten, with the validators that belonged to it', async () => {
    const { site, client } = await movingFeed(301, { headers: { 'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT' }, body: lively() })
    await client.poll()
    site.pages.set('/new', PARKED).set('/old', lively('<ttl>1</ttl>'))
    expect((await client.pollNext('feed'))?.result).toBe('not-a-feed')
    expect((await client.pollNext('feed'))?.result).toBe('ok')
    expect(site.visits.map(({ target, headers }) => [target, headers['if-modified-since']])).toEqual([
      ['/old', undefined],
      [NEW, undefined],
      [NEW, 'Sun, 06 Nov 1994 08:49:37 GMT'],
      ['/old', undefined],
    ])
  })

  it('that goes round in a circle ends after a few requests', async () => {
    const { site, client } = await movingFeed(301, redirect(301, '/old'))
    expect((await client.poll())['feed']?.result).toBe('too-many-redirects')
    expect(targets(site)).toEqual(['/old', NEW])
  })
})

describe('a feed that is gone (410)', () => {
  it('is asked no more, over years and restarts, and the operator is told', async () => {
    const site = await openSite({ '/feed': { status: 410 }, '/other': lively() })
    const client = await openClient([site], { feed: site.url('/feed'), other: site.url('/other') })
    expect((await client.poll())['feed']).toMatchObject({ result: 'gone', detail: expect.stringContaining('410') })
    for (let year = 0; year < 3; year++) {
      client.wait(365 * DAY)
      await client.restart()
      expect(Object.keys(await client.poll())).toEqual(['other'])
    }
    expect(targets(site).filter(target => target === '/feed')).toHaveLength(1)
    expect(await client.state('feed')).toMatchObject({ lastResult: 'gone' })
  })

  it('is asked again where the operator asks for every source, or changes its address', async () => {
    const site = await openSite({ '/feed': { status: 410 }, '/new': lively() })
    const client = await openClient([site], { feed: site.url('/feed') })
    await client.poll()
    expect((await client.poll('all'))['feed']?.result).toBe('gone')
    await client.restart({ feed: site.url('/new') })
    expect((await client.poll())['feed']?.result).toBe('ok')
  })

  it('is not taken for gone because it cannot be found (404)', async () => {
    const site = await openSite({})
    const client = await openClient([site], { feed: site.url('/feed') })
    expect((await client.poll())['feed']?.result).toBe('not-found')
    expect((await client.pollNext('feed'))?.result).toBe('not-found')
    expect(targets(site)).toEqual(['/feed', '/feed'])
  })
})

/** A site that answers http with a redirect to https, on the same port, and https with a feed. */
async function securedSite(own: Identity): Promise<{ readonly host: string; readonly targets: readonly string[] }> {
  setDefaultCACertificates([...getCACertificates(), own.cert])
  const asked: string[] = []
  const plain = createServer(({ url, headers }, response) => {
    asked.push(`http ${url}`)
    response.writeHead(301, { location: `https://${headers.host}${url}` }).end()
  })
  const secure = createTlsServer(own, ({ url }, response) => {
    asked.push(`https ${url}`)
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(lively())
  })
  const front = createTcpServer(socket => {
    socket.once('data', first => {
      socket.pause()
      socket.unshift(first)
      // A TLS handshake begins with the byte 22 (RFC 8446 §5.1).
      const server = first[0] === 22 ? secure : plain
      server.emit('connection', socket)
      process.nextTick(() => socket.resume())
    })
  })
  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve))
  atEnd(() => {
    front.close()
    for (const server of [plain, secure]) server.closeAllConnections()
  })
  return { host: `127.0.0.1:${(front.address() as AddressInfo).port}`, targets: asked }
}
