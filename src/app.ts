import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config, Problem } from './config/config.ts'
import { describeProblem } from './config/config.ts'
import type { Environment } from './config/environment.ts'
import { type LoadedConfig, readConfigFolder } from './config/read-config-folder.ts'
import { validate } from './config/validate.ts'
import { parseYaml, readYaml } from './config/yaml-file.ts'
import { AppError } from './domain/app-error.ts'
import type { SourceId } from './domain/identifiers.ts'
import type { Source } from './domain/outlet.ts'
import { type OutletDirectory, outletDirectory } from './domain/outlet-directory.ts'
import { type Clock, HOUR, type Instant } from './domain/time.ts'
import { createFetcher, type Fetcher } from './fetch/fetcher.ts'
import { type FeedParser, openFeedParser } from './parse/feed-parser.ts'
import { announcedHubs } from './pipeline/announced-hubs.ts'
import { type FragmentCache, fragmentCache } from './pipeline/fragment-cache.ts'
import { keepHostPauses, readHostPauses } from './pipeline/host-pauses.ts'
import { incidentsFile, withIncidents } from './pipeline/incidents.ts'
import { type KnownMemberships, noMemberships } from './pipeline/known-memberships.ts'
import type { FeedSource, PollReport } from './pipeline/poll-progress.ts'
import type { Pushes } from './pipeline/pushes.ts'
import type { Delivery, DeliveryReport } from './pipeline/take-delivery.ts'
import { type CycleDeps, type CycleReport, pollSources, runCycle, scheduled } from './pipeline.ts'
import { STYLESHEET } from './render/page/stylesheet.ts'
import { cronFault } from './schedule/tick.ts'
import { openStore, type Store } from './store/store.ts'
import { PACKAGE } from './version.ts'
import { maxAgeSOf } from './web/response-headers.ts'

/** The outside world of one process. */
export interface Surroundings {
  readonly environment: Environment
  readonly now: Clock
  /** A number in [0, 1). */
  readonly random: () => number
}

/** What one cycle is asked to do. */
export interface CycleRequest {
  readonly which: 'due' | 'all' | 'none'
  /** Sources that are due whatever their interval says. */
  readonly dueNow?: readonly SourceId[]
  readonly acceptShrink?: boolean
  readonly onPoll?: (report: PollReport, progress: { readonly done: number; readonly of: number }) => void
  readonly onStage?: (stage: 'poll' | 'match' | 'publish') => void
  /** Told of every post that is judged. */
  readonly onMatch?: (done: number, of: number) => void
  /** Given where hubs can deliver meanwhile; asked when it is the cycle's turn. */
  readonly pushes?: () => Promise<Pushes>
  /** Told whenever documents stand and are on record. */
  readonly onWritten?: () => void
  /** Told once when another process is publishing into the same folder, before it is waited for. */
  readonly onBusy?: (holder: string) => void
  readonly signal?: AbortSignal
}

/** What is asked for outside a cycle. */
export interface PollRequest extends Pick<CycleRequest, 'onPoll' | 'signal'> {
  /** Every source unless given. */
  readonly sources?: ReadonlySet<SourceId>
  /** In place of the network. */
  readonly fetch?: Fetcher['fetch']
}

/** The program with its config read and its store open. */
export interface App extends AsyncDisposable {
  /** The config in force; `reload` replaces it. */
  readonly config: () => Config
  readonly store: Store
  readonly cycle: (request: CycleRequest) => Promise<CycleReport>
  /**
   * Asks sources for their news, due or not, and stores what comes and how it went as a cycle would; nothing is matched
   * or published. Older pages of a blog are left to the next cycle.
   */
  readonly poll: (request: PollRequest) => Promise<readonly PollReport[]>
  /** Posts a form as polls fetch: guarded, politely, within their limits. */
  readonly post: Fetcher['post']
  /** Stores what a hub has delivered for the feed at an address of the config, in turn with the cycles; the next one publishes it. */
  readonly takeDelivery: (address: string, delivery: Delivery) => Promise<readonly DeliveryReport[]>
  /** Puts the config as it is now on disk in force if it is good, and leaves the one in force if it is not. */
  readonly reload: () => Promise<LoadedConfig>
}

// Rendered entries kept between cycles: 16 million characters are some 500 long posts in three syntaxes.
const FRAGMENT_CHARACTERS = 16_000_000
// On top of a fetch: its wait for a turn, parsing, and a slow disk.
const LEASE_MARGIN = 60_000

