import type { Db } from './schema.ts'

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
  }
}
