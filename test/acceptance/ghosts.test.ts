// Thirty days in the life of two blogs, a folder of notes and two outlets, with everything that happens to such: posts, edits,
// deletions, outages, restarts, crashes, changes of the config. A reader that keeps entries by their ids fetches every feed all
// the while; each event of `ghost-events.ts` says what it must see of it, and nothing else may be seen.
// `GHOST_SEEDS=4,5,6` lives other months, `GHOST_DAYS` longer ones.
import { describe, expect, it } from 'vitest'
import { liveAMonth } from './ghost-month.ts'

const SEEDS = (process.env['GHOST_SEEDS'] ?? '1').split(',').map(Number)
const DAYS = Number(process.env['GHOST_DAYS'] ?? 30)
const MOST_SHOWN = 40

describe.each(SEEDS)('month %i', seed => {
  it('shows a reader each event once, and nothing else', { timeout: 600_000 }, async () => {
    const { faults, counts, events } = await liveAMonth(seed, DAYS)
    expect(faults.slice(0, MOST_SHOWN)).toEqual([])
    expect(counts.cycles).toBeGreaterThan(5 * DAYS)
    expect(Object.values(events).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(DAYS)
  })
})
