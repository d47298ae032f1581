import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type App, openApp } from '../../src/app.ts'
import { placeOf, startSite } from '../../src/daemon/start-site.ts'
import type { Instant } from '../../src/domain/time.ts'
import { openLog } from '../../src/log.ts'
import type { PollReport } from '../../src/pipeline/poll-progress.ts'
import type { CycleReport } from '../../src/pipeline.ts'
import { PACKAGE } from '../../src/version.ts'
import { START } from '../pipeline/start.ts'
import { atEnd } from '../support/at-end.ts'
import { snapshotOf } from '../support/temp-folder.ts'
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
  readonly now: () => Instant
  /** Lets the clock go on to an instant; where that is past already, it stays as it is. */
  readonly waitUntil: (at: Instant) => void
  /** Where its site is served now. */
  readonly address: () => string
  readonly cycle: (how: { readonly acceptShrink: boolean; readonly crash: Crash | undefined }) => Promise<CycleOutcome>
  readonly reconfigure: (settings: Settings) => Promise<void>
  /** Ends it, and starts it again; of another version where one is given. */
  readonly restart: (version?: string) => Promise<void>
  readonly backUp: () => Promise<void>
  /** Starts it again on the state as it was backed up. */
  readonly takeBack: () => Promise<void>
  readonly withdraw: (id: string, isUndone: boolean) => Promise<void>
  /** The accepted originals of posts, by the posts' ids. */
  readonly originals: () => Promise<ReadonlyMap<string, KnownOriginal>>
  /** How many linked pairs it has learned from. */
  readonly lessons: () => Promise<number>
  /** Publishes its state anew, into an empty folder; gives the paths of what is otherwise there. */
  readonly differences: (settings: Settings) => Promise<readonly string[]>
}

class Crashed extends Error {}

/** Opens the program on an empty folder. @param random chance, in [0, 1) */
export async function openGhostProgram(folder: string, settings: Settings, places: Places, random: () => number): Promise<GhostProgram> {
  let time = START
  const now = () => time++
  const open = (where: string) => openApp(join(where, 'config'), { environment: { isPlain: true, secret: () => undefined }, now, random })
  const site = (app: App) => startSite(app, { log: openLog('silent'), now }, { place: () => place })
  await newConfig(folder, settings, places)
  let app = await open(folder)
  let place = await placeOf(app)
  let server = await site(app)
  const { version: ownVersion } = PACKAGE
  const end = async () => {
    await server.close()
    await app[Symbol.asyncDispose]()
  }
  atEnd(async () => {
    Object.assign(PACKAGE, { version: ownVersion })
    await end()
  })
  const startAgainAfter = async (meanwhile: () => Promise<void> | void) => {
    await end()
    await meanwhile()
    app = await open(folder)
    place = await placeOf(app)
    server = await site(app)
  }
  return {
    now,
    waitUntil: at => {
      time = Math.max(time, at)
    },
    address: () => server.address,
    cycle: async ({ acceptShrink, crash }) => {
      const polls: PollReport[] = []
      const from = time
      const cycle = app.cycle({ which: 'due', acceptShrink, onPoll: poll => void polls.push(poll), ...crashing(crash) })
      const report = await cycle.catch(error => {
        if (!(error instanceof Crashed)) throw error
        return null
      })
      place = await placeOf(app)
      return { polls, report, span: { from, to: time } }
    },
    reconfigure: async changed => {
      await writeSettings(join(folder, 'config'), changed, places)
      const loaded = await app.reload()
      if (loaded.kind === 'rejected') throw new Error(JSON.stringify(loaded.problems))
    },
    restart: version => startAgainAfter(() => void Object.assign(PACKAGE, version === undefined ? {} : { version })),
    backUp: () => startAgainAfter(() => copyState(folder, join(folder, 'backup'))),
    takeBack: () => startAgainAfter(() => copyState(join(folder, 'backup'), folder)),
    withdraw: async (id, isUndone) => {
      const keys = (await app.store.entries.find(id, undefined)).map(({ key }) => key)
      await (isUndone ? app.store.entries.restore(keys, now()) : app.store.entries.withdraw(keys, now()))
    },
    originals: () => originalsIn(app),
    lessons: () => app.store.lessons.count(),
    differences: async current => {
      const other = join(folder, 'anew')
      await newConfig(other, current, places)
      await startAgainAfter(() => copyState(folder, other))
      const state = new DatabaseSync(join(other, 'state.db'))
      state.exec('delete from publications')
      state.close()
      await using again = await open(other)
      await again.cycle({ which: 'none' })
      const [stands, anew] = [await snapshotOf(join(folder, 'public')), await snapshotOf(join(other, 'public'))]
      return [...new Set([...Object.keys(stands), ...Object.keys(anew)])].filter(path => stands[path]?.digest !== anew[path]?.digest)
    },
  }
}

async function newConfig(folder: string, settings: Settings, places: Places): Promise<void> {
  await mkdir(join(folder, 'config'), { recursive: true })
  await writeSettings(join(folder, 'config'), settings, places)
}

async function copyState(from: string, to: string): Promise<void> {
  for (const name of ['state.db', 'state.db-wal', 'state.db-shm']) {
    await rm(join(to, name), { force: true })
    await cp(join(from, name), join(to, name)).catch(() => {})
  }
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

async function originalsIn({ store }: App): Promise<ReadonlyMap<string, KnownOriginal>> {
  const posts = await store.posts.newest({ anyLabel: [], limit: 5_000, offset: 0 })
  return new Map(
    posts.flatMap(({ post, judgement }) => {
      if (judgement.kind !== 'match' || judgement.match.state !== 'accepted') return []
      const { original, tier } = judgement.match
      return original.url === null ? [] : [[post.id, { url: original.url, tier }] as const]
    }),
  )
}
