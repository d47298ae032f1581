import { beforeAll, describe, expect, it } from 'vitest'
import type { PollResult } from '../../src/domain/poll.ts'
import { isSuccess } from '../../src/domain/poll.ts'
import { DAY } from '../../src/domain/time.ts'
import { freePort } from '../support/local-feeds.ts'
import { runCli } from '../support/run-cli.ts'
import { lively, openClient, type PoliteClient, START } from './polite-client.ts'
import { openSite, type Reply, type WatchedSite } from './watched-site.ts'

const CHALLENGE = '<!doctype html><html><title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p></html>'

/** What each page comes to, and what an operator reads beside it. */
const PAGES: readonly (readonly [what: string, reply: Reply, result: PollResult, note: RegExp])[] = [
  ['a feed', lively(), 'ok', /^$/],
  ['a feed that fell silent', lively('', { until: START - 100 * DAY }), 'silent-too-long', /nothing new since 2025-12-22/],
  ['a feed that is gone', { status: 410 }, 'gone', /410 Gone/],
  ['nothing', { status: 404 }, 'not-found', /404 Not Found/],
  ['a refusal', { status: 403 }, 'blocked', /403 Forbidden/],
  [
    'a challenge that only a browser passes',
    { status: 403, headers: { 'cf-mitigated': 'challenge', 'content-type': 'text/html' }, body: CHALLENGE },
    'blocked',
    /403 Forbidden with a Cloudflare challenge/,
  ],
  ['a firewall that does not know us', { status: 406 }, 'blocked', /406 Not Acceptable/],
  ['a password that is wanted', { status: 401 }, 'blocked', /401 Unauthorized/],
  ['a wish for a slower pace', { status: 429 }, 'rate-limited', /429 Too Many Requests/],
  [
    'a challenge that says 200',
    { headers: { 'content-type': 'text/html' }, body: CHALLENGE },
    'not-a-feed',
    /HTML page titled “Just a moment...”/,
  ],
  ['a document that is too large', lively(`<!--${'x'.repeat(300_000)}-->`), 'too-large', /larger than/],
  ['a document that nobody can read', '<rss version="2.0"><channel', 'unreadable', /./],
  ['an empty document', '', 'unreadable', /empty body/],
  ['a server that is broken', { status: 500 }, 'server-error', /500 Internal Server Error/],
  ['another status', { status: 418 }, 'client-error', /418/],
  ['a redirect to itself', { status: 302, headers: { location: '?' } }, 'too-many-redirects', /loop/],
  ['a redirect to a private address', { status: 302, headers: { location: 'http://10.0.0.1/' } }, 'refused-address', /10\.0\.0\.1/],
  [
    'a redirect to the metadata of a cloud',
    { status: 302, headers: { location: 'http://169.254.169.254/' } },
    'refused-address',
    /169\.254/,
  ],
  ['silence', { isSilent: true }, 'timeout', /not complete in time/],
]
const idOf = (what: string) => what.replace(/[^a-z]+/g, '-')

interface Shown {
  readonly result: PollResult
  readonly detail: string
  readonly failures: number
  readonly line: string
}

/** What `status` shows of each source, to programs and to people. */
async function shownStates({ config }: PoliteClient): Promise<ReadonlyMap<string, Shown>> {
  const status = async (...options: readonly string[]) =>
    (await runCli(['status', '--config', config.folder, ...options], config.folder)).stdout
  const [json, text] = await Promise.all([status('--json'), status()])
  const { sources } = JSON.parse(json) as {
    readonly sources: readonly { readonly id: string; readonly state: { lastResult: PollResult; lastDetail: string; failures: number } }[]
  }
  return new Map(
    sources.map(({ id, state: { lastResult: result, lastDetail: detail, failures } }) => {
      const line = text.split('\n').find(candidate => candidate.startsWith(`${id} `)) ?? ''
      return [id, { result, detail, failures, line }]
    }),
  )
}

describe('what becomes of a poll is one of a few things, and `status` shows it', () => {
  const others: readonly (readonly [what: string, result: PollResult, note: RegExp])[] = [
    ['a name that does not exist', 'dns', /could not be looked up/],
    ['plain http behind https', 'tls', /offers no TLS that can be trusted/],
    ['a host that nobody allowed', 'refused-address', /not an address on the public internet/],
    ['a port that nobody listens on', 'unreachable', /refused the connection/],
  ]
  let states: ReadonlyMap<string, Shown>
  let site: WatchedSite
  beforeAll(async () => {
    site = await openSite(Object.fromEntries(PAGES.map(([what, reply]) => [`/${idOf(what)}`, reply])))
    const stranger = await openSite({ '/feed': lively() })
    const empty = { host: `127.0.0.1:${await freePort()}` }
    const addresses = [
      `http://${'x'.repeat(64)}.example/feed`,
      site.url('/a-feed').replace('http:', 'https:'),
      stranger.url('/feed'),
      `http://${empty.host}/feed`,
    ]
    const feeds = Object.fromEntries([
      ...PAGES.map(([what]) => [idOf(what), site.url(`/${idOf(what)}`)] as const),
      ...others.map(([what], nth) => [idOf(what), addresses[nth] ?? ''] as const),
    ])
    const client = await openClient([site, empty], feeds, { polling: ['timeout: 1s', 'max_size: 200KB'] })
    await client.poll()
    states = await shownStates(client)
  })
  for (const [what, result, note] of [...PAGES.map(([what, , result, note]) => [what, result, note] as const), ...others])
    it(`${result}: ${what}`, () => {
      const shown = states.get(idOf(what))
      expect(shown).toMatchObject({ result, detail: expect.stringMatching(note), failures: isSuccess(result) ? 0 : 1 })
      expect(shown?.line).toMatch(new RegExp(`^${idOf(what)} +${result} `))
    })

  it('not-modified, and moved', async () => {
    const place = await openSite({ '/old': { status: 308, headers: { location: '/new' } }, '/new': lively() })
    const client = await openClient([place], { same: place.url('/new'), old: place.url('/old') })
    for (let poll = 0; poll < 5; poll++) await client.poll('all')
    const shown = await shownStates(client)
    expect([shown.get('same')?.line, shown.get('old')?.line]).toEqual([
      expect.stringMatching(/^same +not-modified /),
      expect.stringMatching(/^old +moved .* moved for good to http/),
    ])
  })

  it('leaves what was published as it was, whatever goes wrong', async () => {
    const place = await openSite({ '/feed': lively() })
    const client = await openClient([place], { feed: place.url('/feed') })
    await client.poll()
    // What is too large here is not so without the limit above.
    const broken = PAGES.filter(([, , result]) => !isSuccess(result) && !['timeout', 'too-large'].includes(result))
    for (const [what, reply, result] of broken) {
      place.pages.set('/feed', reply)
      const { polls, publish } = await client.cycle('all')
      expect([what, polls[0]?.result, publish.written]).toEqual([what, result, []])
    }
    place.pages.set('/feed', lively())
    expect((await client.poll('all'))['feed']).toMatchObject({ result: 'not-modified', added: 0, changed: 0 })
  })
})
