import { watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { matchPosts } from '../../src/pipeline/match-posts.ts'
import { publishFeeds } from '../../src/pipeline/publish-feeds.ts'
import { openNewsroom } from '../pipeline/newsroom.ts'
import { atEnd } from '../support/at-end.ts'
import { documentFault, pairFaults, startReader, type TirelessReader } from '../support/published-files.ts'
import { type CliProcess, launchScript } from '../support/run-cli.ts'
import { seededChance } from '../support/seeded-chance.ts'
import { deadLinks, idsThroughHistory } from '../support/site-links.ts'
import { filesIn, snapshotOf, temporaryFolder } from '../support/temp-folder.ts'
import { type Edition, hourOf, idOf, LABELS, numbersAt, PASSING_LABEL, publishingOf, type State, saveBlog, WITHDRAWN } from './changing-blog.ts'

const KILLS = 30
// One more than is needed at a time: the next one starts while this one works.
const SPARE_PUBLISHERS = 2
const PUBLISHER = new URL('lockstep-publisher.ts', import.meta.url)
const SERVER = new URL('../support/serve-folder.ts', import.meta.url)
const EDITIONS: readonly Edition[] = ['plain', 'edited', 'renamed']

/** What the kills came to, for the report. */
const seen = { kills: 0, halfWritten: 0, halfSwapped: 0, settled: 0, steps: 0 }
const faultsAtRest: string[] = []
let reader: TirelessReader

beforeAll(async () => {
  reader = await publishAndKill()
  ;(await import('node:fs')).writeFileSync('/tmp/helper-g/faults.txt', [...faultsAtRest, '---', ...reader.faults].join('\n'))
  console.log(
    `${seen.kills} kills while publishing: ${seen.halfWritten} left unfinished files, ${seen.halfSwapped} copies beside another version; ` +
      `${seen.settled} runs that ended, ${seen.steps} steps; ${reader.looks()} looks at files, ${reader.answers()} answers`,
  )
}, 180_000)

describe('publishing that is killed at 200 moments', () => {
  it('was under way every time', () => expect(seen.kills).toBe(KILLS))

  it('leaves documents that are valid, links that lead somewhere, and archives that miss no post', () => {
    expect(faultsAtRest.slice(0, 20)).toEqual([])
  })

  it('shows no broken document to a reader who never stops looking', () => {
    expect(reader.faults.slice(0, 20)).toEqual([])
    expect(reader.looks()).toBeGreaterThan(1_000)
    expect(reader.answers()).toBeGreaterThan(500)
  })

  it('has hit files half written and half put in place', () => {
    expect(seen.halfWritten).toBeGreaterThan(10)
    expect(seen.halfSwapped).toBeGreaterThan(0)
  })
})

async function publishAndKill(): Promise<TirelessReader> {
  const chance = seededChance(20_260_401)
  const storeFile = join(await temporaryFolder(), 'state.db')
  let state: State = { step: 0, edition: 'plain' }
  const room = await openNewsroom({ storeFile, clock: () => hourOf(state) })
  const { folder } = room
  const calm = await calmPress()
  const save = async () => {
    await saveBlog(state, { ...room.publishing, store: room.store })
    await matchPosts(room.matching)
  }
  const publishers = launchedAhead(() => launchScript(PUBLISHER, [storeFile, folder], folder))
  const server = launchScript(SERVER, [folder], folder)
  const tireless = startReader(folder, path => path.includes(PASSING_LABEL) || path.includes('entries/'))
  tireless.readFrom(await server.printed(line => line.startsWith('http')))
  const changes = changesIn(folder)
  let publisher = publishers()
  /** How long a run takes that is let alone, and in how many changes of files. */
  let usual = { ms: 200, changes: 200 }
  const settle = async () => {
    await publisher.printed(line => line === 'ready')
    const before = { ms: performance.now(), changes: changes(), lines: publisher.lines.length }
    publisher.tell(JSON.stringify(state))
    await nextPublished(publisher, before.lines)
    usual = { ms: performance.now() - before.ms, changes: changes() - before.changes }
    seen.settled++
    faultsAtRest.push(...(await otherThan(await calm(state), folder, state)), ...(await faultsIn(folder)))
  }
  await save()
  await settle()
  while (seen.kills < KILLS) {
    const before = state
    const edition = EDITIONS[Math.floor(chance() * EDITIONS.length)] ?? "plain"
    const mayAdvance = publisher.lines.includes('published')
    state = mayAdvance && chance() < 0.3 ? { step: before.step + 1, edition } : { ...before, edition }
    await save()
    await publisher.printed(line => line === 'ready')
    const lines = publisher.lines.length
    const moment = chance() < 0.5 ? { ms: chance() * usual.ms } : { change: changes() + chance() * usual.changes }
    publisher.tell(JSON.stringify(state))
    await publisher.printed(line => line === 'publishing')
    const isOver = () => publisher.lines.slice(lines).includes('published')
    if ('ms' in moment) await sleep(moment.ms)
    else while (changes() < moment.change && !isOver()) await sleep(0)
    publisher.kill('SIGKILL')
    await publisher.ended
    if (!isOver()) seen.kills++
    faultsAtRest.push(...(await faultsIn(folder)).map(fault => `kill ${seen.kills}, ${JSON.stringify(state)}: ${fault}`))
    await countTraces(folder)
    publisher = publishers()
    if (chance() < 0.5) await settle()
  }
  state = { ...state, edition: 'plain' }
  await save()
  await settle()
  seen.steps = state.step
  await tireless.stop()
  publisher.kill('SIGKILL')
  return tireless
}

/** Gives processes that were started one ahead of need. */
function launchedAhead(launch: () => CliProcess): () => CliProcess {
  const ahead = Array.from({ length: SPARE_PUBLISHERS }, launch)
  return () => {
    ahead.push(launch())
    return ahead.shift() ?? launch()
  }
}

async function nextPublished(publisher: CliProcess, after: number): Promise<void> {
  while (!publisher.lines.slice(after).includes('published')) {
    await Promise.race([sleep(1), publisher.ended.then(code => Promise.reject(new Error(`ended with ${code}: ${publisher.lines.join('\n')}`)))])
  }
}

/** Counts changes of files below a folder. */
function changesIn(folder: string): () => number {
  let count = 0
  const watcher = watch(folder, { recursive: true }, () => {
    count++
  })
  atEnd(() => watcher.close())
  return () => count
}

/** Gives what a publisher whom nobody disturbs publishes of a state: digests by path. */
async function calmPress(): Promise<(state: State) => Promise<ReadonlyMap<string, string>>> {
  let hour = hourOf({ step: 0 })
  const room = await openNewsroom({ clock: () => hour })
  const digests = new Map<string, ReadonlyMap<string, string>>()
  const publish = async (state: State) => {
    hour = hourOf(state)
    await saveBlog(state, { ...room.publishing, store: room.store })
    await matchPosts(room.matching)
    await publishFeeds(publishingOf(state, room))
    const snapshot = await snapshotOf(room.folder)
    return new Map(Object.entries(snapshot).map(([path, { digest }]) => [path, digest]))
  }
  return async state => {
    const key = JSON.stringify(state)
    const known = digests.get(key) ?? (await publish(state))
    digests.set(key, known)
    return known
  }
}

async function otherThan(expected: ReadonlyMap<string, string>, folder: string, state: State): Promise<readonly string[]> {
  const snapshot = await snapshotOf(folder)
  const paths = new Set([...expected.keys(), ...Object.keys(snapshot)])
  const others = [...paths].filter(path => snapshot[path]?.digest !== expected.get(path))
  const unpaired = others.length === 0 ? await pairFaults(folder) : []
  return [...others.map(path => `${path} is not as it should be`), ...unpaired].map(fault => `settled at ${JSON.stringify(state)}: ${fault}`)
}

/** What is wrong in a folder that nobody is writing to. */
async function faultsIn(folder: string): Promise<readonly string[]> {
  const siteUrl = publishingOf({ step: 0, edition: 'plain' }, { folder, store: {} as never }).site.url
  const files = (await filesIn(folder)).filter(path => !path.endsWith('.tmp'))
  const broken: string[] = []
  for (const path of files) {
    const fault = await documentFault(join(folder, path))
    if (fault !== undefined) broken.push(`${path}: ${fault}`)
  }
  const missing: string[] = []
  for (const [slug, multiple] of [...LABELS, ['all', 1] as const]) {
    const path = `feeds/${slug}.atom`
    if (files.includes(path)) missing.push(...(await missingPosts(folder, path, multiple, siteUrl)))
  }
  return [...broken, ...(await deadLinks(folder, siteUrl)), ...missing]
}

/** The posts that a feed and its archives should hold, by the newest of them, and do not. */
async function missingPosts(folder: string, path: string, multiple: number, siteUrl: string): Promise<readonly string[]> {
  const ids = await idsThroughHistory(folder, path, siteUrl)
  const newest = Math.max(...ids.map(id => Number(/\d+$/.exec(id)?.[0])))
  const expected = numbersAt(60).filter(number => number <= newest && number % multiple === 0 && number !== WITHDRAWN)
  return expected.filter(number => !ids.includes(idOf(number))).map(number => `${path} leads nowhere to post ${number}`)
}

async function countTraces(folder: string): Promise<void> {
  const files = await filesIn(folder)
  if (files.some(path => path.endsWith('.tmp'))) seen.halfWritten++
  if ((await pairFaults(folder).catch(() => ['a copy without its file'])).length > 0) seen.halfSwapped++
}
