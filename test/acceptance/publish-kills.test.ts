import { watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { matchPosts } from '../../src/pipeline/match-posts.ts'
import { publishFeeds } from '../../src/pipeline/publish-feeds.ts'
import { type Newsroom, openNewsroom } from '../pipeline/newsroom.ts'
import { atEnd } from '../support/at-end.ts'
import { folderInspection, pairFaults, startReader, type TirelessReader } from '../support/published-files.ts'
import { type CliProcess, launchScript } from '../support/run-cli.ts'
import { seededChance } from '../support/seeded-chance.ts'
import { deadLinks, idsThroughHistory } from '../support/site-links.ts'
import { filesIn, snapshotOf, temporaryFolder } from '../support/temp-folder.ts'
import { SITE } from '../web/served-place.ts'
import {
  type Edition,
  hourOf,
  idOf,
  LABELS,
  numbersAt,
  PASSING_LABEL,
  publishingOf,
  type State,
  saveBlog,
  WITHDRAWN,
} from './changing-blog.ts'

// 200 take a minute and a half on two cores: `PUBLISH_KILLS=200` asks for them.
const KILLS = Number(process.env['PUBLISH_KILLS'] ?? 60)
// Two of three runs that follow a kill are killed, too; every third is let alone and looked at.
const SETTLED_SHARE = 1 / 3
const STEP_SHARE = 1 / 2
const SPARE_PUBLISHERS = 2
const PUBLISHER = new URL('lockstep-publisher.ts', import.meta.url)
const SERVER = new URL('../support/serve-folder.ts', import.meta.url)
// Another version of the program changes every document.
const EDITIONS: readonly Edition[] = ['plain', 'plain', 'edited', 'edited', 'upgraded']

const chance = seededChance(20_260_401)
const faultsAtRest: string[] = []
const faultsWhenSettled: string[] = []
const seen = { kills: 0, unfinished: 0, mixed: 0, settled: 0 }
let state: State = { step: 0, edition: 'plain' }
let room: Newsroom
let reader: TirelessReader
let calm: (state: State) => Promise<ReadonlyMap<string, string>>
let inspect: () => Promise<readonly string[]>
let changes: () => Changes = () => ({ all: 0, swaps: 0 })
let publisher: CliProcess
let nextPublisher: () => CliProcess
/** A publisher that ended though nobody killed it. */
let crash: Error | undefined
/** How long a run takes that is let alone, and what changes in it. */
let usual = { ms: 0, all: 0, swaps: 0 }

beforeAll(async () => {
  const storeFile = join(await temporaryFolder(), 'state.db')
  room = await openNewsroom({ storeFile, clock: () => hourOf(state) })
  calm = await calmPublisher()
  inspect = folderInspection(room.folder)
  nextPublisher = launchedAhead(() => launchScript(PUBLISHER, [storeFile, room.folder], room.folder))
  reader = startReader(room.folder, path => path.includes(PASSING_LABEL) || path.includes('entries/'))
  reader.readFrom(await launchScript(SERVER, [room.folder], room.folder).printed(line => line.startsWith('http')))
  publisher = nextPublisher()
  await settle(state)
  changes = changesIn(room.folder)
  while (seen.kills < KILLS) {
    const edition = EDITIONS[Math.floor(chance() * EDITIONS.length)] ?? 'plain'
    // What a step brings is published once at least: archives are filled in its course.
    const goesOn = publisher.lines.includes('published') && chance() < STEP_SHARE
    await killWhilePublishing({ step: state.step + (goesOn ? 1 : 0), edition })
    faultsAtRest.push(...(await faultsNow()).map(fault => `after kill ${seen.kills}: ${fault}`))
    publisher = nextPublisher()
    if (chance() < SETTLED_SHARE) await settle({ ...state, edition: EDITIONS[Math.floor(chance() * EDITIONS.length)] ?? 'plain' })
  }
  await settle({ ...state, edition: 'plain' })
  await reader.stop()
  const { kills, unfinished, mixed, settled } = seen
  console.log(
    `${kills} kills while publishing, ${unfinished} with files unfinished, ${mixed} with copies of another version in place; ` +
      `${settled} runs that ended; ${reader.looks()} looks at documents, ${reader.answers()} of them served`,
  )
}, 300_000)

describe(`publishing that is killed ${KILLS} times`, () => {
  it('leaves valid documents, links that lead somewhere, and archives that lack no post', () => {
    expect(faultsAtRest.slice(0, 20)).toEqual([])
  })

  it('shows no broken document to a reader who never stops looking', () => {
    expect(reader.faults.slice(0, 20)).toEqual([])
    expect(reader.answers()).toBeGreaterThan(5 * KILLS)
  })

  it('has been killed with files half written, and half put in place', () => {
    expect(seen.unfinished).toBeGreaterThan(0)
    expect(seen.mixed).toBeGreaterThan(0)
  })

  it('gives the very bytes of a publisher whom nobody disturbs, as soon as it is let alone', () => {
    expect(seen.settled).toBeGreaterThan(KILLS / 6)
    expect(faultsWhenSettled.slice(0, 20)).toEqual([])
  })
})

/** Publishes a state, is let alone, and compares what stands then with what should. */
async function settle(next: State): Promise<void> {
  await save(next)
  const before = { ms: performance.now(), ...changes() }
  const isOver = await begin()
  while (!isOver()) await moment()
  const { all, swaps } = changes()
  usual = { ms: performance.now() - before.ms, all: all - before.all, swaps: swaps - before.swaps }
  seen.settled++
  const [expected, found] = [await calm(state), await snapshotOf(room.folder)]
  const others = [...new Set([...expected.keys(), ...Object.keys(found)])].filter(path => found[path]?.digest !== expected.get(path))
  const faults = [...others.map(path => `${path} is not as it should be`), ...(others.length === 0 ? await pairFaults(room.folder) : [])]
  faultsWhenSettled.push(...faults.map(fault => `${JSON.stringify(state)}: ${fault}`))
}

/** Publishes a state and kills the publisher at some moment: after any time, at any change of a file, or when any version comes. */
async function killWhilePublishing(next: State): Promise<void> {
  await save(next)
  const kind = (['ms', 'all', 'swaps'] as const)[Math.floor(chance() * 3)] ?? 'ms'
  const reading = () => ({ ms: performance.now(), ...changes() })[kind]
  const end = reading() + chance() * usual[kind]
  const isOver = await begin()
  while (reading() < end && !isOver()) await moment()
  publisher.kill('SIGKILL')
  await publisher.ended
  if (isOver()) return
  seen.kills++
  const files = await filesIn(room.folder)
  if (files.some(path => path.endsWith('.tmp'))) seen.unfinished++
  const copies = files.filter(path => path.endsWith('.gz'))
  if ((await Promise.all(copies.map(isOfAnotherVersion))).includes(true)) seen.mixed++
}

async function save(next: State): Promise<void> {
  state = next
  await saveBlog(state, { ...room.publishing, store: room.store })
  await matchPosts(room.matching)
}

/** Has the publisher begin; gives what tells whether it is done. */
async function begin(): Promise<() => boolean> {
  await publisher.printed(line => line === 'ready')
  const before = publisher.lines.filter(line => line === 'publishing').length
  publisher.tell(JSON.stringify(state))
  while (publisher.lines.filter(line => line === 'publishing').length === before) await moment()
  return () => publisher.lines.at(-1) !== 'publishing'
}

async function moment(): Promise<void> {
  if (crash !== undefined) throw crash
  await sleep(0)
}

/** Starts each process while the one before it works. */
function launchedAhead(start: () => CliProcess): () => CliProcess {
  const launch = () => {
    const launched = start()
    void launched.ended.then(code => {
      if (code !== null) crash = new Error(`a publisher ended with ${code}: ${launched.lines.join('\n')}`)
    })
    return launched
  }
  const ahead = Array.from({ length: SPARE_PUBLISHERS }, launch)
  return () => {
    ahead.push(launch())
    return ahead.shift() ?? launch()
  }
}

interface Changes {
  /** Of any file, finished or not. */
  readonly all: number
  /** Compressed copies that were put in place, which is the first that is seen of a new version. */
  readonly swaps: number
}

/** Counts what happens in the folders of feeds and pages, as it happens. */
function changesIn(folder: string): () => Changes {
  let counted = { all: 0, swaps: 0 }
  for (const part of ['.', 'feeds', 'labels', 'entries']) {
    const watcher = watch(join(folder, part), (_, name) => {
      counted = { all: counted.all + 1, swaps: counted.swaps + (name?.endsWith('.gz') ? 1 : 0) }
    })
    atEnd(() => watcher.close())
  }
  return () => counted
}

/** Gives what is published of a state where nothing goes wrong: digests by path. */
async function calmPublisher(): Promise<(state: State) => Promise<ReadonlyMap<string, string>>> {
  let hour = hourOf(state)
  const elsewhere = await openNewsroom({ clock: () => hour })
  const published = new Map<string, ReadonlyMap<string, string>>()
  const publish = async (next: State) => {
    hour = hourOf(next)
    await saveBlog(next, { ...elsewhere.publishing, store: elsewhere.store })
    await matchPosts(elsewhere.matching)
    await publishFeeds(publishingOf(next, elsewhere))
    return new Map(Object.entries(await snapshotOf(elsewhere.folder)).map(([path, { digest }]) => [path, digest]))
  }
  return async next => {
    const key = JSON.stringify(next)
    const digests = published.get(key) ?? (await publish(next))
    published.set(key, digests)
    return digests
  }
}

async function isOfAnotherVersion(copy: string): Promise<boolean> {
  const [ours, whole] = [copy, copy.slice(0, -'.gz'.length)].map(path => stat(join(room.folder, path)).catch(() => undefined))
  return (await ours)?.mtimeMs !== (await whole)?.mtimeMs
}

/** What is wrong in the folder while nobody writes to it. */
async function faultsNow(): Promise<readonly string[]> {
  const { folder } = room
  const missing = await Promise.all(
    [...LABELS, ['all', 1] as const].map(([slug, multiple]) => missingPosts(`feeds/${slug}.atom`, multiple)),
  )
  return [...(await inspect()), ...(await deadLinks(folder, SITE.url)), ...missing.flat()]
}

/** The posts, up to the newest there is, that a feed and its archives should lead to and do not. */
async function missingPosts(path: string, multiple: number): Promise<readonly string[]> {
  const ids = await idsThroughHistory(room.folder, path, SITE.url)
  const newest = Math.max(...ids.map(id => Number(/\d+$/.exec(id)?.[0])))
  const expected = numbersAt(0).length + state.step
  const numbers = Array.from({ length: expected }, (_, index) => index + 1)
  const missing = numbers.filter(n => n <= newest && n % multiple === 0 && n !== WITHDRAWN && !ids.includes(idOf(n)))
  return missing.map(number => `${path} does not lead to post ${number}`)
}
