import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { liveAMonth } from './ghost-month.ts'

const SEEDS = (process.env['GHOST_SEEDS'] ?? '1,2,3').split(',').map(Number)
const DAYS = Number(process.env['GHOST_DAYS'] ?? 30)

describe.each(SEEDS)('month %i', seed => {
  it('has no ghosts', async () => {
    const start = performance.now()
    const report = await liveAMonth(seed, DAYS)
    console.log(JSON.stringify({ ...report, faults: report.faults.length, ms: performance.now() - start }))
    writeFileSync(`/tmp/ghost-faults-${seed}.txt`, report.faults.join('\n'))
    expect(report.faults.slice(0, 40)).toEqual([])
  }, 600_000)
})
