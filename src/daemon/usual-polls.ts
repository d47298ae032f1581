import { type App, sourcesOf } from '../app.ts'
import type { Instant } from '../domain/time.ts'
import { BACK_UP_EVERY_MS } from '../schedule/back-up-poll.ts'
import { soonerPolls } from './sooner-polls.ts'

/**
 * Brings sources whose hub cannot be relied upon any more back to their own interval, counted from their last poll.
 *
 * @param addresses of feeds, as the config has them
 */
export async function pollAsUsual(app: App, addresses: ReadonlySet<string>, now: Instant): Promise<void> {
  if (addresses.size === 0) return
  const all = sourcesOf(app.config())
  const after = all.filter(source => source.kind !== 'post-folder' && addresses.has(source.feedUrl))
  const before = after.map(source => ({ ...source, pollEveryMs: Math.max(source.pollEveryMs, BACK_UP_EVERY_MS) }))
  const states = await app.store.sources.states(all.map(({ id }) => id))
  // The due time alone: whatever polls one of them at this moment has the word on the rest.
  for (const [id, { nextPollAt }] of soonerPolls({ before, after }, states, now)) await app.store.sources.renew(id, nextPollAt)
}
