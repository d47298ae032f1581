import { isSuccess } from '../../src/domain/poll.ts'
import { HOUR, MINUTE } from '../../src/domain/time.ts'
import { PACKAGE } from '../../src/version.ts'
import { all, readXml } from '../render/feed/read-xml.ts'
import { type ModelReader, modelReader } from '../support/model-reader.ts'
import { begin, EVENTS, type Month } from './ghost-events.ts'
import { citedIn, type Grounds, type KnownOriginal, nothingPublished, publish } from './ghost-feeds.ts'
import { hear, type Knowledge, withdraw } from './ghost-knowledge.ts'
import { type Crash, type CycleOutcome, type GhostProgram, openGhostProgram } from './ghost-program.ts'
import { answeredWhole, openBlogger, openNotes, openOutlet, openWordpress, type Written } from './ghost-publishers.ts'
import { firstSettings } from './ghost-settings.ts'
import { expectations } from './ghost-sightings.ts'

const CYCLES_A_DAY = 6
const CYCLE_MS = (24 * HOUR) / CYCLES_A_DAY
// The reader looks after so many of the cycles.
const LOOKS = 0.7

/** What came of a month. */
export interface MonthReport {
  readonly faults: readonly string[]
  readonly counts: Readonly<Record<'cycles' | 'polls' | 'failedPolls' | 'judged' | 'looks' | 'requests' | 'unmodified' | 'feeds', number>>
  /** How often each event happened. */
  readonly events: Readonly<Record<string, number>>
  /** How often each kind of sighting was to be seen, and was. */
  readonly sightings: Readonly<Record<string, number>>
}

/** Lets a month go by in which everything happens that can, in an order of its own, and looks at the feeds all the while. */
export async function liveAMonth(seed: number, days = 30): Promise<MonthReport> {
  const random = seeded(seed)
  const settings = firstSettings()
  const [alpha, beta, blogger, wordpress] = await Promise.all([
    openOutlet('alpha', 'rss'),
    openOutlet('beta', 'atom'),
    openBlogger(),
    openWordpress(),
  ])
  const publishers = { alpha, beta, blogger, wordpress }
  const urls = { alpha: alpha.url, beta: beta.url, blogger: blogger.url, wordpress: wordpress.url }
  const program = await openGhostProgram(settings, { ...urls, hosts: Object.values(publishers).map(({ host }) => host) }, random)
  const notes = await openNotes(`${program.folder}/notes`)
  const later = new Map<number, (() => unknown)[]>()
  const heard = new Set<string>()
  let knowledge: Knowledge = new Map()
  let saved: Knowledge = new Map()
  let [cycle, isToBackUp, acceptShrink] = [0, false, false]
  let crash: Crash | undefined
  let judged: ReadonlyMap<string, KnownOriginal> = new Map()
  const restart: Month['restart'] = async ({ restored = false, version } = {}) => {
    if (restored) knowledge = structuredClone(saved)
    await (restored
      ? program.takeBack()
      : program.restart(async () => void Object.assign(PACKAGE, version === undefined ? {} : { version })))
  }
  const month: Month = {
    ...{ random, ...publishers, notes, settings, restart, translated: new Set() },
    now: () => {
      program.wait(MINUTE)
      return Math.floor(program.now() / 1000) * 1000
    },
    knowledge: () => knowledge,
    reconfigure: async () => {
      // A source of posts that is gone may have had posts that the others have too: those are read anew.
      if (!settings.hasNotes) heard.clear()
      await program.reconfigure(settings)
    },
    backUp: () => {
      isToBackUp = true
    },
    crash: at => {
      crash = at === 'written' ? { written: 1 + Math.floor(random() * 8) } : at
    },
    acceptShrink: () => {
      acceptShrink = true
    },
    withdraw: async (id, isUndone = false) => {
      withdraw(knowledge, id, isUndone)
      await program.withdraw(id, isUndone)
    },
    later: (cycles, what) => void later.set(cycle + cycles, [...(later.get(cycle + cycles) ?? []), what]),
  }
  begin(month)
  const published = nothingPublished()
  const reader = modelReader()
  const expected = expectations(reader)
  const faults: string[] = []
  const tally = { cycles: 0, polls: 0, failedPolls: 0, judged: 0, looks: 0, events: {} as Record<string, number> }
  const grounds = (): Grounds => ({ knowledge, settings, judged, acceptShrink })

  const hearAll = ({ polls, span }: CycleOutcome, edits: number) => {
    for (const { source: id, result } of polls) {
      const source: string = id
      tally.polls++
      if (!isSuccess(result)) tally.failedPolls++
      else if (source === 'notes') {
        const files = [...notes.files.values()]
        const whole = files.filter(({ state }) => state === 'whole').map(({ state: _, isSecured: __, ...written }): Written => written)
        const isComplete = !files.some(({ state }) => state === 'broken')
        hear(knowledge, { role: 'post', source, written: whole, isComplete, seen: span })
      } else if (source === 'alpha' || source === 'beta') {
        hear(knowledge, { role: 'article', source, written: answeredWhole(publishers[source]), seen: span })
      } else if (source === 'blogger' || source === 'wordpress') {
        // The first poll reads a blog to its first post.
        const written = heard.has(source) ? answeredWhole(publishers[source]) : publishers[source].posts()
        hear(knowledge, { role: 'post', source, written, seen: span })
        heard.add(source)
      }
    }
    if (wordpress.edits() > edits) hear(knowledge, { role: 'post', source: 'wordpress', written: editsOf(), seen: span })
  }
  const editsOf = (): readonly Written[] => {
    const shown = new Set(wordpress.shown().map(({ id }) => id))
    const behind = wordpress.posts().filter(({ id }) => knowledge.has(id) && !shown.has(id))
    return behind.map(post => ({ ...post, updated: wordpress.modifiedAt(post.id) }))
  }

  const schedule = scheduled(random, days * CYCLES_A_DAY)
  for (cycle = 0; cycle < days * CYCLES_A_DAY; cycle++) {
    program.wait(CYCLE_MS - MINUTE * Math.floor(random() * 10))
    const happening = schedule.get(cycle) ?? []
    for (const act of later.get(cycle) ?? []) await act()
    for (const name of happening) {
      await EVENTS[name]?.happens(month)
      tally.events[name] = (tally.events[name] ?? 0) + 1
    }
    await notes.save()
    let edits = wordpress.edits()
    let outcome = await program.cycle({ acceptShrink, crash })
    hearAll(outcome, edits)
    if (outcome.report === null) {
      crash = undefined
      await program.restart()
      edits = wordpress.edits()
      outcome = await program.cycle({ acceptShrink, crash })
      hearAll(outcome, edits)
    }
    tally.cycles++
    tally.judged += outcome.report?.match.judged ?? 0
    judged = await originalsOfUncited(program, knowledge)
    publish(published, grounds())
    acceptShrink = false
    const where = `day ${Math.floor(cycle / CYCLES_A_DAY) + 1}, cycle ${(cycle % CYCLES_A_DAY) + 1} (${happening.join('; ')})`
    const refused = new Set(outcome.report?.publish.refused.map(({ path }) => path.replace(/^feeds\/|\.\w+$/g, '')))
    if ([...refused].sort().join() !== [...published.refused].sort().join())
      faults.push(`${where}: refused ${[...refused]}, expected ${[...published.refused]}`)
    if (cycle % CYCLES_A_DAY === 0) await subscribeToAll(reader, program.address(), cycle === 0)
    if (random() < LOOKS || cycle === days * CYCLES_A_DAY - 1) {
      tally.looks++
      const looks = await reader.look(program.address())
      faults.push(...expected.faultsIn(looks, published, knowledge).map(fault => `${where}: ${fault}`))
    }
    if (isToBackUp) {
      isToBackUp = false
      await program.backUp()
      saved = structuredClone(knowledge)
    }
  }
  const { events, ...counts } = tally
  const { requests, unmodified } = reader.counts()
  return {
    ...{ faults, events, sightings: Object.fromEntries(expected.seen) },
    counts: { ...counts, requests, unmodified, feeds: reader.subscriptions.length },
  }
}

