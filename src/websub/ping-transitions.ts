import type { HubPing } from '../domain/subscriber.ts'
import { HOUR, type Instant, MINUTE } from '../domain/time.ts'
import { backOffMs } from './back-off.ts'
import { hasCome, LONGEST_PUT_OFF } from './has-come.ts'

/** What is published, and what hubs know of it. */
export interface PingSituation {
  /** Those that are told of changes. */
  readonly hubs: readonly string[]
  /** Digests of the feed documents there are, by path. */
  readonly digests: ReadonlyMap<string, string>
  readonly pings: readonly HubPing[]
  readonly now: Instant
}

// While a hub is being told nobody else tells it; a process that dies meanwhile is followed by another.
const HELD_MS = 2 * MINUTE
// A feed that changes again and again is announced once a minute, as it is then.
const SPACING_MS = MINUTE
const REPEATED = { firstMs: MINUTE, mostMs: 6 * HOUR }

/** What hubs are to be told now, hub by hub: each document whose bytes are others than the hub was told of last. */
export function duePings({ hubs, digests, pings, now }: PingSituation): readonly (readonly HubPing[])[] {
  const known = new Map(pings.map(ping => [keyOf(ping), ping]))
  return hubs.map(hub =>
    [...digests].flatMap(([path, digest]) => {
      const ping = known.get(keyOf({ hub, path })) ?? untoldYet(hub, path)
      return isDue(ping, digest, now) ? [ping] : []
    }),
  )
}

/** What is known of hubs that are not told any more, and of documents that are no more. */
export function pastPings({ hubs, digests, pings }: PingSituation): readonly HubPing[] {
  return pings.filter(({ hub, path }) => !hubs.includes(hub) || !digests.has(path))
}

/** A hub that was never told of a document. */
export function untoldYet(hub: string, path: string): HubPing {
  return { hub, path, digest: '', toldAt: null, failures: 0, nextPingAt: 0, detail: '' }
}

/** Whether a hub is to be told of a document now. */
export function isDue(ping: HubPing, digest: string, now: Instant): boolean {
  // After word that lies in the future the wait for the next one does, too.
  const longestMs = (ping.toldAt ?? 0) > now ? HELD_MS : LONGEST_PUT_OFF
  return ping.digest !== digest && hasCome(ping.nextPingAt, now, longestMs)
}

/** The same while it is being told. */
export function telling(ping: HubPing, now: Instant): HubPing {
  return { ...ping, nextPingAt: now + HELD_MS }
}

/** The same when it took the news of a document with this digest. */
export function told(ping: HubPing, digest: string, now: Instant): HubPing {
  return { ...ping, digest, toldAt: now, failures: 0, nextPingAt: now + SPACING_MS, detail: '' }
}

/** The same when it did not. It is told again with ever longer waits, for as long as it does not know. */
export function notTold(ping: HubPing, why: { readonly detail: string; readonly retryAfterMs?: number }, now: Instant): HubPing {
  const failures = ping.failures + 1
  const waitMs = Math.max(backOffMs(failures, REPEATED), why.retryAfterMs ?? 0)
  return { ...ping, failures, detail: why.detail, nextPingAt: now + waitMs }
}

/** The same when it is known to have trouble, or the request was called off by our side. */
export function pingPutOff(ping: HubPing, until: Instant): HubPing {
  return { ...ping, nextPingAt: until }
}

/**
 * The form that tells a hub. WebSub leaves it to hub and publisher; hubs read one name or the other for the topic, the older
 * one being `hub.url`.
 */
export function pingForm(topic: string): string {
  return new URLSearchParams({ 'hub.mode': 'publish', 'hub.topic': topic, 'hub.url': topic }).toString()
}

function keyOf({ hub, path }: Pick<HubPing, 'hub' | 'path'>): string {
  return `${hub} ${path}`
}
