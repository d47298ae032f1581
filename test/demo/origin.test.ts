import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Origin, startOrigin } from '../../src/demo/origin.ts'
import { articlePath, articleUrl, blogFeedUrl, feedUrl, postUrl } from '../../src/demo/samples/addresses.ts'
import { articlesOf, sampleArticles } from '../../src/demo/samples/articles.ts'
import { sampleOutlets } from '../../src/demo/samples/outlets.ts'
import { samplePosts } from '../../src/demo/samples/posts.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  readonly text: string
}

let origin: Origin
beforeAll(async () => {
  origin = await startOrigin({ port: 0 })
})
afterAll(() => origin.close())

describe('startOrigin', () => {
  for (const outlet of sampleOutlets)
    it(`serves every article in the feed of ${outlet.name}`, async () => {
      const { status, text } = await get(feedUrl(outlet.id, origin.port))
      expect(status).toBe(200)
      if (text.startsWith('{')) expect(JSON.parse(text).items).toHaveLength(articlesOf(outlet.id).length)
      else expect(elements(text).filter(name => name === 'item' || name === 'entry')).toHaveLength(articlesOf(outlet.id).length)
      for (const article of articlesOf(outlet.id)) expect(text).toContain(articleUrl(article, origin.port))
    })

  it('writes the WordPress feed with numeric references in titles and guids that are no permalinks', async () => {
    const { text } = await get(feedUrl('meridian', origin.port))
    expect(text).toContain('<title>India&#8217;s Autonomy Isn&#8217;t Ambivalence</title>')
    expect(text).toMatch(/<guid isPermaLink="false">http:\/\/meridian\.localhost:\d+\/\?p=\d+<\/guid>/)
  })

  it('answers 304 to the ETag it gave, in any list and as weak', async () => {
    const { headers } = await get(feedUrl('harbor', origin.port))
    const etag = String(headers['etag'])
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await get(feedUrl('harbor', origin.port), { 'if-none-match': tag })
      expect([again.status, again.bytes.length, again.headers['etag']]).toEqual([304, 0, etag])
    }
  })

  it('answers 304 to its Last-Modified, unless an ETag says otherwise', async () => {
    const { headers } = await get(blogFeedUrl(origin.port))
    const since = { 'if-modified-since': String(headers['last-modified']) }
    expect((await get(blogFeedUrl(origin.port), since)).status).toBe(304)
    expect((await get(blogFeedUrl(origin.port), { ...since, 'if-none-match': '"other"' })).status).toBe(200)
    expect((await get(blogFeedUrl(origin.port), { 'if-modified-since': 'Thu, 01 Oct 2026 00:00:00 GMT' })).status).toBe(200)
  })

  it('compresses for those who accept it, under another ETag', async () => {
    const plain = await get(feedUrl('fortytwo', origin.port))
    const zipped = await get(feedUrl('fortytwo', origin.port), { 'accept-encoding': 'br, gzip' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(zipped.bytes).equals(plain.bytes)).toBe(true)
    expect(zipped.headers['etag']).not.toBe(plain.headers['etag'])
    const refused = await get(feedUrl('fortytwo', origin.port), { 'accept-encoding': 'gzip;q=0' })
    expect(refused.headers['content-encoding']).toBeUndefined()
  })

  it('gives all posts, newest first, to a reader who follows rel=next', async () => {
    const ids: string[] = []
    let pages = 0
    for (let url: string | undefined = blogFeedUrl(origin.port); url !== undefined; pages++) {
      const { text } = await get(url)
      elements(text)
      expect(text).toContain(`<openSearch:totalResults>${samplePosts.length}</openSearch:totalResults>`)
      ids.push(...[...text.matchAll(/\.post-(\d+)<\/id>/g)].map(([, id]) => id ?? ''))
      url = /<link rel='next' [^>]*href='([^']+)'/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(ids).toEqual(samplePosts.map(post => post.id))
    expect(pages).toBe(Math.ceil(samplePosts.length / 10))
  })

  it('honours start-index and max-results, and takes nonsense for not given', async () => {
    const some = await get(`${blogFeedUrl(origin.port)}?orderby=published&start-index=3&max-results=2`)
    expect(idsIn(some.text)).toEqual(samplePosts.slice(2, 4).map(post => post.id))
    const beyond = await get(`${blogFeedUrl(origin.port)}?start-index=500`)
    expect([beyond.status, idsIn(beyond.text)]).toEqual([200, []])
    const nonsense = await get(`${blogFeedUrl(origin.port)}?start-index=-1&max-results=x`)
    expect(idsIn(nonsense.text)).toHaveLength(10)
  })

  it('selects posts by label, and by several labels at once', async () => {
    const one = await get(`${blogFeedUrl(origin.port)}/-/${encodeURIComponent('雑感')}`)
    expect(idsIn(one.text)).toEqual(samplePosts.filter(post => post.labels.includes('雑感')).map(post => post.id))
    const both = await get(`${blogFeedUrl(origin.port)}/-/${encodeURIComponent('米外交政策')}/${encodeURIComponent('欧州')}`)
    expect(idsIn(both.text)).toHaveLength(1)
  })

  it('serves every article and post under its own host, and articles under the loopback address too', async () => {
    for (const article of sampleArticles) {
      expect((await get(articleUrl(article, origin.port))).status, article.slug).toBe(200)
      expect((await get(`http://127.0.0.1:${origin.port}/${article.outlet}${articlePath(article)}`)).status).toBe(200)
    }
    for (const post of samplePosts) expect((await get(postUrl(post, origin.port))).status, post.title).toBe(200)
  })

  it('sends readers of a moved host to the new one', async () => {
    const moved = await get(`http://harborandstrait.localhost:${origin.port}/2026/10/the-red-sea-detour-has-become-a-habit`)
    expect(moved.status).toBe(301)
    expect(moved.headers['location']).toBe(`http://harbor.localhost:${origin.port}/2026/10/the-red-sea-detour-has-become-a-habit`)
  })

  it('answers hostile requests with 404 or 405 and lives on', async () => {
    for (const path of ['/%zz', '//evil.example/', '/meridian/../../etc/passwd', '/2026/11/none', '/constructor'])
      expect((await get(`http://127.0.0.1:${origin.port}${path}`, {}, 'GET', path)).status, path).toBe(404)
    expect((await get(feedUrl('meridian', origin.port), {}, 'POST')).status).toBe(405)
    expect((await get(feedUrl('meridian', origin.port))).status).toBe(200)
  })

  it('counts what it was asked', async () => {
    const fresh = await startOrigin({ port: 0 })
    const { headers } = await get(feedUrl('meridian', fresh.port))
    await get(feedUrl('meridian', fresh.port), { 'if-none-match': String(headers['etag']) })
    await get(`http://127.0.0.1:${fresh.port}/none`)
    expect(fresh.counters()).toEqual({ requests: 3, conditional: 1, notModified: 1, full: 1 })
    await fresh.close()
  })

  it('says in an AppError that its port is taken', async () => {
    await expect(startOrigin({ port: origin.port })).rejects.toMatchObject({ name: 'AppError', code: 'address-in-use' })
  })
})

// By hand, because a resolver may not know *.localhost: the connection goes to loopback and only the Host header differs.
function get(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET', rawPath?: string): Promise<Answer> {
  const { host, port, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: rawPath ?? pathname + search, method, headers: { host, ...headers } }
    request(options, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString('utf8') })
      })
    })
      .on('error', reject)
      .end()
  })
}

function idsIn(feed: string): string[] {
  return [...feed.matchAll(/\.post-(\d+)<\/id>/g)].map(([, id]) => id ?? '')
}

/** Names of the elements in document order; throws where the document is not well-formed. */
function elements(xml: string): string[] {
  const names: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', tag => names.push(tag.local))
  parser.on('error', error => {
    throw error
  })
  parser.write(xml).close()
  return names
}
