import { describe, expect, it } from 'vitest'
import type { Subscription } from '../../src/domain/subscription.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/time.ts'
import {
  asked,
  calledOff,
  caughtOut,
  delivered,
  denied,
  leaving,
  opened,
  putOff,
  taken,
  turnedDown,
  verified,
} from '../../src/websub/transitions.ts'
import { aSubscription, NOW } from './samples.ts'

describe('a request', () => {
  it('is repeated after an hour, two, four and so on, up to a day', () => {
    const { token, secret, callback, address, hub, topic } = aSubscription()
    let subscription = opened({ token, secret, callback, address, hub, topic }, NOW)
    const waits = Array.from({ length: 8 }, () => {
      subscription = asked(subscription, NOW)
      return (subscription.nextRequestAt - NOW) / HOUR
    })
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24, 24])
    expect(asked({ ...subscription, requests: 10_000 }, NOW).nextRequestAt).toBe(NOW + DAY)
  })

  it('leaves a lease that stands, and not one that ran out, nor a no', () => {
    const next = (changes: Partial<Subscription>) => asked(aSubscription(changes), NOW)
    expect(next({})).toMatchObject({ state: 'verified', leaseUntil: NOW + 5 * DAY })
    expect(next({ leaseUntil: NOW })).toMatchObject({ state: 'requested', leaseUntil: null })
    expect(next({ leaseUntil: NOW + 400 * DAY })).toMatchObject({ state: 'requested', leaseUntil: null })
    expect(next({ state: 'denied', leaseUntil: null })).toMatchObject({ state: 'requested' })
    expect(next({ state: 'leaving' })).toMatchObject({ state: 'leaving', leaseUntil: NOW + 5 * DAY })
  })

  it('says so when the one before was taken and not verified', () => {
    const first = taken(asked(aSubscription({ state: 'requested' }), NOW))
    expect(first.detail).toBe('')
    expect(asked(first, NOW).detail).toMatch(/has not verified/)
    expect(asked(turnedDown(first, { detail: 'down' }, NOW), NOW).detail).toBe('down')
  })

  it('that was turned down waits as long as the hub asks, and never less than it would', () => {
    const waiting = asked(aSubscription({ state: 'requested' }), NOW)
    expect(turnedDown(waiting, { detail: '', retryAfterMs: 5 * HOUR }, NOW).nextRequestAt).toBe(NOW + 5 * HOUR)
    expect(turnedDown(waiting, { detail: '', retryAfterMs: MINUTE }, NOW).nextRequestAt).toBe(NOW + HOUR)
    expect([putOff(waiting, NOW + DAY).nextRequestAt, putOff(waiting, NOW).nextRequestAt]).toEqual([NOW + DAY, NOW + HOUR])
  })

  it('that was called off does not count', () => {
    expect(calledOff(asked(aSubscription(), NOW), NOW)).toMatchObject({ requests: 0, nextRequestAt: NOW })
  })
})

describe('a verification', () => {
  const leases: readonly [name: string, seconds: number | undefined, leaseMs: number, renewedAfterMs: number][] = [
    ['ten days', 864_000, 10 * DAY, 8 * DAY],
    ['no lease: a day', undefined, DAY, 0.8 * DAY],
    ['ten years: a month', 315_360_000, 30 * DAY, 24 * DAY],
    ['a minute, which is not worth a request a minute', 60, MINUTE, 30 * MINUTE],
    ['nothing', 0, 0, 30 * MINUTE],
  ]
  for (const [name, seconds, leaseMs, renewedAfterMs] of leases)
    it(`is for ${name}`, () =>
      expect(verified(aSubscription({ state: 'requested', requests: 3, detail: 'down' }), seconds, NOW)).toMatchObject({
        state: 'verified',
        requests: 0,
        detail: '',
        leaseUntil: NOW + leaseMs,
        nextRequestAt: NOW + renewedAfterMs,
      }))
})

describe('the rest', () => {
  it('waits a week after a no', () => {
    const no = denied(aSubscription(), 'not you', NOW)
    expect(no).toMatchObject({
      state: 'denied',
      leaseUntil: null,
      nextRequestAt: NOW + 7 * DAY,
      detail: expect.stringContaining('not you'),
    })
    expect(denied(aSubscription(), '', NOW).detail).toBe('the hub denied the subscription')
  })

  it('takes leave at once', () =>
    expect(leaving(aSubscription({ requests: 4 }), NOW)).toMatchObject({ state: 'leaving', requests: 0, nextRequestAt: NOW }))

  it('counts deliveries that bring news, from the last miss on', () => {
    const trusted = delivered(delivered(aSubscription(), true, NOW), false, NOW + SECOND)
    expect(trusted).toMatchObject({ deliveries: 1, lastNewsAt: NOW })
    expect(caughtOut(trusted)).toMatchObject({ deliveries: 0, misses: 1, lastNewsAt: NOW })
  })
})
