import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, vi } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { type Daemon, startDaemon } from '../../src/daemon.ts'
import type { SourceId } from '../../src/domain/identifiers.ts'
import type { PollState } from '../../src/domain/poll.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { HOUR, type Instant } from '../../src/domain/time.ts'
import { type AtomEntry, atomDocument } from '../pipeline/documents.ts'
import { type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { type LocalHub, startHub } from '../support/local-hub.ts'
import { type PublishedEntry, publishedAtom } from '../support/published-feed.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

export const NOW: Instant = Date.parse('2026-03-01T12:00:00Z')
export const TOPIC = 'https://blog.example.jp/feed'

/** A blog that names a hub, the hub, and a service that runs on both. */
export interface SubscribedBlog {
  readonly origin: LocalOrigin
  readonly hub: LocalHub
  readonly app: App
  readonly config: SampleConfig
  readonly daemon: Daemon
  readonly lines: readonly Readonly<Record<string, unknown>>[]
  /** The blog's document as it is now; what it announces can be changed. */
  readonly blog: { entries: readonly AtomEntry[]; hubs: readonly string[]; self: string }
  readonly wait: (ms: number) => void
  readonly now: () => Instant
  /** Has the service poll what is due and ask its hubs, and waits until that is done. */
  readonly tick: () => Promise<void>
  readonly subscriptions: () => Promise<readonly Subscription[]>
  readonly subscription: () => Promise<Subscription>
  readonly state: () => Promise<PollState>
  /** What is published, newest first. */
  readonly published: () => Promise<readonly PublishedEntry[]>
  /** Sends a document to all who are subscribed, and waits until it has been dealt with. */
  readonly push: (entries: readonly AtomEntry[]) => Promise<readonly number[]>
  /** Replaces text of a file of the config and has it read again. */
  readonly edit: (file: 'kakehashi.yaml' | 'sources.yaml', from: string, to: string) => Promise<void>
  readonly stop: () => Promise<void>
  readonly restart: () => Promise<void>
}

/** Waits until a check passes; a machine that is busy may take its time. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20 })
}

/** A post of the blog, published so many hours after `NOW`. */
export function aPost(number: number, hours: number, changes: Partial<AtomEntry> = {}): AtomEntry {
  return {
    id: `tag:blog.example.jp,2026:${number}`,
    title: `第${number}回`,
    html: '<p>本文です。</p>',
    published: NOW + hours * HOUR,
    ...changes,
  }
}

export function documentOf(entries: readonly AtomEntry[], hubs: readonly string[], self: string): string {
  const links = [...hubs.map(hub => `<link rel="hub" href="${hub}"/>`), `<link rel="self" href="${self}"/>`]
  return atomDocument(entries).replace('<title>対訳帖</title>', `<title>対訳帖</title>${links.join('')}`)
}

/** @param settings.site replaces the address of the site, which stands behind a proxy otherwise */
export async function aSubscribedBlog(
  settings: { readonly site?: string; readonly polling?: readonly string[]; readonly manner?: Partial<LocalHub['manner']> } = {},
): Promise<SubscribedBlog> {
  const hub = await startHub()
  Object.assign(hub.manner, settings.manner)
  const blog = { entries: [aPost(1, -30), aPost(2, -20)] as readonly AtomEntry[], hubs: [hub.url] as readonly string[], self: TOPIC }
  const origin = await serveFeeds(() => ({ kind: 'document', body: documentOf(blog.entries, blog.hubs, blog.self) }))
  const folder = await temporaryFolder()
  const sources = `posts: [{ id: blog, feed: "${origin.url('/feed')}" }]\n`
  const polling = ['tick: "0 0 1 1 *"', ...(settings.polling ?? [])]
  const config = await writeConfig(folder, { sources, allowHosts: [origin.host, hub.host], polling })
  const rewrite = async (file: string, from: string, to: string) => {
    const path = join(config.folder, file)
    await writeFile(path, (await readFile(path, 'utf8')).replace(from, to))
  }
  if (settings.site !== undefined) await rewrite('kakehashi.yaml', 'https://feeds.example.jp/', settings.site)
  let time = NOW
  let tokens = 0
  const now = () => time
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = pino({ level: 'debug' }, { write: text => void lines.push(JSON.parse(text) as Readonly<Record<string, unknown>>) })
  const environment = { isPlain: true, secret: () => undefined }
  const app = await openApp(config.folder, { environment, now, random: () => 0 })
  const randomToken = () => `token-${String(++tokens).padStart(20, '0')}`
  let daemon: Daemon | undefined
  /** Requests to hubs are not waited for by anybody: that they are over shows in the log. */
  const quiet = async () => {
    const last = (msg: string) => lines.findLastIndex(line => line['msg'] === msg)
    await eventually(() => expect(last('subscriptions kept up')).toBeGreaterThan(Math.max(last('config reloaded'), last('started'))))
    await hub.settled()
  }
  const start = async () => {
    daemon = await startDaemon(app, { log, now, randomToken })
    const { address } = daemon
    hub.reachAt = callback => callback.replace('https://feeds.example.jp/', address)
    await quiet()
  }
  const running = () => daemon ?? expect.fail('the daemon is stopped')
  const stop = async () => {
    await daemon?.stop()
    daemon = undefined
  }
  onTestFinished(async () => {
    await stop()
    await app[Symbol.asyncDispose]()
  })
  await start()
  const tick = async () => {
    await running().reload()
    await quiet()
  }
  const subscriptions = () => app.store.subscriptions.all()
  return {
    ...{ origin, hub, app, config, lines, blog, now, tick, subscriptions, stop },
    get daemon() {
      return running()
    },
    wait: ms => {
      time += ms
    },
    subscription: async () => (await subscriptions())[0] ?? expect.fail('there is no subscription'),
    state: async () => (await app.store.sources.states(['blog' as SourceId])).get('blog' as SourceId) ?? expect.fail('no source'),
    published: () => publishedAtom(config.publicFolder, '外交'),
    push: async entries => {
      const before = lines.filter(({ msg }) => msg === 'delivered').length
      const statuses = await hub.distribute(blog.self, documentOf(entries, [hub.url], blog.self))
      await eventually(() => expect(lines.filter(({ msg }) => msg === 'delivered').length).toBe(before + statuses.length))
      // The cycle that publishes it is in the queue by now.
      await app.cycle({ which: 'none' })
      return statuses
    },
    edit: async (file, from, to) => {
      await rewrite(file, from, to)
      await tick()
    },
    restart: async () => {
      await stop()
      await start()
    },
  }
}
