import type { Instant } from '../domain/time.ts'
import type { Store } from '../store/store.ts'

const NOTICE = 'host-pauses'

/** The hosts that asked for a pause which is not over, and until when: a restart, or a source that is new, does not end it. */
export async function readHostPauses({ notices }: Pick<Store, 'notices'>, now: Instant): Promise<Map<string, Instant>> {
  const notice = await notices.get(NOTICE)
  const pauses = (notice?.document ?? []) as readonly (readonly [string, Instant])[]
  return new Map(pauses.filter(([, until]) => until > now))
}

/** Keeps pauses for the next cycle, beside those that another process has heard of meanwhile. */
export async function keepHostPauses(store: Pick<Store, 'notices'>, pauses: ReadonlyMap<string, Instant>, now: Instant): Promise<void> {
  const kept = await readHostPauses(store, now)
  const known = JSON.stringify([...kept])
  for (const [host, until] of pauses) if (until > now) kept.set(host, Math.max(until, kept.get(host) ?? 0))
  if (JSON.stringify([...kept]) !== known) await store.notices.put(NOTICE, [...kept], now)
}
