import type { Feed } from '../domain/feed.ts'
import type { SourceMemory } from '../domain/poll.ts'
import type { Instant } from '../domain/time.ts'
import { observedRhythm, requestedWaitMs } from './publishing-rhythm.ts'

/** What is known of a feed that has shown nothing yet. */
export const NO_MEMORY: SourceMemory = {
  rhythmMs: 0,
  silenceMs: null,
  requestedMs: 0,
  freshForMs: 0,
  skipHours: [],
  skipDays: [],
  newestAt: null,
  wholeAt: null,
  movedTo: null,
  moveSightings: 0,
}

// Longer ones are no titles, and the memory is read at every poll.
const LONGEST_TITLE = 500

/** What a feed's first page shows of its rhythm and its wishes, beside what was known of its address. */
export function rememberFeed(before: SourceMemory | null, feed: Feed, now: Instant): SourceMemory {
  const instants = feed.entries.flatMap(({ published, updated }) => published ?? updated ?? [])
  const { waitMs, silenceMs } = observedRhythm(instants, now)
  // A blog that lists what was edited last may show nothing but old posts; an edit is a sign of life too.
  const signs = feed.entries.flatMap(({ published, updated }) => [published, updated])
  const past = signs.filter(instant => instant !== undefined).filter(instant => instant <= now)
  const { title: _, ...known } = before ?? NO_MEMORY
  const { title } = feed.metadata
  return {
    ...known,
    ...(title === undefined ? {} : { title: { ...title, value: title.value.slice(0, LONGEST_TITLE) } }),
    entries: feed.entries.length,
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

/**
 * Notes what an answer says besides its document: how long it can be used, and where permanent redirects led, the same
 * place as before being another sighting. A 304 that is silent on either leaves it as it was (RFC 9111 §4.3.4).
 */
export function rememberAnswer(
  before: SourceMemory | null,
  address: string,
  answer: { readonly kind: 'ok' | 'not-modified'; readonly freshForMs?: number; readonly movedTo?: string },
): SourceMemory {
  const former = before ?? NO_MEMORY
  const freshForMs = answer.freshForMs ?? (answer.kind === 'ok' ? 0 : (former.freshForMs ?? 0))
  const memory = { ...former, freshForMs }
  const target = answer.movedTo ?? memory.movedTo
  if (target === null || target === address) return { ...memory, movedTo: null, moveSightings: 0 }
  return { ...memory, movedTo: target, moveSightings: target === memory.movedTo ? memory.moveSightings + 1 : 1 }
}

/** The address the operator should put into the config: once sightings suffice, or at once where only http became https. */
export function proposedMove(memory: SourceMemory | null, address: string): string | undefined {
  if (memory === null || memory.movedTo === null) return undefined
  const isSecured = URL.parse(address.replace(/^http:/i, 'https:'))?.href === memory.movedTo
  return isSecured || memory.moveSightings >= SIGHTINGS_TO_PROPOSE ? memory.movedTo : undefined
}
