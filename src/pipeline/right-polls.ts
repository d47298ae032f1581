import type { Source } from '../domain/outlet.ts'
import type { Clock } from '../domain/time.ts'
import { LONGEST_ASKED } from '../schedule/next-poll.ts'
import { rightedPoll } from '../schedule/righted-poll.ts'
import type { Store } from '../store/store.ts'

/** Rights what a clock that ran ahead has left of when sources are due; to be called before any is claimed. */
export async function rightPolls(deps: {
  readonly sources: readonly Source[]
  readonly store: { readonly sources: Pick<Store['sources'], 'amend'> }
  readonly now: Clock
}): Promise<void> {
  const everyMs = new Map(deps.sources.map(({ id, pollEveryMs }) => [id, pollEveryMs]))
  const now = deps.now()
  await deps.store.sources.amend({ polledAfter: now, dueAfter: now + LONGEST_ASKED }, (id, state) => {
    const every = everyMs.get(id)
    return every === undefined ? undefined : rightedPoll(state, every, now)
  })
}
