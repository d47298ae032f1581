import { randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getTasks } from 'node-cron'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import type { LoadedConfig } from '../../src/config/read-config-folder.ts'
import { startDaemon } from '../../src/daemon.ts'
import type { SourceId } from '../../src/domain/identifiers.ts'
import { HOUR } from '../../src/domain/time.ts'
import { bloggerPage } from '../support/feed-documents.ts'
import { serveFeeds } from '../support/local-feeds.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const POST = { id: '1', title: '一つの題', html: '<p>本文です。</p>', labels: ['外交'], published: '2026-03-01T09:00:00+09:00' }
const NEVER = '0 0 1 1 *'

interface LogLine {
  readonly level: number
  readonly event?: string
  readonly msg: string
  readonly keys?: readonly string[]
}

/** A daemon on a sample config; `edit` replaces text of `kakehashi.yaml`. */
async function aDaemon(changes: (app: App) => Partial<App> = () => ({})) {
  const origin = await serveFeeds(() => ({ kind: 'document', body: bloggerPage([POST]) }))
  const folder = await temporaryFolder()
  const sources = `posts: [{ id: blog, feed: "${origin.url('/blog')}" }]\n`
  const config = await writeConfig(folder, { sources, allowHosts: [origin.host], polling: [`tick: "${NEVER}"`, 'poll_every: 6h'] })
  const lines: LogLine[] = []
  const log = pino({ level: 'info' }, { write: text => void lines.push(JSON.parse(text) as LogLine) })
  const environment = { secret: () => undefined } as unknown as Parameters<typeof openApp>[1]['environment']
  const opened = await openApp(config.folder, { environment, now: () => NOW, random: () => 0 })
  const app = { ...opened, ...changes(opened) }
  const daemon = await startDaemon(app, { log, now: () => NOW, randomToken: randomUUID })
  let isStopped = false
  const stop = () => {
    isStopped = true
    return daemon.stop()
  }
  onTestFinished(async () => {
    if (!isStopped) await daemon.stop()
    await opened[Symbol.asyncDispose]()
  })
  // Cycles take turns: when this one has ended, so has the first.
  await opened.cycle({ which: 'none' })
  const serviceFile = join(config.folder, 'kakehashi.yaml')
  const edit = async (from: string, to: string) => writeFile(serviceFile, (await readFile(serviceFile, 'utf8')).replace(from, to))
  return { daemon, app, config, folder, lines, edit, stop }
}

const FEED = `feeds/${encodeURIComponent('外交')}.atom`

