import type { Entry } from '../domain/feed.ts'
import type { PushStanding } from '../domain/subscription.ts'
import { DAY, HOUR, type Instant } from '../domain/time.ts'

/** How often a source is polled whose news are pushed: hubs fall silent without a word (pubsubhubbub#45, #63). */
export const BACK_UP_EVERY_MS = DAY

// Of a hub that missed something, so many deliveries are wanted before it is relied upon again, for each time.
const DELIVERIES_AFTER_A_MISS = 5
const MOST_COUNTED_MISSES = 10
// Publishers tell their hub, and hubs their subscribers, in minutes rather than at once.
const DELIVERY_TAKES = HOUR

/** Whether a hub is relied upon: its lease stands, and its deliveries have brought news. */
export function isReliable({ leaseUntil, deliveries, misses }: PushStanding, now: Instant): boolean {
  const wanted = Math.max(1, DELIVERIES_AFTER_A_MISS * Math.min(misses, MOST_COUNTED_MISSES))
  return leaseUntil !== null && leaseUntil > now && deliveries >= wanted
}

/** The interval at which a source is polled: the operator's, or a day while a hub is relied upon, but never beyond its lease. */
export function intervalMs(everyMs: number, standing: PushStanding | undefined, now: Instant): number {
  if (standing === undefined || standing.leaseUntil === null || !isReliable(standing, now)) return everyMs
  return Math.max(everyMs, Math.min(BACK_UP_EVERY_MS, standing.leaseUntil - now))
}

/**
 * Whether an entry that only a poll has brought should have come from the hub: it appeared since the poll before, and long
 * enough ago. What has no date counts as such.
 */
export function shouldHaveCome({ published, updated }: Pick<Entry, 'published' | 'updated'>, since: Instant, now: Instant): boolean {
  const appearedAt = published ?? updated
  return appearedAt === undefined || (appearedAt > since && appearedAt <= now - DELIVERY_TAKES)
}
