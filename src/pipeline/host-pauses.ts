import type { Instant } from '../domain/time.ts'
import { LONGEST_ASKED } from '../schedule/next-poll.ts'
import type { Store } from '../store/store.ts'

const NOTICE = 'host-pauses'

/** The hosts that asked for a pause which is not over, and until when: a restart, or a source that is new, does not end it. */
export async function readHostPauses(store: Pick<Store, 'notices'>, now: Instant): Promise<Map<string, Instant>> {
  return (await pausesOnRecord(store, now)).pauses
}

/** Keeps pauses for the next cycle, beside those that another process has heard of meanwhile. */
export async function keepHostPauses(store: Pick<Store, 'notices'>, pauses: ReadonlyMap<string, Instant>, now: Instant): Promise<void> {
  const { pauses: kept, aheadMs } = await pausesOnRecord(store, now)
  const known = JSON.stringify([...kept])
  for (const [host, until] of pauses) if (until > now) kept.set(host, Math.max(until, kept.get(host) ?? 0))
  if (aheadMs > 0 || JSON.stringify([...kept]) !== known) await store.notices.put(NOTICE, [...kept], now)
}

/** What a clock noted that ran ahead counts from now on, and a pause longer than any host is given cannot be meant. */
async function pausesOnRecord({ notices }: Pick<Store, 'notices'>, now: Instant) {
  const notice = await notices.get(NOTICE)
  const aheadMs = Math.max((notice?.at ?? now) - now, 0)
  const onRecord = (notice?.document ?? []) as readonly (readonly [string, Instant])[]
  const pauses = onRecord.map(([host, until]) => [host, until - aheadMs] as const)
  return { aheadMs, pauses: new Map(pauses.filter(([, until]) => until > now && until <= now + LONGEST_ASKED)) }
}
