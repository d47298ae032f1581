import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, openApp } from '../../src/app.ts'
import { placeOf, startSite } from '../../src/daemon/start-site.ts'
import type { Instant } from '../../src/domain/time.ts'
import { openLog } from '../../src/log.ts'
import type { PollReport } from '../../src/pipeline/poll-progress.ts'
import type { CycleReport } from '../../src/pipeline.ts'
import { PACKAGE } from '../../src/version.ts'
import type { ServedPlace } from '../../src/web/server.ts'
import { START } from '../pipeline/start.ts'
import { atEnd } from '../support/at-end.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import type { KnownOriginal } from './ghost-feeds.ts'
import type { Dated } from './ghost-knowledge.ts'
import { type Places, type Settings, writeSettings } from './ghost-settings.ts'

/** Where a cycle may come to a sudden end: before its posts are judged, before it publishes, or once so many documents stand. */
export type Crash = 'match' | 'publish' | { readonly written: number }

/** What a cycle did; null for its report where it crashed. */
export interface CycleOutcome {
  readonly polls: readonly PollReport[]
  readonly report: CycleReport | null
  readonly span: Dated
}

/** The whole program, served over HTTP, that may crash, start again, and find an older state than it left. */
export interface GhostProgram {
  readonly folder: string
  readonly now: () => Instant
  readonly wait: (ms: number) => void
  /** Where its site is served now. */
  readonly address: () => string
  readonly cycle: (how: { readonly acceptShrink: boolean; readonly crash: Crash | undefined }) => Promise<CycleOutcome>
  readonly reconfigure: (settings: Settings) => Promise<void>
  /** Ends the program, does something with what it left, and starts it again. */
  readonly restart: (meanwhile?: () => Promise<void>) => Promise<void>
  readonly backUp: () => Promise<void>
  readonly takeBack: () => Promise<void>
  readonly withdraw: (id: string, isUndone: boolean) => Promise<void>
  /** The accepted originals of posts, by the posts' ids. */
  readonly originals: () => Promise<ReadonlyMap<string, KnownOriginal>>
}

class Crashed extends Error {}

/** Opens the program on an empty folder. @param random chance, in [0, 1) */
export async function openGhostProgram(settings: Settings, places: Omit<Places, 'notes'>, random: () => number): Promise<GhostProgram> {
  const folder = await temporaryFolder()
  const config = join(folder, 'config')
  const wholePlaces = { ...places, notes: join(folder, 'notes') }
  await cp(new URL('../../config/schema.json', import.meta.url), join(config, 'schema.json'))
  await writeSettings(config, settings, wholePlaces)
  let time = START
  const now = () => time++
  const open = () => openApp(config, { environment: { isPlain: true, secret: () => undefined }, now, random })
  const serve = () => startSite(app, { log: openLog('silent'), now }, { place: () => place })
  let app: App = await open()
  let place: ServedPlace = await placeOf(app)
  let server = await serve()
  const version = PACKAGE.version
  atEnd(async () => {
    Object.assign(PACKAGE, { version })
    await server.close()
    await app[Symbol.asyncDispose]()
  })
  const stateFiles = ['state.db', 'state.db-wal', 'state.db-shm']
  const copyState = async (from: string, to: string) => {
    for (const name of stateFiles) {
      await rm(join(to, name), { force: true })
      await cp(join(from, name), join(to, name)).catch(() => {})
    }
  }
  const program: GhostProgram = {
    ...{ folder, now },
    wait: ms => {
      time += ms
    },
    address: () => server.address,
    cycle: async ({ acceptShrink, crash }) => {
      const polls: PollReport[] = []
      const from = time
      const report = await app
        .cycle({ which: 'due', acceptShrink, onPoll: poll => void polls.push(poll), ...crashing(crash) })
        .catch(error => {
          if (!(error instanceof Crashed)) throw error
          return null
        })
      place = await placeOf(app)
      return { polls, report, span: { from, to: time } }
    },
    reconfigure: async changed => {
      await writeSettings(config, changed, wholePlaces)
      const loaded = await app.reload()
      if (loaded.kind === 'rejected') throw new Error(JSON.stringify(loaded.problems))
    },
    restart: async (meanwhile = async () => {}) => {
      await server.close()
      await app[Symbol.asyncDispose]()
      await meanwhile()
      app = await open()
      place = await placeOf(app)
      server = await serve()
    },
    backUp: () => program.restart(() => copyState(folder, join(folder, 'backup'))),
    takeBack: () => program.restart(() => copyState(join(folder, 'backup'), folder)),
    withdraw: async (id, isUndone) => {
      const keys = (await app.store.entries.find(id, undefined)).map(({ key }) => key)
      await (isUndone ? app.store.entries.restore(keys, now()) : app.store.entries.withdraw(keys, now()))
    },
    originals: async () => {
      const posts = await app.store.posts.newest({ anyLabel: [], limit: 5_000, offset: 0 })
      return new Map(
        posts.flatMap(({ post, judgement }) => {
          if (judgement.kind !== 'match' || judgement.match.state !== 'accepted') return []
          const { original, tier } = judgement.match
          return original.url === null ? [] : [[post.id, { url: original.url, tier }] as const]
        }),
      )
    },
  }
  return program
}

function crashing(crash: Crash | undefined) {
  let written = 0
  return {
    onStage: (stage: 'poll' | 'match' | 'publish') => {
      if (stage === crash) throw new Crashed()
    },
    onWritten: () => {
      if (typeof crash === 'object' && ++written >= crash.written) throw new Crashed()
    },
  }
}