async function originalsOfUncited(program: GhostProgram, knowledge: Knowledge): Promise<ReadonlyMap<string, KnownOriginal>> {
  const originals = await program.originals()
  return new Map([...originals].filter(([id]) => citedIn(knowledge.get(id)?.written.html ?? '') === undefined))
}

/** Subscribes to every feed in the list that it does not have; to two of them in other syntaxes too. */
async function subscribeToAll(reader: ModelReader, address: string, isFirst: boolean): Promise<void> {
  const list = await (await fetch(`${address}feeds.opml`)).text()
  const outlines = all(all(readXml(list), 'body')[0] ?? readXml(list), 'outline').flatMap(group => all(group, 'outline'))
  const paths = outlines.map(({ attributes }) => (attributes['xmlUrl'] ?? '').replace('https://feeds.example.jp/', ''))
  const wanted = isFirst ? [...paths, 'feeds/all.json', `feeds/${encodeURIComponent('外交')}.rss`] : paths
  const had = new Set(reader.subscriptions.flatMap(subscription => (subscription.isGone() ? [] : [subscription.path()])))
  for (const path of wanted) if (!had.has(path)) reader.subscribe(path)
}

/** Spreads all events over the cycles between the first day and the last two. */
function scheduled(random: () => number, cycles: number): ReadonlyMap<number, readonly string[]> {
  const schedule = new Map<number, string[]>()
  for (const [name, { times }] of Object.entries(EVENTS)) {
    for (let nth = 0; nth < times; nth++) {
      const at = CYCLES_A_DAY + Math.floor(random() * Math.max(1, cycles - 3 * CYCLES_A_DAY))
      schedule.set(at, [...(schedule.get(at) ?? []), name])
    }
  }
  return schedule
}

/** Chance that is the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
