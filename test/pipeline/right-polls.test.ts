import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { atomDocument } from './documents.ts'
import { aSource, brings, openPolling } from './polling.ts'

describe('a clock that ran ahead and is set right', () => {
  it.each([5 * HOUR, 400 * DAY])('puts a source off for its interval and no longer: %i ms', async aheadMs => {
    const polling = await openPolling([aSource('blog', 'https://blog.example/feed')], request => brings(atomDocument([]), request))
    polling.wait(aheadMs)
    expect(Object.keys(await polling.cycle())).toEqual(['blog'])
    polling.wait(-aheadMs)
    expect(Object.keys(await polling.cycle())).toEqual([])
    expect(await polling.waitOf('blog')).toBeLessThanOrEqual(HOUR)
    polling.wait(HOUR)
    expect((await polling.cycle())['blog']?.result).toBe('not-modified')
  })
})
