import { writeFile } from 'node:fs/promises'
import { type App, type CycleRequest, openApp } from '../../src/app.ts'
import type { SourceId } from '../../src/domain/identifiers.ts'
import type { PollState } from '../../src/domain/poll.ts'
import { HOUR, type Instant, MINUTE } from '../../src/domain/time.ts'
import type { PollReport } from '../../src/pipeline/poll-progress.ts'
import type { CycleReport } from '../../src/pipeline.ts'
import { rssDocument } from '../pipeline/documents.ts'
import { atEnd } from '../support/at-end.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import type { WatchedSite } from './watched-site.ts'

/** When the clock of every client begins: a Wednesday, at midnight. */
export const START: Instant = Date.parse('2026-04-01T00:00:00Z')

/** The whole program, polling feeds of watched sites once an hour, with a clock that goes on when the test says so. */
export interface PoliteClient {
  readonly config: SampleConfig
  readonly cycle: (which?: 'due' | 'all', more?: Omit<CycleRequest, 'which'>) => Promise<CycleReport>
  /** Polls and says what became of each source, by its id. */
  readonly poll: (which?: 'due' | 'all') => Promise<Readonly<Record<string, PollReport>>>
  readonly wait: (ms: number) => void
  /** Waits until a source is due, and polls what is due then. */
  readonly pollNext: (id: string) => Promise<PollReport | undefined>
  readonly state: (id: string) => Promise<PollState>
  /** Whole minutes from now until a source is due. */
  readonly minutesUntil: (id: string) => Promise<number>
  /** Ends the program and starts it again on what it left behind, with more sources where they are given. */
  readonly restart: (more?: Readonly<Record<string, string>>) => Promise<void>
}

/** What a client may be told. */
export interface ClientOptions {
  /** Lines of the `polling` group. */
  readonly polling?: readonly string[]
  /** Chance; 0 unless given. */
  readonly random?: () => number
}

/** Starts the program on feeds by the id of their source. */
export async function openClient(
  sites: readonly Pick<WatchedSite, 'host'>[],
  feeds: Readonly<Record<string, string>>,
  { polling = [], random = () => 0 }: ClientOptions = {},
): Promise<PoliteClient> {
  const allowHosts = sites.map(({ host }) => host)
  const config = await writeConfig(await temporaryFolder(), { sources: sourcesYaml(feeds), allowHosts, polling })
  let time = START
  // Two readings of a real clock are hardly ever the same.
  const now = () => time++
  const environment = { isPlain: true, secret: () => undefined }
  const open = () => openApp(config.folder, { environment, now, random })
  let app: App = await open()
  atEnd(() => app[Symbol.asyncDispose]())
  const wait = (ms: number) => {
    time += ms
  }
  const state = async (id: string) => {
    const found = (await app.store.sources.states([id as SourceId])).get(id as SourceId)
    if (found === undefined) throw new Error(`expected a source "${id}"`)
    return found
  }
  const cycle: PoliteClient['cycle'] = (which = 'due', more = {}) => app.cycle({ which, ...more })
  const poll: PoliteClient['poll'] = async which => Object.fromEntries((await cycle(which)).polls.map(report => [report.source, report]))
  return {
    config,
    cycle,
    poll,
    wait,
    state,
    minutesUntil: async id => Math.round(((await state(id)).nextPollAt - time) / MINUTE),
    pollNext: async id => {
      wait(Math.max((await state(id)).nextPollAt - time, 0))
      return (await poll())[id]
    },
    restart: async (more = {}) => {
      await app[Symbol.asyncDispose]()
      await writeFile(config.sourcesFile, sourcesYaml({ ...feeds, ...more }))
      app = await open()
    },
  }
}

/** A feed of an entry every so often, the newest at `until`; every two hours up to START unless told otherwise. */
export function lively(
  channel = '',
  { until = START, everyMs = 2 * HOUR }: { readonly until?: Instant; readonly everyMs?: number } = {},
): string {
  const items = Array.from({ length: 8 }, (_, nth) => until - nth * everyMs)
  return rssDocument(
    items.map(published => ({
      ...{ guid: `urn:${published}`, title: `Article of ${new Date(published).toISOString()}`, published },
      link: `https://outlet.example/${published}`,
    })),
    channel,
  )
}

function sourcesYaml(feeds: Readonly<Record<string, string>>): string {
  const sources = Object.entries(feeds).map(([id, url]) => `      - { id: ${id}, url: "${url}" }`)
  return `outlets:\n  - id: outlet\n    name: The Outlet\n    hosts: [outlet.example]\n    sources:\n${sources.join('\n')}\n`
}
