import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeProblem, type Problem } from '../../src/config/config.ts'
import { type BlogPost, bloggerPage } from '../support/feed-documents.ts'
import { type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { type CliProcess, logged, runCli, startDaemon } from '../support/run-cli.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const POSTS: readonly BlogPost[] = [
  { id: '1', title: '一つの題(Outlet One)', html: '<p>本文です。</p>', labels: ['外交'], published: '2026-03-01T09:00:00+09:00' },
]

/** A misspelt key, an address without scheme, a duration nobody can read, another outlet's name, an unknown value, an outlet that is none. */
const BROKEN = `outlets:
  - id: one
    name: Outlet One
    hosts: [one.example]
    alises: [One]
    sources:
      - url: one.example/feed
        poll_every: 15min
  - id: two
    name: Outlet Two
    hosts: [two.example]
    aliases: [The Outlet-One]
    republish: everything
posts: []
feeds:
  - slug: all
    outlets: [three]
`
const MISTAKES: readonly RegExp[] = [
  /^config\/sources\.yaml:5:5: outlets\[0\]\.alises: unknown key; did you mean "aliases"\?$/,
  /^config\/sources\.yaml:7:14: outlets\[0\]\.sources\[0\]\.url: expected .*https:\/\/.*, got "one\.example\/feed"$/,
  /^config\/sources\.yaml:8:21: outlets\[0\]\.sources\[0\]\.poll_every: expected .*"15m".*, got "15min"$/,
  /^config\/sources\.yaml:12:15: outlets\[1\]\.aliases\[0\]: expected .*, got "The Outlet-One", .*"one"/,
  /^config\/sources\.yaml:13:16: outlets\[1\]\.republish: expected .*"link".*, got "everything"$/,
  /^config\/sources\.yaml:17:15: feeds\[0\]\.outlets\[0\]: expected .*, got "three"/,
]

let origin: LocalOrigin
let folder: string
let config: SampleConfig
const good = (feeds: string) => `outlets:
  - id: one
    name: Outlet One
    hosts: [one.example]
posts:
  - id: blog
    feed: ${origin.url('/blog')}
feeds: ${feeds}
`

beforeAll(async () => {
  origin = await serveFeeds(() => ({ kind: 'document', body: bloggerPage(POSTS) }))
  folder = await temporaryFolder()
  config = await writeConfig(folder, { sources: good('[]'), allowHosts: [origin.host] })
})

describe('check on a broken config', () => {
  it('locates all six mistakes at once and ends with 2', async () => {
    await writeFile(config.sourcesFile, BROKEN)
    const { exitCode, stdout, stderr } = await runCli(['check', '--config', config.folder], folder)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr.trimEnd().split('\n')).toEqual(MISTAKES.map(mistake => expect.stringMatching(mistake)))
  })

  it('gives them to programs as data', async () => {
    await writeFile(config.sourcesFile, BROKEN)
    const { exitCode, stdout } = await runCli(['check', '--json', '--config', config.folder], folder)
    const { ok, problems } = JSON.parse(stdout) as { readonly ok: boolean; readonly problems: readonly Problem[] }
    expect([exitCode, ok]).toEqual([2, false])
    expect(problems.map(describeProblem)).toEqual(MISTAKES.map(mistake => expect.stringMatching(mistake)))
  })
})

describe('a daemon whose config is edited', () => {
  let daemon: CliProcess & { readonly address: string }

  it('keeps the last good config running while the one on disk is broken, and says so', async () => {
    await writeFile(config.sourcesFile, good('[]'))
    daemon = await startDaemon(config.folder, folder)
    await logged(daemon, ({ event }) => event === 'publish')
    expect((await fetch(`${daemon.address}feeds/${encodeURIComponent('外交')}.atom`)).status).toBe(200)
    await writeFile(config.sourcesFile, BROKEN)
    const line = await logged(daemon, ({ event, problems }) => event === 'config' && problems !== undefined)
    expect(line['level']).toBe('error')
    expect(line['problems']).toEqual(MISTAKES.map(mistake => expect.stringMatching(mistake)))
    expect((await fetch(`${daemon.address}feeds/${encodeURIComponent('外交')}.atom`)).status).toBe(200)
    expect((await fetch(`${daemon.address}healthz`)).status).toBe(200)
  })

  it('lets `status` show the health of its sources, and that the config on disk is not in force', async () => {
    const { exitCode: code, stdout } = await runCli(['status', '--config', config.folder], folder)
    expect(code).toBe(2)
    expect(stdout).toMatch(/^blog +ok /m)
    expect(stdout).toContain('The config on disk is not in force')
    const lines = stdout.split('\n').map(line => line.trim())
    expect(lines).toEqual(expect.arrayContaining(MISTAKES.map(mistake => expect.stringMatching(mistake))))
  })

  it('takes up the mended config without a restart', async () => {
    expect((await fetch(`${daemon.address}feeds/everything.atom`)).status).toBe(404)
    await writeFile(config.sourcesFile, good('[{ slug: everything, title: すべて }]'))
    await logged(daemon, ({ event, msg }) => event === 'config' && msg === 'config reloaded')
    const body = await servedFeed(`${daemon.address}feeds/everything.atom`)
    expect(body).toContain('一つの題')
    const { exitCode: code, stdout } = await runCli(['status', '--config', config.folder], folder)
    expect([code, stdout.includes('not in force')]).toEqual([0, false])
  })

  it('ends with 0 on SIGTERM', async () => {
    daemon.kill('SIGTERM')
    expect(await daemon.ended).toBe(0)
  })
})

/** A feed as soon as it is served; the cycle that publishes it follows the reload. */
async function servedFeed(address: string): Promise<string> {
  for (;;) {
    const response = await fetch(address)
    const body = await response.text()
    if (response.status === 200) return body
    await sleep(50)
  }
}
