import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { Clock } from '../domain/time.ts'
import type { Store } from '../store/store.ts'

const ADDRESSED_BY = 'addressed-by'

/** Hosts that have moved in the config move stored addresses too; what was polled is not fetched again for it. */
export async function readdress({
  store,
  directory,
  now,
}: {
  readonly store: Pick<Store, 'entries' | 'notices'>
  readonly directory: OutletDirectory
  readonly now: Clock
}): Promise<void> {
  const moves = JSON.stringify(directory.all.map(({ movedHosts }) => movedHosts))
  if ((await store.notices.get(ADDRESSED_BY))?.document === moves) return
  await store.entries.readdress(url => directory.address(url) ?? null, now)
  await store.notices.put(ADDRESSED_BY, moves, now())
}
