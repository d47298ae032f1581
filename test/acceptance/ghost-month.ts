import { join } from 'node:path'
import { HOUR, MINUTE } from '../../src/domain/time.ts'
import { START } from '../pipeline/start.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { openAudience } from './ghost-audience.ts'
import { EVENTS } from './ghost-events.ts'
import { citedIn, type KnownOriginal, nothingPublished, publish } from './ghost-feeds.ts'
import { type Knowledge, withdraw } from './ghost-knowledge.ts'
import { openTurncoats } from './ghost-originals.ts'
import { type Crash, type CycleOutcome, type GhostProgram, openGhostProgram } from './ghost-program.ts'
import { firstSettings, type Settings } from './ghost-settings.ts'
import type { Month } from './ghost-stage.ts'
import { type Hearing, openHearing, openWorld, placesOf, type World } from './ghost-world.ts'
import { begin } from './ghost-writing.ts'

const CYCLES_A_DAY = 6
const CYCLE_MS = (24 * HOUR) / CYCLES_A_DAY
// The reader looks after so many of the cycles.
const LOOKS = 0.7

/** What came of a month. */
export interface MonthReport {
  /** What was not seen, or seen without reason, with when. */
  readonly faults: readonly string[]
  readonly counts: Readonly<Record<'cycles' | 'polls' | 'judged' | 'lessons' | 'requests' | 'unmodified' | 'feeds', number>>
  /** How often each event happened. */
  readonly events: Readonly<Record<string, number>>
  /** How often each kind of sighting was to be seen, and was. */
  readonly sightings: Readonly<Record<string, number>>
}

/** What changes while the month goes on. */
interface Course {
  cycle: number
  knowledge: Knowledge
  /** As it was when the state was backed up. */
  saved: Knowledge
  judged: ReadonlyMap<string, KnownOriginal>
  isToBackUp: boolean
  acceptShrink: boolean
  crash: Crash | undefined
  readonly later: Map<number, (() => void | Promise<void>)[]>
}

interface Stage {
  readonly random: () => number
  readonly settings: Settings
  readonly world: World
  readonly program: GhostProgram
  readonly hearing: Hearing
}

/** Lets a month go by in which everything happens that can, in an order of its own, and looks at the feeds all the while. */
export async function liveAMonth(seed: number, days = 30): Promise<MonthReport> {
  const stage = await openStage(seed)
  const course = newCourse()
  const turncoats = openTurncoats()
  const month = monthOf(stage, course, turncoats.begin)
  const [published, audience, faults] = [nothingPublished(), openAudience(), [] as string[]]
  const counts = { cycles: 0, polls: 0, judged: 0 }
  begin(month)
  const schedule = scheduled(stage.random, days * CYCLES_A_DAY)
  const last = days * CYCLES_A_DAY - 1
  for (; course.cycle <= last; course.cycle++) {
    const { program, random, settings } = stage
    const happening = schedule.get(course.cycle) ?? []
    const note = (found: readonly string[]) => void faults.push(...found.map(fault => `${whenOf(course.cycle)} (${happening}): ${fault}`))
    if (course.cycle === last) course.acceptShrink = true
    program.waitUntil(START + (course.cycle + 1) * CYCLE_MS + MINUTE * Math.floor(random() * 10))
    await happen(month, happening, course)
    const { polls, report } = await runCycle(stage, course)
    course.judged = uncited(await program.originals(), course.knowledge)
    note(turncoats.faultsIn(course.judged, course.knowledge))
    publish(published, { settings, ...course })
    course.acceptShrink = false
    note(audience.refusalFaults(report?.publish.refused.map(({ path }) => path) ?? [], published))
    if (course.cycle % CYCLES_A_DAY === 0) await audience.subscribe(program.address())
    if (random() < LOOKS || course.cycle === last) note(await audience.look(program.address(), published, course.knowledge))
    if (course.isToBackUp) await backUp(program, course)
    Object.assign(counts, { cycles: counts.cycles + 1, polls: counts.polls + polls, judged: counts.judged + (report?.match.judged ?? 0) })
  }
  const { program, settings } = stage
  faults.push(...(await audience.historyFaults(program.address(), published)))
  faults.push(...(await program.differences(settings)).map(path => `${path} is not what it would be if it were published anew`))
  const events = Object.fromEntries(Map.groupBy([...schedule.values()].flat(), name => name))
  return {
    faults,
    counts: { ...counts, lessons: await program.lessons(), ...audience.counts() },
    events: Object.fromEntries(Object.entries(events).map(([name, { length }]) => [name, length])),
    sightings: audience.sightings(),
  }
}

