import type { EntryKey } from '../domain/identifiers.ts'
import type { Db } from './schema.ts'
import { chunks } from './source-store.ts'

/** How many posts stand how. */
export interface MatchCounts {
  readonly accepted: number
  readonly proposed: number
  readonly rejected: number
  readonly none: number
}

/** Questions about all matches at once; single ones come with their posts. */
export interface MatchStore {
  readonly counts: () => Promise<MatchCounts>
  /** Which of these articles are named by a match that waits for the operator. */
  readonly proposed: (articles: readonly EntryKey[]) => Promise<ReadonlySet<EntryKey>>
}

export function matchStore(db: Db): MatchStore {
  return {
    counts: async () => {
      const rows = await db
        .selectFrom('matches')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute()
      const count = (state: string) => Number(rows.find(row => row.state === state)?.count ?? 0)
      return { accepted: count('accepted'), proposed: count('proposed'), rejected: count('rejected'), none: count('none') }
    },
    proposed: async articles => {
      const found = new Set<EntryKey>()
      for (const chunk of chunks(articles)) {
        const rows = await db
          .selectFrom('matches')
          .select('entry_key')
          .where('state', '=', 'proposed')
          .where('entry_key', 'in', chunk)
          .execute()
        for (const { entry_key } of rows) found.add(entry_key as EntryKey)
      }
      return found
    },
  }
}