/**
 * Reads a config folder; every problem is reported together.
 *
 * @throws AppError `config-missing`
 */
export async function loadConfig(folder: string, environment: Environment): Promise<LoadedConfig> {
  return readConfigFolder(folder, { ...environment, cronFault, dictionaryFault })
}

// Most configs have no dictionary to look at.
async function dictionaryFault(file: string): Promise<string | undefined> {
  const { dictionaryFault: faultOf } = await import('./match/dictionary-file.ts')
  return faultOf(file)
}

/** Where the state is kept that belongs to a rejected config; undefined where `kakehashi.yaml` does not tell, or nothing is there. */
export async function knownStoreFile(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'kakehashi.yaml'), 'utf8').catch(() => '')
  const service = validate([readYaml('kakehashi.yaml', text)])
  const file = service.kind === 'valid' ? resolve(folder, service.raw.store.file) : undefined
  return file !== undefined && existsSync(file) ? file : undefined
}

/** Turns a rejected config into the error that ends a command. */
export function configError(problems: readonly Problem[]): AppError {
  return new AppError('config-invalid', problems.map(describeProblem).join('\n'))
}

/**
 * Opens the program on a config folder.
 *
 * @throws AppError `config-invalid` with one line for every problem, `config-missing`, `store-unusable`
 */
