import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/time.ts'
import { launchCli, logged, runCli, startDaemon } from '../support/run-cli.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { lively, openClient } from './polite-client.ts'
import { openSite, type Reply, type WatchedSite } from './watched-site.ts'

const SLOWLY = 15

function paths(count: number, reply: Reply = lively()): Record<string, Reply> {
  return Object.fromEntries(Array.from({ length: count }, (_, nth) => [`/${nth}`, reply]))
}

function feedsOf(name: string, { url }: WatchedSite, count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, nth) => [`${name}-${nth}`, url(`/${nth}`)]))
}

describe('requests under way at once', () => {
  it('are two at most for one host', async () => {
    const site = await openSite(paths(12), SLOWLY)
    const client = await openClient([site], feedsOf('feed', site, 12))
    expect(Object.values(await client.poll()).map(({ result }) => result)).toEqual(Array(12).fill('ok'))
    expect(site.peak()).toBe(2)
  })

  it('are as many for one host as the operator says', async () => {
    const site = await openSite(paths(12), SLOWLY)
    await (await openClient([site], feedsOf('feed', site, 12), { polling: ['per_host: 1'] })).poll()
    expect(site.peak()).toBe(1)
  })

  it('are two at most for a host that redirects from other hosts lead to', async () => {
    const target = await openSite(paths(12), SLOWLY)
    const sites = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(nth =>
        openSite({ '/feed': { status: nth % 2 === 0 ? 301 : 302, headers: { location: target.url(`/${nth}`) } } }),
      ),
    )
    const client = await openClient([target, ...sites], Object.fromEntries(sites.map(({ url }, nth) => [`feed-${nth}`, url('/feed')])))
    await client.poll()
    await client.poll('all')
    expect(target.visits).toHaveLength(12)
    expect(target.peak()).toBe(2)
  })

  it('are as many over all as the operator says', async () => {
    const shared = { underWay: 0, peak: 0 }
    const sites = await Promise.all(Array.from({ length: 8 }, () => openSite(paths(2), SLOWLY, shared)))
    const feeds = Object.assign({}, ...sites.map((site, nth) => feedsOf(`site-${nth}`, site, 2)))
    const client = await openClient(sites, feeds, { polling: ['concurrency: 3'] })
    expect(Object.values(await client.poll()).every(({ result }) => result === 'ok')).toBe(true)
    expect(shared.peak).toBe(3)
  })
})

describe('a source that does not answer', () => {
  it('holds up no other, however many there are', async () => {
    const silent = await openSite({ '/0': { isSilent: true }, '/1': { isSilent: true } })
    const site = await openSite(paths(20))
    const feeds = { ...feedsOf('a-silent', silent, 2), ...feedsOf('feed', site, 20) }
    const client = await openClient([silent, site], feeds, { polling: ['timeout: 1s', 'concurrency: 3'] })
    const order: string[] = []
    const { polls } = await client.cycle('due', { onPoll: ({ source }) => order.push(source) })
    expect(polls.filter(({ result }) => result === 'ok')).toHaveLength(20)
    expect(order.slice(-2).toSorted()).toEqual(['a-silent-0', 'a-silent-1'])
  })
})

describe('a service that is stopped', () => {
  it('holds a poll that it cut off against nobody, and takes it up when it starts again', async () => {
    const folder = await temporaryFolder()
    const site = await openSite({ '/good': lively(), '/silent': { isSilent: true } })
    const sources = `outlets:
  - { id: a, name: A, hosts: [a.example], sources: [{ id: good, url: "${site.url('/good')}" }, { id: silent, url: "${site.url('/silent')}" }] }
`
    const config = await writeConfig(folder, { sources, allowHosts: [site.host] })
    const daemon = await startDaemon(config.folder, folder)
    await logged(daemon, ({ event, source }) => event === 'poll' && source === 'good')
    daemon.kill('SIGTERM')
    expect(await daemon.ended).toBe(0)
    const states = await statesOf(config.folder, folder)
    expect(states['silent']).toMatchObject({ failures: 0, lastResult: null })
    expect(states['good']?.nextPollAt).toBeGreaterThan(Date.now() + HOUR / 2)

    site.pages.set('/silent', lively())
    const again = launchCli(['run', '--config', config.folder], folder)
    await logged(again, ({ event, source }) => event === 'poll' && source === 'silent')
    again.kill('SIGTERM')
    expect(await again.ended).toBe(0)
    expect(site.visits.map(({ target }) => target).toSorted()).toEqual(['/good', '/silent', '/silent'])
  })
})

async function statesOf(config: string, folder: string) {
  const { stdout } = await runCli(['status', '--json', '--config', config], folder)
  const { sources } = JSON.parse(stdout) as {
    readonly sources: readonly { readonly id: string; readonly state: Record<string, unknown> }[]
  }
  return Object.fromEntries(sources.map(({ id, state }) => [id, state])) as Record<string, { nextPollAt: number }>
}
