import { chmod, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type AddOptions, addSource } from '../../src/cli/sources-add.ts'
import { atEnd } from '../support/at-end.ts'
import { bloggerPage, rssFeed } from '../support/feed-documents.ts'
import { type Answer, type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { filesIn } from '../support/temp-folder.ts'
import { type Ran, type Workplace, workplace } from './sources-command.ts'

const SOURCES = `# 媒体
outlets:
  - id: tni
    name: The National Interest
    hosts: [nationalinterest.org]   # 本体

# 訳文
posts: []
`
const day = (date: string, title: string, host = 'www.bridge.example') => ({
  ...{ url: `https://${host}/${date}`, title, text: 'x', published: `${date}T00:00:00Z` },
})
const ARTICLES = [day('2026-05-01', 'Old'), day('2026-06-03', 'Third'), day('2026-06-02', 'Second'), day('2026-06-01', 'First')]
const FEED: Answer = { kind: 'document', type: 'application/rss+xml', body: rssFeed('The Daily <b>Bridge</b>', ARTICLES) }
const page = (...links: readonly string[]): Answer => ({
  kind: 'document',
  type: 'text/html',
  body: `<!doctype html><title>A page</title>${links.join('')}`,
})
const link = (href: string, type = 'application/rss+xml') => `<link rel="alternate" type="${type}" title="Feed" href="${href}">`

interface Place extends Workplace {
  readonly origin: LocalOrigin
  readonly add: (path: string, options?: AddOptions, isJson?: boolean) => Promise<Ran>
}

async function place(answers: Readonly<Record<string, Answer>>, sources = SOURCES): Promise<Place> {
  const origin = await serveFeeds(({ pathname, search }) => answers[pathname + search])
  const work = await workplace(sources, { allowHosts: [origin.host], secrets: { KEY: 's3cret' } })
  const add: Place['add'] = (path, options = {}, isJson = false) =>
    work.run(context => addSource(context, path.startsWith('http') ? path : origin.url(path), options), { isJson })
  return { ...work, origin, add }
}

describe('addSource', () => {
  it('makes an outlet of a feed, with one request', async () => {
    const { add, sources, origin } = await place({ '/feed': FEED })
    const { exit, printed } = await add('/feed')
    expect(exit).toBe(0)
    expect(printed).toBe(
      [
        'The Daily Bridge: RSS, 4 entries',
        '  2026-06-03  Third',
        '  2026-06-02  Second',
        '  2026-06-01  First',
        'Added outlet "daily-bridge" (The Daily Bridge) to config/sources.yaml.',
      ].join('\n'),
    )
    expect(origin.requests).toHaveLength(1)
    expect(await sources()).toBe(
      SOURCES.replace(
        '\n# 訳文',
        `
  # added 2026-07-02 by "kakehashi sources add"
  - id: daily-bridge
    name: The Daily Bridge
    homepage: https://outlet.example/
    hosts: [bridge.example]
    sources:
      - url: ${origin.url('/feed')}

# 訳文`,
      ),
    )
  })

  it('adds a feed to an outlet, and says whose pages it links to', async () => {
    const { add, sources, origin } = await place({ '/feed': FEED })
    const { exit, noted } = await add('/feed', { outlet: 'tni' })
    expect([exit, noted]).toEqual([0, "Its entries are on bridge.example, which is not under the outlet's hosts."])
    expect(await sources()).toBe(SOURCES.replace('# 本体\n', `# 本体\n    sources:\n      - url: ${origin.url('/feed')}\n`))
  })

  it('gives the ids and names it is told to', async () => {
    const { add, sources } = await place({ '/1': FEED, '/2': FEED, '/3': FEED })
    await add('/1', { name: '架橋日報', id: 'bridge' })
    await add('/2', { outlet: 'bridge', id: 'bridge-world' })
    await add('/3', { posts: true, name: '対訳帖', id: 'taiyaku' })
    const { outlets, posts } = parse(await sources())
    expect(outlets[1]).toMatchObject({ id: 'bridge', name: '架橋日報' })
    expect(outlets[1].sources.map(({ id }: { id?: string }) => id)).toEqual([undefined, 'bridge-world'])
    expect(posts).toMatchObject([{ id: 'taiyaku', title: '対訳帖' }])
  })

  it('finds ids that are free', async () => {
    const { add, sources } = await place(
      { '/1': FEED, '/2': FEED },
      `${SOURCES.replace(/posts: .*/, '')}posts:\n  - { id: tni-2, feed: "https://b.example/" }\n`,
    )
    await add('/1', { outlet: 'tni' })
    await add('/2', { outlet: 'tni' })
    expect(parse(await sources()).outlets[0].sources.map(({ id }: { id?: string }) => id)).toEqual([undefined, 'tni-2-2'])
  })

  it('adds a post source', async () => {
    const blog = bloggerPage([{ id: '1', title: '訳', html: '<p>本文</p>', labels: [], published: '2026-05-01T00:00:00Z' }])
    const { add, sources, origin } = await place({ '/feeds': { kind: 'document', body: blog } })
    const { exit, printed } = await add('/feeds', { posts: true })
    expect([exit, printed]).toEqual([0, '対訳帖: Atom, 1 entry\n  2026-05-01  訳\nAdded post source "127-0-0-1" to config/sources.yaml.'])
    expect(await sources()).toBe(
      SOURCES.replace(
        'posts: []',
        `posts:\n  # added 2026-07-02 by "kakehashi sources add"\n  - id: 127-0-0-1\n    feed: ${origin.url('/feeds')}`,
      ),
    )
  })

  it('follows a page to the feed it announces, and asks for nothing else', async () => {
    const { add, sources, origin } = await place({ '/': page(link('/rss?a=1&amp;b={KEY}')), '/rss?a=1&b={KEY}': FEED })
    expect((await add('/')).exit).toBe(0)
    expect(origin.requests.map(({ target }) => target)).toEqual(['/', '/rss?a=1&b={KEY}'])
    // Braces from outside name no secret of the operator's.
    expect(await sources()).toContain('/rss?a=1&b=%7BKEY%7D')
  })

  it('lists several feeds and takes none', async () => {
    const { add, sources, origin } = await place({ '/': page(link('/rss'), link('/atom', 'application/atom+xml')) })
    const { exit, printed, noted } = await add('/')
    expect([exit, noted]).toEqual([2, `${origin.url('/')} announces 2 feeds; give the address of one of them:`])
    expect(printed.split('\n').map(line => line.trim().split(/\s+/))).toEqual([
      [origin.url('/rss'), 'application/rss+xml', 'Feed'],
      [origin.url('/atom'), 'application/atom+xml', 'Feed'],
    ])
    expect(origin.requests).toHaveLength(1)
    expect(await sources()).toBe(SOURCES)
    const json = await add('/', {}, true)
    expect([json.exit, JSON.parse(json.printed)]).toMatchObject([
      2,
      { ok: false, code: 'usage', feeds: [{ href: origin.url('/rss') }, {}] },
    ])
  })

  it('prints the change alone in a dry run, and writes nothing', async () => {
    const { add, sources, config, origin } = await place({ '/feed': FEED })
    const before = await filesIn(config.folder)
    const { exit, printed, noted } = await add('/feed', { posts: true, id: 'blog', dryRun: true })
    expect(exit).toBe(0)
    expect(printed).toBe(
      [
        '--- config/sources.yaml',
        '+++ config/sources.yaml',
        '@@ -5,4 +5,7 @@',
        '     hosts: [nationalinterest.org]   # 本体',
        ' ',
        ' # 訳文',
        '-posts: []',
        '+posts:',
        '+  # added 2026-07-02 by "kakehashi sources add"',
        '+  - id: blog',
        `+    feed: ${origin.url('/feed')}`,
      ].join('\n'),
    )
    expect(noted).toContain('The Daily Bridge: RSS, 4 entries')
    expect([await sources(), await filesIn(config.folder)]).toEqual([SOURCES, before])
  })

  it('says all that in JSON', async () => {
    const { add } = await place({ '/feed': FEED })
    const { printed } = await add('/feed', {}, true)
    expect(JSON.parse(printed)).toMatchObject({
      ok: true,
      isDryRun: false,
      feed: { title: 'The Daily Bridge', format: 'rss', entries: 4, newest: [{ title: 'Third', published: Date.UTC(2026, 5, 3) }, {}, {}] },
      added: { kind: 'outlet', source: 'daily-bridge', outlet: 'daily-bridge' },
      files: [{ file: 'config/sources.yaml', diff: expect.stringContaining('+  - id: daily-bridge') }],
    })
  })

  it('writes the address that a feed moved to for good', async () => {
    const { add, sources, origin } = await movedPlace()
    expect((await add('/old')).exit).toBe(0)
    expect(await sources()).toContain(`- url: ${origin.url('/new')}\n`)
  })

  it('keeps a secret in the environment', async () => {
    const { add, sources, origin } = await place({ '/feed?key=s3cret': FEED })
    expect((await add(`${origin.url('/feed')}?key=\${KEY}`)).exit).toBe(0)
    expect(await sources()).toContain(`- url: ${origin.url('/feed')}?key=\${KEY}\n`)
    expect(await sources()).not.toContain('s3cret')
  })

  it('keeps rights and symbolic links', async () => {
    const { add, config } = await place({ '/feed': FEED })
    const real = join(config.folder, 'real.yaml')
    await rename(config.sourcesFile, real)
    await chmod(real, 0o600)
    await symlink('real.yaml', config.sourcesFile)
    await add('/feed')
    expect((await stat(real)).mode & 0o777).toBe(0o600)
    expect(await readFile(real, 'utf8')).toContain('daily-bridge')
    expect(await filesIn(config.folder)).toEqual(['kakehashi.yaml', 'real.yaml'])
  })

  it('edits the list in the file that has it', async () => {
    const { add, sources, config } = await place({ '/feed': FEED }, 'feeds: []\n')
    const service = await readFile(join(config.folder, 'kakehashi.yaml'), 'utf8')
    await writeFile(join(config.folder, 'kakehashi.yaml'), `${service}outlets: []\n`)
    expect((await add('/feed')).printed).toContain('to config/kakehashi.yaml.')
    expect(await sources()).toBe('feeds: []\n')
  })

  it('shows no control characters of a title', async () => {
    const { add, sources } = await place({
      '/feed': { kind: 'document', body: rssFeed('A\u009b31m\u202eB', [day('2026-06-01', '\u009bx')]) },
    })
    const { printed } = await add('/feed')
    expect(printed + (await sources())).not.toMatch(/[\u0080-\u009f\u202e]/)
  })

  const said: readonly [name: string, head: string, expected: object][] = [
    [
      'a language other than English',
      '<title>Brücke</title><language>de-de</language>',
      { name: 'Brücke', id: 'brucke', language: 'de-DE' },
    ],
    ['English', '<title>B</title><language>en-US</language>', { language: undefined }],
    ['a language that does not exist', '<title>B</title><language>de-x-123456789</language>', { language: undefined }],
    ['no title', '', { name: 'bridge.example', id: 'bridge-example', homepage: undefined }],
    ['a title without a word', '<title>…!</title>', { name: 'bridge.example' }],
    ['a title that YAML would read otherwise', '<title>A: "b" # {c}</title>', { name: 'A: "b" # {c}', id: 'a-b-c' }],
  ]
  for (const [name, head, expected] of said) {
    it(`makes an outlet of a feed that says: ${name}`, async () => {
      const body = `<rss version="2.0"><channel>${head}<item><link>https://www.bridge.example/1</link></item></channel></rss>`
      const { add, sources } = await place({ '/feed': { kind: 'document', body } })
      await add('/feed')
      expect({ language: undefined, homepage: undefined, ...parse(await sources()).outlets[1] }).toMatchObject(expected)
    })
  }

  it('lists hosts that many entries are on, and no other outlet’s', async () => {
    const hosts = ['a.example', 'www.a.example', 'm.b.example', 'b.example', 'nationalinterest.org', 'nationalinterest.org', 'c.example']
    const body = rssFeed(
      'A',
      hosts.map((host, n) => day(`2026-06-0${n + 1}`, 'x', host)),
    )
    const { add, sources } = await place({ '/feed': { kind: 'document', body } })
    await add('/feed')
    expect(parse(await sources()).outlets[1].hosts).toEqual(['a.example', 'b.example'])
  })

  const refused: readonly [name: string, path: string, options: AddOptions, code: string, says: RegExp][] = [
    ['an outlet that nobody configured', '/feed', { outlet: 'tnj' }, 'not-found', /did you mean "tni"/],
    ['an outlet for posts', '/feed', { outlet: 'tni', posts: true }, 'usage', /--outlet/],
    ['a name for an outlet that has one', '/feed', { outlet: 'tni', name: 'x' }, 'usage', /--name/],
    ['an id that is none', '/feed', { id: 'Big Id' }, 'usage', /--id: expected a short name/],
    ['an address that is none', 'http:outlet', {}, 'usage', /begins with http/],
    ['a variable that is not set', 'http://a.example/${NOTHING}', {}, 'usage', /NOTHING/],
    ['a name that an outlet has', '/feed', { name: 'National Interest' }, 'usage', /"tni" is called .*--outlet tni/],
    ['a host that an outlet has', '/tni', {}, 'usage', /"tni" publishes on nationalinterest.org already: .*--outlet tni/],
    ['a page that announces nothing', '/page', {}, 'feed-unreadable', /got an HTML page titled “A page” that announces none/],
    ['a page whose feed is a page', '/circle', {}, 'feed-unreadable', /\/circle: expected a feed/],
    ['an address with nothing behind it', '/nothing', {}, 'feed-unreadable', /not-found/],
  ]
  const answers = {
    '/feed': FEED,
    '/tni': { ...FEED, body: rssFeed('Other', [day('2026-06-01', 'x', 'www.nationalinterest.org')]) } as Answer,
    '/page': page(),
    '/circle': page(link('/circle')),
  }
  for (const [name, path, options, code, says] of refused) {
    it(`refuses ${name}, and writes nothing`, async () => {
      const { add, sources } = await place(answers)
      await expect(add(path, options)).rejects.toMatchObject({ code, message: expect.stringMatching(says) })
      expect(await sources()).toBe(SOURCES)
    })
  }

  it('refuses a feed that is there already, without asking for it', async () => {
    const { add, origin } = await place({ '/feed': FEED, '/': page(link('/feed/')) })
    await add('/feed', { outlet: 'tni' })
    origin.requests.length = 0
    await expect(add('/feed/#top')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/source "tni" polls http.*\/feed\/ already/),
    })
    expect(origin.requests).toEqual([])
    await expect(add('/')).rejects.toMatchObject({ code: 'usage' })
    expect(origin.requests).toHaveLength(1)
  })

  it('names no secret of an address in a message', async () => {
    const { add, origin } = await place({})
    const secret = origin.url('/feed?key=secret').replace('//', '//secret:secret@')
    await expect(add(secret)).rejects.toMatchObject({ message: expect.not.stringContaining('secret') })
  })

  it('refuses to touch a config that is not good', async () => {
    const { add, origin } = await place({ '/feed': FEED }, `${SOURCES}outlet: []\n`)
    await expect(add('/feed')).rejects.toMatchObject({ code: 'config-invalid' })
    expect(origin.requests).toEqual([])
  })

  it('refuses what would make the config wrong, and writes nothing', async () => {
    const { add, sources } = await place({ '/feed': FEED })
    await expect(add('/feed', { id: 'tni' })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/nothing was written:\nconfig\/sources.yaml:\d+/),
    })
    expect(await sources()).toBe(SOURCES)
  })
})

/** An origin whose `/old` is moved to `/new` for good. */
async function movedPlace() {
  const server = createServer((request, response) => {
    if (request.url === '/old') response.writeHead(301, { location: '/new' }).end()
    else response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(FEED.kind === 'document' ? FEED.body : '')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => server.close())
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const work = await workplace(SOURCES, { allowHosts: [host] })
  const url = (path: string) => `http://${host}${path}`
  return { ...work, origin: { url }, add: (path: string) => work.run(context => addSource(context, url(path), {})) }
}
