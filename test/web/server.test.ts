import { once } from 'node:events'
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, type ServerOptions, startServer } from '../../src/web/server.ts'
import { atEnd } from '../support/at-end.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { SITE, servedPlace } from './served-place.ts'

const MODIFIED = Date.parse('2025-03-12T09:00:00.400Z')
const ATOM = '<feed>架け橋</feed>\n'.repeat(50)

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

describe('startServer', () => {
  let folder: string
  let server: RunningServer
  let now: number
  const requests: unknown[] = []
  const start = async (changes: Partial<ServerOptions> = {}) => {
    const started = await startServer({
      ...{ host: '127.0.0.1', port: 0, place: () => servedPlace(folder), now: () => now },
      messagePage: kind => `<!doctype html><p>${kind}</p>`,
      onRequest: request => requests.push(request),
      ...changes,
    })
    atEnd(() => started.close())
    return started
  }
  /** Replaces a file as publishing does. */
  const put = async (path: string, bytes: string | Buffer, at = MODIFIED) => {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(`${file}.new`, bytes)
    await utimes(`${file}.new`, at / 1000, at / 1000)
    await rename(`${file}.new`, file)
  }
  const ask = (path: string, headers: OutgoingHttpHeaders = {}, method = 'GET', port = server.port) =>
    new Promise<Answer>((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, path, headers, method, agent: false }, async response => {
        const chunks: Buffer[] = []
        for await (const chunk of response) chunks.push(chunk as Buffer)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
      })
      request.on('error', reject).end()
    })
  beforeEach(async () => {
    folder = join(await temporaryFolder(), 'public')
    now = 0
    server = await start()
    await put('index.html', '<!doctype html><html></html>')
    await put('feeds/米外交.atom', ATOM)
  })
  const FEED = `/feeds/${encodeURIComponent('米外交')}.atom`

  it('serves a feed with its type, validators, length, and to web readers of any origin', async () => {
    const { status, headers, body } = await ask(FEED)
    expect([status, body.toString()]).toEqual([200, ATOM])
    expect(headers).toMatchObject({
      'content-type': 'application/atom+xml; charset=utf-8',
      'content-length': String(Buffer.byteLength(ATOM)),
      'last-modified': 'Wed, 12 Mar 2025 09:00:00 GMT',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      'cache-control': 'public, max-age=300',
      vary: 'Accept-Encoding',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    })
  })

  it('serves a page without scripts, and to its own origin alone', async () => {
    const { headers } = await ask('/')
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('sends security headers with every kind of answer', async () => {
    for (const [path, method] of [
      ['/', 'GET'],
      ['/nothing', 'GET'],
      ['/en', 'GET'],
      ['/', 'POST'],
    ] as const)
      expect((await ask(path, {}, method)).headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.any(String),
      })
  })

  it('answers HEAD as GET, without the body', async () => {
    const [get, head] = [await ask(FEED), await ask(FEED, {}, 'HEAD')]
    const { date: _, ...headers } = get.headers
    expect(head).toMatchObject({ status: 200, headers, body: { length: 0 } })
    expect((await ask('/nothing', {}, 'HEAD')).body).toHaveLength(0)
  })

  it('sends what the client can unpack, each form under a tag of its own', async () => {
    const [plain, zipped, brotli, zstd, refused] = await Promise.all(
      [undefined, 'gzip', 'gzip, br', 'gzip, zstd', 'br;q=0, gzip;q=0'].map(codings =>
        ask(FEED, codings === undefined ? {} : { 'accept-encoding': codings }),
      ),
    )
    expect([zipped?.headers['content-encoding'], brotli?.headers['content-encoding']]).toEqual(['gzip', 'br'])
    expect(gunzipSync(zipped?.body ?? '').toString()).toBe(ATOM)
    expect(brotliDecompressSync(brotli?.body ?? '').toString()).toBe(ATOM)
    expect([zstd?.headers['content-encoding'], zstdDecompressSync(zstd?.body ?? '').toString()]).toEqual(['zstd', ATOM])
    expect(refused?.headers).not.toHaveProperty('content-encoding')
    expect(new Set([plain, zipped, brotli, zstd].map(answer => answer?.headers.etag)).size).toBe(4)
  })

  it('sends the compressed copy beside a file, unless it is of another version', async () => {
    await put('feeds/a.atom.gz', gzipSync(ATOM, { level: 1 }))
    await put('feeds/a.atom', ATOM)
    expect((await ask('/feeds/a.atom', { 'accept-encoding': 'gzip' })).body).toEqual(gzipSync(ATOM, { level: 1 }))
    await put('feeds/b.atom.gz', gzipSync('older'), MODIFIED - 1_000)
    await put('feeds/b.atom', ATOM)
    expect(gunzipSync((await ask('/feeds/b.atom', { 'accept-encoding': 'gzip' })).body).toString()).toBe(ATOM)
  })

  it('spares the client a copy it has', async () => {
    const { headers } = await ask(FEED, { 'accept-encoding': 'gzip' })
    const conditions = [
      { 'if-none-match': headers.etag },
      { 'if-none-match': `"x", W/${headers.etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': headers['last-modified'] },
    ]
    for (const condition of conditions) {
      const answer = await ask(FEED, condition)
      expect([answer.status, answer.body.length]).toEqual([304, 0])
      expect(answer.headers).toMatchObject({ etag: expect.any(String), vary: 'Accept-Encoding', 'access-control-allow-origin': '*' })
    }
    expect((await ask(FEED, { 'if-none-match': '"x"', 'if-modified-since': headers['last-modified'] })).status).toBe(200)
  })

  it('shows a change within a second, though the clock of the file stood still', async () => {
    const before = await ask(FEED)
    await put('feeds/米外交.atom', 'new')
    now = 999
    expect((await ask(FEED)).body).toEqual(before.body)
    now = 1_000
    const after = await ask(FEED, { 'if-none-match': before.headers.etag })
    expect([after.status, after.body.toString()]).toEqual([200, 'new'])
  })

  it('serves a file that is withdrawn no more', async () => {
    await ask(FEED)
    await rm(join(folder, 'feeds/米外交.atom'))
    now = 1_000
    expect((await ask(FEED)).status).toBe(404)
  })

  it('asks for patience before anything is published, and says what is not there afterwards', async () => {
    await rm(folder, { recursive: true })
    const early = await ask('/feeds/nothing.atom')
    expect([early.status, early.headers['retry-after'], early.body.toString()]).toEqual([503, '30', '<!doctype html><p>not-ready</p>'])
    await put('index.html', '<!doctype html><html></html>')
    const later = await ask('/feeds/nothing.atom')
    expect([later.status, later.headers['cache-control'], later.body.toString()]).toEqual([
      404,
      'no-store',
      '<!doctype html><p>not-found</p>',
    ])
    expect(later.headers).not.toHaveProperty('retry-after')
  })

  it('gives nothing outside the folder, hidden, or of another kind', async () => {
    await writeFile(join(folder, '..', 'secret.txt'), 'secret')
    await put('.env.txt', 'secret')
    await put('feeds/store.db', 'secret')
    const targets = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/feeds/..%2f..%2f..%2fsecret.txt',
      '/..%5csecret.txt',
      '/..\\secret.txt',
      '/%2e%2e/secret.txt',
    ]
    for (const target of [...targets, '/secret.txt%00.atom', '/.env.txt', '/feeds/store.db', 'http://evil.example/../secret.txt']) {
      const { status, body } = await ask(target)
      expect([status, body.includes('secret')], target).toEqual([404, false])
    }
  })

  it('serves absolute-form targets as its own (RFC 9112 §3.2.2)', async () => {
    expect((await ask(`http://proxy.example${FEED}`)).status).toBe(200)
  })

  it('takes the base path off', async () => {
    const based = await start({ place: () => servedPlace(folder, { basePath: '/kakehashi/' }) })
    expect((await ask(`/kakehashi${FEED}`, {}, 'GET', based.port)).status).toBe(200)
    expect((await ask('/kakehashi', {}, 'GET', based.port)).headers.location).toBe('./kakehashi/')
  })

  it('serves another place as soon as it is told to', async () => {
    const other = join(folder, '..', 'elsewhere')
    let place = servedPlace(folder)
    const moving = await start({ place: () => place })
    const status = async (path: string) => (await ask(path, {}, 'GET', moving.port)).status
    expect([await status(FEED), await status(`/new${FEED}`)]).toEqual([200, 404])
    await put('../elsewhere/feeds/only-there.atom', ATOM)
    place = servedPlace(other, { basePath: '/new/' })
    expect([await status(FEED), await status('/new/feeds/only-there.atom')]).toEqual([503, 200])
  })

  it('serves the page of a label that ends in .html, and pages under their file name', async () => {
    await put('labels/foo.html', 'foo')
    expect((await ask('/labels/foo.html')).body.toString()).toBe('foo')
    await put('labels/foo.html.html', 'foo.html')
    now = 1_000
    expect([(await ask('/labels/foo')).body.toString(), (await ask('/labels/foo.html')).body.toString()]).toEqual(['foo', 'foo.html'])
  })

  it('serves a file too large for memory, compressed where a copy lies beside it', async () => {
    const large = Buffer.alloc(9_000_000, '橋')
    await put('feeds/large.atom.gz', gzipSync(large))
    await put('feeds/large.atom', large)
    const [plain, zipped, uncopied] = await Promise.all([
      ask('/feeds/large.atom'),
      ask('/feeds/large.atom', { 'accept-encoding': 'gzip' }),
      ask('/feeds/large.atom', { 'accept-encoding': 'br' }),
    ])
    expect([plain.body.equals(large), gunzipSync(zipped.body).equals(large), uncopied.body.equals(large)]).toEqual([true, true, true])
    expect([plain, zipped, uncopied].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', undefined])
    expect(plain.headers['content-length']).toBe(String(large.length))
    expect((await ask('/feeds/large.atom', { 'if-none-match': plain.headers.etag })).status).toBe(304)
    expect((await ask('/feeds/large.atom', {}, 'HEAD')).headers['content-length']).toBe(String(large.length))
    await put('feeds/large.atom', Buffer.alloc(9_000_000, 'b'))
    expect((await ask('/feeds/large.atom')).status).toBe(503)
    now = 1_000
    expect((await ask('/feeds/large.atom', { 'if-none-match': plain.headers.etag })).body[0]).toBe('b'.charCodeAt(0))
  })

  it('does not mind a client that leaves in the middle of a large file', async () => {
    const errors: unknown[] = []
    await put('large.txt', Buffer.alloc(24_000_000, 'a'))
    const own = await start({ onError: error => errors.push(error) })
    const socket = connect(own.port, '127.0.0.1', () => socket.write('GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n'))
    await once(socket, 'data')
    socket.destroy()
    expect((await ask('/', {}, 'GET', own.port)).status).toBe(200)
    await own.close()
    expect(errors).toEqual([])
  })

  it('refuses other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'TRACE']) {
      const { status, headers } = await ask(FEED, {}, method)
      expect([status, headers.allow], method).toEqual([405, 'GET, HEAD, OPTIONS'])
    }
  })

  it('lets pages of other origins ask whether their copy of a feed is still good', async () => {
    const [feed, page] = [await ask(FEED, { origin: 'https://reader.example' }, 'OPTIONS'), await ask('/', {}, 'OPTIONS')]
    expect([feed.status, page.status]).toEqual([204, 204])
    expect(feed.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': expect.stringContaining('If-None-Match'),
    })
    expect(page.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('names the hubs of a feed, its other syntaxes and its page', async () => {
    const site = { ...SITE, hubs: ['https://hub.example/'] }
    const own = await start({ place: () => servedPlace(folder, { site }) })
    const { headers } = await ask(FEED, {}, 'GET', own.port)
    expect(headers['link']).toContain(
      `<https://feeds.example.jp${FEED}>; rel="self"; type="application/atom+xml", <https://hub.example/>; rel="hub"`,
    )
    expect(headers['access-control-expose-headers']).toBe('ETag, Link')
  })

  it('sends readers of a feed that was renamed to its new address, and tells those of one that is no more', async () => {
    const formerSlugs = new Map([
      ['米外交政策', '米外交'],
      ['終わり', null],
    ])
    const own = await start({ place: () => servedPlace(folder, { formerSlugs }) })
    const path = (slug: string) => encodeURIComponent(slug)
    const asked = async (target: string) => {
      const { status, headers } = await ask(target, {}, 'GET', own.port)
      return [status, headers.location]
    }
    expect(await asked(`/feeds/${path('米外交政策')}.atom`)).toEqual([301, `./${path('米外交')}.atom`])
    expect(await asked(`/en/labels/${path('米外交政策')}`)).toEqual([301, `./${path('米外交')}`])
    expect(await asked(`/feeds/${path('終わり')}.rss`)).toEqual([410, undefined])
    expect(await asked(`/feeds/${path('ほか')}.rss`)).toEqual([404, undefined])
    await put('feeds/米外交政策.atom', ATOM)
    expect(await asked(`/feeds/${path('米外交政策')}.atom`)).toEqual([200, undefined])
  })

  it('refuses an address longer than any of its own', async () => {
    expect((await ask(`/feeds/${'a'.repeat(9_000)}.atom`)).status).toBe(414)
  })

  it('spares browsers that ask for an icon the whole page', async () => {
    const { status, body, headers } = await ask('/favicon.ico')
    expect([status, body.length, headers['cache-control']]).toEqual([404, 0, 'public, max-age=86400'])
  })

  it('tells that it lives', async () => {
    const { status, headers, body } = await ask('/healthz')
    expect([status, headers['cache-control'], body.toString()]).toEqual([200, 'no-store', 'ok\n'])
  })

  it('reports each request without its query', async () => {
    requests.length = 0
    await ask('/feeds/nothing.atom?token=secret')
    expect(requests).toEqual([
      {
        ...{ method: 'GET', path: '/feeds/nothing.atom', status: 404, durationMs: 0 },
        ...{ client: '127.0.0.1', scheme: 'http', host: `127.0.0.1:${server.port}` },
      },
    ])
  })

  it('answers 500 to what it did not foresee, reports it, and goes on', async () => {
    const errors: unknown[] = []
    const broken = await start({
      messagePage: () => {
        throw new Error('no page')
      },
      onError: error => errors.push(error),
    })
    expect((await ask('/nothing', {}, 'GET', broken.port)).status).toBe(500)
    expect([(await ask(FEED, {}, 'GET', broken.port)).status, errors.length]).toEqual([200, 1])
  })

  it('refuses a flood of headers', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${'X-Flood: aaaaaaaaaaaaaaaa\r\n'.repeat(2_000)}`),
      )
      let text = ''
      socket.on('data', chunk => {
        text += String(chunk)
      })
      socket.on('close', () => resolve(text))
      socket.on('error', error => (text === '' ? reject(error) : resolve(text)))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('cuts off a client that sends its headers byte by byte', async () => {
    const strict = await start({ limits: { headersMs: 150 } })
    const socket = connect(strict.port, '127.0.0.1')
    const drip = setInterval(() => socket.writable && socket.write('x'), 20)
    let text = ''
    socket.on('data', chunk => {
      text += String(chunk)
    })
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nX-Slow: ')
    await once(socket, 'close').finally(() => clearInterval(drip))
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('cuts off a client that never ends its request, and one that says nothing at all', async () => {
    const strict = await start({ limits: { headersMs: 150, requestMs: 300 } })
    const [slow, silent] = [connect(strict.port, '127.0.0.1'), connect(strict.port, '127.0.0.1')]
    slow.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n')
    const drip = setInterval(() => slow.writable && slow.write('x'), 20)
    for (const socket of [slow, silent]) socket.on('error', () => {}).resume()
    // A reset is one way of being cut off; `events.once` would reject for it.
    const closed = (socket: Socket) => new Promise(resolve => socket.once('close', resolve))
    await Promise.all([closed(slow), closed(silent)]).finally(() => clearInterval(drip))
    expect((await ask('/', {}, 'GET', strict.port)).status).toBe(200)
  })

  it('cuts off a client that takes nothing of its answer', async () => {
    await put('large.txt', Buffer.alloc(24_000_000, 'a'))
    const strict = await start({ limits: { stalledMs: 150 } })
    const socket = connect(strict.port, '127.0.0.1', () => socket.write('GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n'))
    await once(
      socket.on('error', () => {}),
      'readable',
    )
    // Closing waits for answers under way, ten seconds at most.
    await strict.close()
    socket.destroy()
  }, 5_000)

  it('takes no more connections at a time than it can bear', async () => {
    const small = await start({ limits: { connections: 1 } })
    const first = connect(small.port, '127.0.0.1')
    await once(first, 'connect')
    const second = connect(small.port, '127.0.0.1')
    second.on('error', () => {}).resume()
    await once(second, 'close')
    first.destroy()
    await once(first, 'close')
  })

  it('says so when its port is taken', async () => {
    await expect(start({ port: server.port })).rejects.toMatchObject({
      code: 'address-in-use',
      message: expect.stringContaining(String(server.port)),
    })
  })

  it('lets a response under way finish when it closes, and does not wait for idle connections', async () => {
    const large = Buffer.alloc(24_000_000, 'a')
    await put('large.txt', large)
    const own = await start()
    connect(own.port, '127.0.0.1').on('error', () => {})
    const slow = connect(own.port, '127.0.0.1', () => slow.write('GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n'))
    let [bytes, isFirst] = [0, true]
    const ended = Promise.withResolvers<void>()
    const closed = Promise.withResolvers<void>()
    slow.on('data', chunk => {
      bytes += chunk.length
      if (isFirst) own.close().then(closed.resolve, closed.reject)
      isFirst = false
    })
    slow.on('end', ended.resolve).on('error', ended.reject)
    await Promise.all([ended.promise, closed.promise])
    expect(bytes).toBeGreaterThan(large.length)
    await expect(ask('/', {}, 'GET', own.port)).rejects.toThrow()
  })
})
