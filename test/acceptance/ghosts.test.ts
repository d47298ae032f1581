// Thirty days in the life of two blogs, a folder of notes and two outlets, with everything that happens to such: posts, edits,
// deletions, outages, restarts, crashes, changes of the config. A reader that keeps entries by their ids fetches every feed all
// the while, as Atom and some as JSON and RSS, over HTTP, with conditional requests. Each event of `ghost-events.ts` says what the
// reader must see of it, in each feed that it concerns and once; `ghost-knowledge.ts` and `ghost-feeds.ts` work out what that is
// for every entry. Nothing else may be seen: no entry twice or under another id, no new date, no other text, and no two texts of
// one entry. In the end the archives must hold every post, and the folder what it would hold if it were published anew.
// `GHOST_SEEDS=4,5,6` lives other months, `GHOST_DAYS` longer ones.
import { describe, expect, it } from 'vitest'
import { EVENTS } from './ghost-events.ts'
import { liveAMonth } from './ghost-month.ts'

const SEEDS = (process.env['GHOST_SEEDS'] ?? '1,2,3').split(',').map(Number)
const DAYS = Number(process.env['GHOST_DAYS'] ?? 30)
const MOST_SHOWN = 40
const SIGHTINGS = ['new', 'edited', 'reworded', 'left', 'back', 'buried', 'moved', 'other-title']

describe.each(SEEDS)('month %i', seed => {
  it('shows a reader each event once, and nothing else', { timeout: 600_000 }, async () => {
    const { faults, counts, events, sightings } = await liveAMonth(seed, DAYS)
    process.stdout.write(`month ${seed}: ${JSON.stringify({ ...counts, sightings })}\n`)
    expect(faults.slice(0, MOST_SHOWN)).toEqual([])
    expect(events).toEqual(Object.fromEntries(Object.entries(EVENTS).map(([name, { times }]) => [name, times])))
    for (const kind of SIGHTINGS) expect([kind, sightings[kind]]).toEqual([kind, expect.any(Number)])
  })
})
