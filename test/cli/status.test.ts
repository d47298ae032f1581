import { describe, expect, it } from 'vitest'
import type { Subscription } from '../../src/domain/subscription.ts'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { openStore } from '../../src/store/store.ts'
import { bloggerPage } from '../support/feed-documents.ts'
import { serveFeeds } from '../support/local-feeds.ts'
import { runCli } from '../support/run-cli.ts'
import { writeConfig } from '../support/sample-config.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'
import { aSubscription } from '../websub/samples.ts'

describe('status', () => {
  it('says that nothing was polled, and makes no state file', async () => {
    const folder = await temporaryFolder()
    const sources = 'posts:\n  - { id: blog, feed: "https://blog.example.jp/feed" }\n'
    const { folder: config, storeFile } = await writeConfig(folder, { sources, allowHosts: [] })
    const message = `nothing has been polled yet: ${storeFile} does not exist`
    const text = await runCli(['status', '--config', config], folder)
    expect([text.exitCode, text.stdout, text.stderr]).toEqual([0, `${message}\n`, ''])
    const json = await runCli(['status', '--json', '--config', config], folder)
    expect([json.exitCode, json.stderr]).toEqual([0, ''])
    expect(JSON.parse(json.stdout)).toMatchObject({ message, sources: [{ id: 'blog' }], entries: { articles: 0, posts: 0 } })
    expect(await filesIn(folder)).toEqual(['config/kakehashi.yaml', 'config/sources.yaml'])
  })

  it('shows the host of a feed, and nothing else of its address', async () => {
    const origin = await serveFeeds(() => ({ kind: 'document', body: bloggerPage([]) }))
    const folder = await temporaryFolder()
    const address = origin.url('/path-secret/feed?key=query-secret').replace('//', '//user:password-secret@')
    const sources = `posts:\n  - { id: blog, feed: "${address}" }\n`
    const { folder: config } = await writeConfig(folder, { sources, allowHosts: [origin.host] })
    await runCli(['once', '--config', config], folder)
    for (const option of [['--json'], []]) {
      const { exitCode, stdout, stderr } = await runCli(['status', ...option, '--config', config], folder)
      expect([exitCode, stderr]).toEqual([0, ''])
      expect(stdout).not.toContain('secret')
      if (option.length === 0) continue
      const [source] = JSON.parse(stdout).sources
      expect(source).toMatchObject({ id: 'blog', host: origin.host, state: { failures: 0, lastResult: 'ok' } })
    }
  })

  it('lists the incidents that last, the newest first', async () => {
    const folder = await temporaryFolder()
    const sources = 'posts:\n  - { id: blog, feed: "https://blog.example.jp/feed" }\n'
    const { folder: config, storeFile } = await writeConfig(folder, { sources, allowHosts: [] })
    const now = Date.now()
    const failing = { kind: 'source-failing', subject: 'blog', cause: 'server-error', detail: 'blog.example.jp answered 500' } as const
    const refused = { kind: 'document-refused', subject: 'feeds/外交.atom', cause: 'no\ntitle', detail: 'no\ntitle' } as const
    {
      await using store = await openStore(storeFile)
      expect((await runCli(['status', '--config', config], folder)).stdout).not.toContain('Incidents')
      await store.incidents.save([
        { ...failing, key: 'a', openedAt: now - 3 * DAY, changedAt: now, closedAt: null },
        { ...refused, key: 'b', openedAt: now - 3 * HOUR, changedAt: now, closedAt: null },
        { ...failing, key: 'c', openedAt: now - 9 * DAY, changedAt: now - 8 * DAY, closedAt: now - 8 * DAY },
      ])
    }
    const { stdout } = await runCli(['status', '--config', config], folder)
    expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
      'Incidents that last:',
      '  3 h ago  document-refused  feeds/外交.atom  no; title',
      '  3 d ago  source-failing    blog             server-error: blog.example.jp answered 500',
    ])
    const json = await runCli(['status', '--json', '--config', config], folder)
    expect(JSON.parse(json.stdout).incidents).toEqual([
      { openedAt: now - 3 * HOUR, ...refused },
      { openedAt: now - 3 * DAY, ...failing },
    ])
  })

  it('shows how each feed stands with its hub, where any names one', async () => {
    const origin = await serveFeeds(() => ({ kind: 'document', body: bloggerPage([]) }))
    const folder = await temporaryFolder()
    const ids = ['plain', 'offered', 'asked', 'subscribed', 'pushed', 'lapsed', 'denied']
    const posts = ids.map(id => `  - { id: ${id}, feed: "${origin.url(`/${id}`)}" }\n`).join('')
    const { folder: config, storeFile } = await writeConfig(folder, { sources: `posts:\n${posts}`, allowHosts: [origin.host] })
    await runCli(['once', '--config', config], folder)
    expect((await runCli(['status', '--config', config], folder)).stdout).not.toContain('HUB')
    const now = Date.now()
    const states: readonly (readonly [string, Partial<Subscription>])[] = [
      ['asked', { state: 'requested', leaseUntil: null, requests: 2, detail: 'hub.example:443 answered 500.' }],
      ['subscribed', { leaseUntil: now + DAY }],
      ['pushed', { leaseUntil: now + DAY, deliveries: 3, lastNewsAt: now - 3 * HOUR }],
      ['lapsed', { leaseUntil: now - DAY, deliveries: 3 }],
      ['denied', { state: 'denied', leaseUntil: null, detail: 'the hub denied the subscription: no' }],
      ['plain', { state: 'leaving' }],
    ]
    {
      await using store = await openStore(storeFile)
      for (const id of ids.slice(1))
        await store.subscriptions.announce(origin.url(`/${id}`), {
          hubs: ['https://hub.example/topic-secret'],
          topic: 'https://x.example/?secret',
        })
      for (const [id, changes] of states)
        await store.subscriptions.add(
          aSubscription({ token: `secret-${id}`, address: origin.url(`/${id}`), hub: 'https://hub.example/path-secret', ...changes }),
        )
    }
    const { stdout } = await runCli(['status', '--config', config], folder)
    const json = await runCli(['status', '--json', '--config', config], folder)
    expect(stdout + json.stdout).not.toContain('secret')
    const [head = '', ...rows] = stdout.split('\n').map(line => line.split(/ {2,}/))
    expect(rows.slice(0, ids.length).map(row => [row[0], row[head.indexOf('HUB')]])).toEqual([
      ['plain', '0'],
      ['offered', 'offered'],
      ['asked', 'requested'],
      ['subscribed', 'subscribed'],
      ['pushed', 'pushed'],
      ['lapsed', 'lapsed'],
      ['denied', 'denied'],
    ])
    expect(stdout).toMatch(/^denied .* the hub denied the subscription: no$/m)
    expect(stdout).toMatch(/^pushed .* 3 h ago /m)
    const hubs = new Map((JSON.parse(json.stdout).sources as { id: string; hub?: unknown }[]).map(({ id, hub }) => [id, hub]))
    expect(hubs.get('plain')).toBeUndefined()
    expect(hubs.get('pushed')).toEqual({
      host: 'hub.example',
      state: 'verified',
      isReliedUpon: true,
      leaseUntil: now + DAY,
      lastNewsAt: now - 3 * HOUR,
      requests: 0,
      detail: '',
    })
    expect(hubs.get('asked')).toMatchObject({ state: 'requested', isReliedUpon: false, requests: 2 })
  })
})