export async function openApp(folder: string, around: Surroundings): Promise<App> {
  const loaded = await loadConfig(folder, around.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  const store = await openStore(loaded.config.storeFile)
  const inTurn = turns()
  const parser = openFeedParser()
  const kept = { fragments: fragmentCache(FRAGMENT_CHARACTERS), memberships: noMemberships() }
  const stylesheet = readFileSync(STYLESHEET.file, 'utf8')
  let config = loaded.config
  let fetcher = openFetcher(config, around)
  let directory = outletDirectory(config.outlets)
  await syncSources(config, store, around)
  const working = <T>(request: CycleRequest, work: (deps: CycleDeps) => Promise<T>) =>
    inTurn(async () => {
      for (const id of request.dueNow ?? []) await store.sources.renew(id, around.now())
      const pushes = await request.pushes?.()
      return withHostPauses(store, around.now, pausedHosts =>
        work(cycleDeps(request, config, { fetcher, parser, directory, stylesheet, store, kept, pausedHosts, pushes, around })),
      )
    })
  return {
    store,
    config: () => config,
    cycle: request =>
      working(request, deps => withIncidents({ ...deps, site: config.site, file: incidentsFile(config.storeFile) }, () => runCycle(deps))),
    poll: request => working({ ...request, which: 'all' }, deps => pollSources(newsOf(request, deps))),
    post: (request, signal) => fetcher.post(request, signal),
    takeDelivery: (address, delivery) =>
      inTurn(async () => {
        const { takeDelivery } = await import('./pipeline/take-delivery.ts')
        const activeSources = new Set(sourcesOf(config).map(({ id }) => id))
        const deps = { parse: parser.parse, store, directory, activeSources, now: around.now }
        const reports: DeliveryReport[] = []
        for (const source of feedsAt(config, address)) reports.push(await takeDelivery(source, delivery, deps))
        return reports
      }),
    reload: async () => {
      const next = await loadConfig(folder, around.environment)
      if (next.kind === 'rejected') return next
      await inTurn(async () => {
        await fetcher.close()
        config = next.config
        fetcher = openFetcher(config, around)
        directory = outletDirectory(config.outlets)
        await syncSources(config, store, around)
      })
      return next
    },
    [Symbol.asyncDispose]: async () => {
      await inTurn(() => fetcher.close())
      await parser.close()
      await store[Symbol.asyncDispose]()
    },
  }
}

/** Every source of a config. */
export function sourcesOf(config: Config): readonly Source[] {
  return [...config.outletSources, ...config.postSources]
}

/** The time between two looks at the source that is looked at most often, ms; an hour where there is none. */
export function shortestPollMs(config: Config): number {
  const intervals = sourcesOf(config).map(({ pollEveryMs }) => pollEveryMs)
  return intervals.length === 0 ? HOUR : Math.min(...intervals)
}

/** The sources that poll an address of the config. */
export function feedsAt(config: Config, address: string): readonly FeedSource[] {
  return sourcesOf(config).flatMap(source => (source.kind !== 'post-folder' && source.feedUrl === address ? [source] : []))
}

/** Opens a fetcher that behaves as the config says. */
export function openFetcher({ polling }: Config, { now }: Pick<Surroundings, 'now'>): Fetcher {
  const { timeoutMs, maxBytes, concurrency, perHost, allowHosts } = polling
  return createFetcher({ userAgent: userAgent(polling.contact), timeoutMs, maxBytes, concurrency, perHost, allowHosts, now })
}

/** The User-Agent, which tells those who are asked whom to turn to. */
export function userAgent(contact: string): string {
  // Header values are ASCII; a contact in another script is percent-encoded rather than refused.
  return `Kakehashi/${PACKAGE.version} (+${encodeURI(contact)})`
}

async function syncSources(config: Config, store: Store, { now }: Surroundings): Promise<void> {
  await store.sources.sync(sourcesOf(config).map(source => scheduled(source, now())))
}

/** What hosts asked for outlives the cycle, and the process. */
async function withHostPauses<T>(store: Store, now: Clock, work: (pausedHosts: Map<string, Instant>) => Promise<T>): Promise<T> {
  const pausedHosts = await readHostPauses(store, now())
  try {
    return await work(pausedHosts)
  } finally {
    await keepHostPauses(store, pausedHosts, now())
  }
}

function newsOf({ sources, fetch }: PollRequest, deps: CycleDeps): CycleDeps {
  return {
    ...deps,
    sources: deps.sources.filter(({ id }) => sources === undefined || sources.has(id)),
    poll: { ...deps.poll, newsOnly: true, ...(fetch === undefined ? {} : { fetch }) },
  }
}

function cycleDeps(
  request: CycleRequest,
  config: Config,
  parts: {
    readonly fetcher: Fetcher
    readonly parser: FeedParser
    readonly directory: OutletDirectory
    readonly stylesheet: string
    readonly store: Store
    readonly kept: { readonly fragments: FragmentCache; readonly memberships: KnownMemberships }
    readonly pausedHosts: Map<string, Instant>
    readonly pushes: Pushes | undefined
    readonly around: Surroundings
  },
): CycleDeps {
  const { store, fetcher, parser, directory, stylesheet, kept, pausedHosts, pushes, around } = parts
  const { judgementDigest, polling, publish, postSources, pairs, glossary, site } = config
  const sources = sourcesOf(config)
  const now = around.now
  const signal = request.signal === undefined ? {} : { signal: request.signal }
  const generator = { version: PACKAGE.version, ...(PACKAGE.homepage === undefined ? {} : { uri: PACKAGE.homepage }) }
  return {
    ...request,
    sources,
    store,
    now,
    concurrency: polling.concurrency,
    perHost: polling.perHost,
    poll: {
      fetch: fetcher.fetch,
      parse: parser.parse,
      readFolder: async source => {
        const { readFolder } = await import('./posts/folder.ts')
        const { renderMarkdown } = await import('./posts/markdown.ts')
        return readFolder(source, directory, { parseYaml, renderMarkdown }, request.signal)
      },
      activeSources: new Set(sources.map(({ id }) => id)),
      leaseMs: 2 * polling.timeoutMs + LEASE_MARGIN,
      jitter: around.random,
      ...(pushes === undefined ? {} : { pushes }),
      ...{ pausedHosts, store, directory, judgementDigest, now, ...signal },
    },
    match: { ...config.matching, store, directory, postSources, pairs, glossary, judgementDigest, now, ...signal },
    publish: {
      ...{ ...kept, ...signal, site, generator, store, directory, now },
      requested: config.feeds,
      folder: publish.folder,
      limit: publish.limit,
      hideLabels: publish.hideLabels,
      archiveSize: publish.archiveSize,
      feeds: publish.feeds,
      postSources,
      stylesheet,
      hubs: announcedHubs(config),
      ...(request.onWritten === undefined ? {} : { onWritten: request.onWritten }),
      ...(request.onBusy === undefined ? {} : { onBusy: request.onBusy }),
      maxAgeS: maxAgeSOf(shortestPollMs(config)),
      acceptShrink: request.acceptShrink ?? false,
    },
  }
}

/** Does one piece of work after the other, whatever became of the one before. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const result = last.then(work, work)
    last = result
    return result
  }
}
