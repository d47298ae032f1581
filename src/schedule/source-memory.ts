import type { Feed } from '../domain/feed.ts'
import type { SourceMemory } from '../domain/poll.ts'
import type { Instant } from '../domain/time.ts'
import { observedRhythm, requestedWaitMs } from './publishing-rhythm.ts'

/** What is known of a feed that has shown nothing yet. */
export const NO_MEMORY: SourceMemory = {
  rhythmMs: 0,
  silenceMs: null,
  requestedMs: 0,
  skipHours: [],
  skipDays: [],
  newestAt: null,
  wholeAt: null,
  movedTo: null,
  moveSightings: 0,
}

/** What a feed's first page shows of its rhythm and its wishes, beside what was known of its address. */
export function rememberFeed(before: SourceMemory | null, feed: Feed, now: Instant): SourceMemory {
  const instants = feed.entries.flatMap(({ published, updated }) => published ?? updated ?? [])
  const { waitMs, silenceMs } = observedRhythm(instants, now)
  // A blog that lists what was edited last may show nothing but old posts; an edit is a sign of life too.
  const signs = feed.entries.flatMap(({ published, updated }) => [published, updated])
  const past = signs.filter(instant => instant !== undefined).filter(instant => instant <= now)
  return {
    ...(before ?? NO_MEMORY),
    rhythmMs: waitMs,
    silenceMs,
    requestedMs: requestedWaitMs(feed.rhythm),
    skipHours: feed.rhythm?.skipHours ?? [],
    skipDays: feed.rhythm?.skipDays ?? [],
    newestAt: past.length === 0 ? (before?.newestAt ?? null) : past.reduce((a, b) => Math.max(a, b)),
    wholeAt: now,
  }
}

/** Since when a feed has been silent for longer than is like it; undefined where it has not. */
export function silentSince(memory: SourceMemory | null, now: Instant): Instant | undefined {
  if (memory === null || memory.newestAt === null || memory.silenceMs === null) return undefined
  return now - memory.newestAt > memory.silenceMs ? memory.newestAt : undefined
}

// A redirect set up by mistake is taken back within days (lion-reader#183: wait a week; here five readable sightings).
const SIGHTINGS_TO_PROPOSE = 5

/** Notes where permanent redirects led this time: the same place as before counts as another sighting. */
export function rememberMove(before: SourceMemory | null, address: string, movedTo: string | undefined): SourceMemory {
  const memory = before ?? NO_MEMORY
  const target = movedTo ?? memory.movedTo
  if (target === null || target === address) return { ...memory, movedTo: null, moveSightings: 0 }
  return { ...memory, movedTo: target, moveSightings: target === memory.movedTo ? memory.moveSightings + 1 : 1 }
}

/** The address the operator should put into the config: once sightings suffice, or at once where only http became https. */
export function proposedMove(memory: SourceMemory | null, address: string): string | undefined {
  if (memory === null || memory.movedTo === null) return undefined
  const isSecured = URL.parse(address.replace(/^http:/i, 'https:'))?.href === memory.movedTo
  return isSecured || memory.moveSightings >= SIGHTINGS_TO_PROPOSE ? memory.movedTo : undefined
}
