import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { cronFault, startTick } from '../../src/schedule/tick.ts'

const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} }

describe('startTick', () => {
  it('calls each second, never while a call is running, goes on after a failure, and stops when told to', async () => {
    const errors: string[] = []
    const quick = Promise.withResolvers<void>()
    let [fails, slow, running, most] = [0, 0, 0, 0]
    const stopFailing = startTick(
      '* * * * * *',
      async () => {
        if (++fails === 2) quick.resolve()
        throw new Error('no luck')
      },
      { ...silent, error: message => errors.push(message) },
    )
    const stopSlow = startTick(
      '* * * * * *',
      async () => {
        slow++
        most = Math.max(most, ++running)
        await sleep(1_200)
        running--
      },
      silent,
    )
    await quick.promise
    await Promise.all([stopFailing(), stopSlow()])
    const atStop = [fails, slow]
    expect(errors.join()).toContain('no luck')
    expect(most).toBe(1)
    await sleep(1_100)
    expect([fails, slow]).toEqual(atStop)
  })
})

describe('cronFault', () => {
  it('takes expressions of five and six fields', () => {
    expect(['* * * * *', '*/5 * * * *', '0 7-23 * * 1-5', '*/10 * * * * *'].map(cronFault)).toEqual(Array(4).fill(undefined))
  })

  it('says which field is wrong', () => {
    expect(cronFault('61 * * * *')).toMatch(/minute/i)
    expect(cronFault('* * * * moonday')).toMatch(/week/i)
    for (const text of ['', 'hourly', '* * *', '* * * * * * *']) expect(cronFault(text), text).toBeTruthy()
  })
})