async function openStage(seed: number): Promise<Stage> {
  const [random, settings, folder] = [seeded(seed), firstSettings(), await temporaryFolder()]
  const world = await openWorld(join(folder, 'notes'))
  const program = await openGhostProgram(folder, settings, placesOf(world), random)
  return { random, settings, world, program, hearing: openHearing(world) }
}

function newCourse(): Course {
  const nothing = { knowledge: new Map(), saved: new Map(), judged: new Map(), later: new Map() }
  return { cycle: 0, ...nothing, isToBackUp: false, acceptShrink: false, crash: undefined }
}

/** What events may do. @param onChange told where judgements may turn for reasons of the operator's */
function monthOf({ random, settings, world, program, hearing }: Stage, course: Course, onChange: () => void): Month {
  return {
    ...{ random, ...world, settings, translated: new Set() },
    now: () => {
      const next = (Math.floor(program.now() / MINUTE) + 1) * MINUTE
      program.waitUntil(next)
      return next
    },
    knowledge: () => course.knowledge,
    reconfigure: async () => {
      onChange()
      // A source of posts that is gone may have had posts that the others have too: those are read anew.
      if (!settings.hasNotes) hearing.forget()
      await program.reconfigure(settings)
    },
    restart: async ({ restored = false, version } = {}) => {
      if (!restored) return program.restart(version)
      onChange()
      course.knowledge = structuredClone(course.saved)
      await program.takeBack()
    },
    backUp: () => {
      course.isToBackUp = true
    },
    crash: at => {
      course.crash = at === 'written' ? { written: 1 + Math.floor(random() * 8) } : at
    },
    acceptShrink: () => {
      course.acceptShrink = true
    },
    withdraw: async (id, isUndone = false) => {
      withdraw(course.knowledge, id, isUndone)
      await program.withdraw(id, isUndone)
    },
    later: (cycles, what) => {
      const at = course.cycle + cycles
      course.later.set(at, [...(course.later.get(at) ?? []), what])
    },
  }
}

async function happen(month: Month, names: readonly string[], { cycle, later }: Course): Promise<void> {
  for (const act of later.get(cycle) ?? []) await act()
  for (const name of names) await EVENTS[name]?.happens(month)
  await month.notes.save()
}

/** Runs a cycle; one that crashes is followed by a start and another. */
async function runCycle(
  { program, hearing }: Pick<Stage, 'program' | 'hearing'>,
  course: Course,
): Promise<{ readonly polls: number } & Pick<CycleOutcome, 'report'>> {
  const { acceptShrink, crash } = course
  const outcome = await program.cycle({ acceptShrink, crash })
  hearing.takeIn(course.knowledge, outcome)
  if (outcome.report !== null) return { report: outcome.report, polls: outcome.polls.length }
  course.crash = undefined
  await program.restart()
  const next = await runCycle({ program, hearing }, course)
  return { ...next, polls: next.polls + outcome.polls.length }
}

async function backUp(program: GhostProgram, course: Course): Promise<void> {
  course.isToBackUp = false
  course.saved = structuredClone(course.knowledge)
  await program.backUp()
}

function uncited(originals: ReadonlyMap<string, KnownOriginal>, knowledge: Knowledge): ReadonlyMap<string, KnownOriginal> {
  return new Map([...originals].filter(([id]) => citedIn(knowledge.get(id)?.written.html ?? '') === undefined))
}

function whenOf(cycle: number): string {
  return `day ${Math.floor(cycle / CYCLES_A_DAY) + 1}, cycle ${(cycle % CYCLES_A_DAY) + 1}`
}

/** Spreads all events over the cycles from the second day on; nothing begins in the last two. */
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