describe('startDaemon', () => {
  it('serves the folder and the base path of the config in force', async () => {
    const { daemon, config, edit } = await aDaemon()
    const status = async (path: string) => (await fetch(new URL(path, daemon.address))).status
    expect([await status(FEED), await status(`kakehashi/${FEED}`)]).toEqual([200, 404])
    await edit('../public', '../elsewhere')
    await edit('feeds.example.jp/', 'feeds.example.jp/kakehashi/')
    await daemon.reload()
    await rm(config.publicFolder, { recursive: true })
    expect([await status(FEED), await status(`kakehashi/${FEED}`)]).toEqual([200, 200])
  })

  it('serves what it has until the new folder can be written', async () => {
    const { daemon, edit, folder } = await aDaemon()
    await writeFile(join(folder, 'a-file'), '')
    await edit('../public', '../a-file/below')
    await daemon.reload()
    expect((await fetch(new URL(FEED, daemon.address))).status).toBe(200)
  })

  it('warns once of settings that take a restart, and leaves word of them for as long as they differ', async () => {
    const { daemon, app, edit, lines } = await aDaemon()
    const notice = async () => (await app.store.notices.get('needs-restart'))?.document
    await edit('port: 0', 'port: 9')
    await edit('../state.db', '../other.db')
    await daemon.reload()
    await daemon.reload()
    expect(lines.filter(({ msg }) => msg === 'takes effect after a restart').map(({ keys }) => keys)).toEqual([
      ['server.port', 'store.file'],
    ])
    expect(await notice()).toEqual([expect.stringMatching(/^server\.port: "9" /), expect.stringMatching(/^store\.file: .*other\.db/)])
    await edit('port: 9', 'port: 0')
    await edit('../other.db', '../state.db')
    await daemon.reload()
    expect(await notice()).toBeUndefined()
  })

  it('forgets at the start what an earlier run left word of', async () => {
    const { app, stop, lines } = await aDaemon()
    await stop()
    for (const name of ['needs-restart', 'config-rejected']) await app.store.notices.put(name, ['x'], NOW)
    const again = await startDaemon(app, { log: pino({ level: 'silent' }), now: () => NOW, randomToken: randomUUID })
    await again.stop()
    expect([await app.store.notices.get('needs-restart'), await app.store.notices.get('config-rejected')]).toEqual([undefined, undefined])
    expect(lines.filter(({ level }) => level >= 50)).toEqual([])
  })

  it('goes on saying that the config on disk is wrong when an older, good one comes into force late', async () => {
    const late = Promise.withResolvers<LoadedConfig>()
    const answers: Promise<LoadedConfig>[] = [
      late.promise,
      Promise.resolve({
        kind: 'rejected',
        problems: [{ severity: 'error', file: 'config/sources.yaml', line: 1, column: 1, message: 'broken' }],
      }),
    ]
    const { daemon, app } = await aDaemon(({ reload }) => ({ reload: () => answers.shift() ?? reload() }))
    const first = daemon.reload()
    await daemon.reload()
    late.resolve({ kind: 'ok', config: app.config(), warnings: [] })
    await first
    expect((await app.store.notices.get('config-rejected'))?.document).toEqual(['config/sources.yaml:1:1: broken'])
    await daemon.reload()
    expect(await app.store.notices.get('config-rejected')).toBeUndefined()
  })

  it('says that the config is wrong when its files are gone', async () => {
    const { daemon, app, config } = await aDaemon()
    for (const name of ['kakehashi.yaml', 'sources.yaml']) await rm(join(config.folder, name))
    await daemon.reload()
    expect((await app.store.notices.get('config-rejected'))?.document).toEqual([expect.stringContaining('found neither')])
  })

  for (const moment of ['config', 'heartbeat', 'states'] as const) {
    it(`leaves nothing ticking and nothing at work when it is stopped during a reload (${moment})`, async () => {
      let stopped: Promise<void> | undefined
      let isReloading = false
      const at = (reached: typeof moment) => {
        if (isReloading && reached === moment) stopped ??= stop()
      }
      const { daemon, edit, lines, stop } = await aDaemon(({ store, reload }) => ({
        reload: () => reload().finally(() => at('config')),
        store: {
          ...store,
          notices: { ...store.notices, put: (...notice) => store.notices.put(...notice).finally(() => at('heartbeat')) },
          sources: { ...store.sources, states: ids => store.sources.states(ids).finally(() => at('states')) },
        },
      }))
      await edit(NEVER, '* * * * * *')
      isReloading = true
      await daemon.reload()
      await stopped
      expect([stopped !== undefined, getTasks().size]).toEqual([true, 0])
      expect(lines.filter(({ level }) => level >= 50)).toEqual([])
    })
  }

  it('leaves one thing ticking when two reloads that change the tick overlap', async () => {
    const both = Promise.withResolvers<void>()
    let arrived: number | undefined
    const { daemon, edit, stop } = await aDaemon(({ store }) => ({
      store: {
        ...store,
        notices: {
          ...store.notices,
          put: async (...notice) => {
            if (arrived !== undefined && ++arrived === 2) both.resolve()
            if (arrived !== undefined) await both.promise
            await store.notices.put(...notice)
          },
        },
      },
    }))
    await edit(NEVER, '0 0 2 1 *')
    arrived = 0
    await Promise.all([daemon.reload(), daemon.reload()])
    expect(getTasks().size).toBe(1)
    await stop()
    expect(getTasks().size).toBe(0)
  })

  it('lets a shorter interval take effect at once', async () => {
    const { daemon, app, edit } = await aDaemon()
    const id = 'blog' as SourceId
    const state = async () => (await app.store.sources.states([id])).get(id)
    expect((await state())?.nextPollAt).toBe(NOW + 6 * HOUR)
    await edit('poll_every: 6h', 'poll_every: 2h')
    await daemon.reload()
    expect((await state())?.nextPollAt).toBe(NOW + 2 * HOUR)
  })
})
