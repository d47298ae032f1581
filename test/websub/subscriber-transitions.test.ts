import { describe, expect, it } from 'vitest'
import type { Subscriber } from '../../src/domain/subscriber.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'
import {
  confirmed,
  isOver,
  isOwed,
  isSubscribed,
  isToBeVerified,
  missed,
  reached,
  requesting,
  subscriberKey,
  unconfirmed,
} from '../../src/websub/subscriber-transitions.ts'
import type { SubscriptionRequest } from '../../src/websub/subscription-request.ts'
import { aSubscriber, NOW } from './samples.ts'

const ABOUT = { path: 'feeds/all.atom', digest: 'now', challenge: 'challenge' }
const asked = (known?: Subscriber, changes: Partial<SubscriptionRequest> = {}) => {
  const { topic, callback } = aSubscriber()
  return requesting(known, { mode: 'subscribe', topic, callback, secret: 'new', ...changes }, ABOUT, NOW)
}
const left = (subscriber: Subscriber | undefined) => subscriber ?? expect.fail('it is gone')

describe('a subscriber that asks', () => {
  it('is subscribed when it has confirmed, and not before', () => {
    const asking = asked()
    expect([isSubscribed(asking, NOW), isToBeVerified(asking, NOW)]).toEqual([false, true])
    const subscribed = left(confirmed(asking, NOW + 5))
    expect(subscribed).toMatchObject({ secret: 'new', leaseUntil: NOW + 5 + 10 * DAY, request: null, digest: 'now' })
    expect(isSubscribed(subscribed, NOW + 5)).toBe(true)
  })

  const leases: readonly [seconds: number | undefined, granted: number][] = [
    [undefined, 10 * DAY],
    [3_600, HOUR],
    [0, 5 * MINUTE],
    [999_999_999, 30 * DAY],
  ]
  for (const [leaseSeconds, granted] of leases)
    it(`is granted ${granted / MINUTE} minutes where it wishes for ${leaseSeconds} seconds`, () =>
      expect(asked(undefined, leaseSeconds === undefined ? {} : { leaseSeconds }).request?.leaseMs).toBe(granted))

  it('keeps what it has until it has confirmed, and what it is owed', () => {
    const known = aSubscriber()
    const asking = asked(known)
    expect(asking).toMatchObject({ secret: 'secret', leaseUntil: known.leaseUntil, digest: 'old' })
    expect(confirmed(asking, NOW)).toMatchObject({ secret: 'new', digest: 'old' })
    expect(left(unconfirmed(asking, { detail: 'no', isFinal: true }, NOW))).toMatchObject({ secret: 'secret', request: null, detail: 'no' })
  })

  it('is kept waiting by no clock that ran ahead', () => {
    const ahead = NOW + 400 * DAY
    const asking = requesting(undefined, { mode: 'subscribe', ...aSubscriber(), secret: null }, ABOUT, ahead)
    expect(isToBeVerified(asking, NOW)).toBe(true)
    const subscribed = aSubscriber({ nextDeliveryAt: ahead, leaseUntil: ahead })
    expect(isOwed(subscribed, 'now', NOW)).toBe(true)
    expect(reached(subscribed, 'now', NOW).leaseUntil).toBe(NOW + 30 * DAY)
  })

  it('is owed what was published since, where its lease had run out', () => {
    expect(confirmed(asked(aSubscriber({ leaseUntil: NOW - 1 })), NOW)).toMatchObject({ digest: 'now' })
  })

  it('is forgotten when it does not confirm, or confirms that it wants no more', () => {
    expect(unconfirmed(asked(), { detail: '', isFinal: true }, NOW)).toBeUndefined()
    expect(confirmed(asked(aSubscriber(), { mode: 'unsubscribe' }), NOW)).toBeUndefined()
  })

  it('is asked three times where it does not answer, a minute and two apart', () => {
    const why = { detail: 'down', isFinal: false }
    const second = left(unconfirmed(asked(), why, NOW))
    expect(second.request).toMatchObject({ attempts: 1, nextAttemptAt: NOW + MINUTE })
    expect(isToBeVerified(second, NOW)).toBe(false)
    const third = left(unconfirmed(second, why, NOW))
    expect(third.request).toMatchObject({ attempts: 2, nextAttemptAt: NOW + 2 * MINUTE })
    expect(unconfirmed(third, why, NOW)).toBeUndefined()
  })

  it('has one key for each topic and callback', () => {
    const [one, two] = [subscriberKey({ path: 'a b', callback: 'c' }), subscriberKey({ path: 'a', callback: 'b c' })]
    expect(one).not.toBe(two)
    expect(asked().key).toBe(asked(aSubscriber()).key)
  })
})

describe('a delivery', () => {
  it('is owed to whoever knows other bytes', () => {
    const owed = (changes: Partial<Subscriber>) => isOwed(aSubscriber(changes), 'now', NOW)
    expect([
      owed({}),
      owed({ digest: 'now' }),
      owed({ leaseUntil: NOW }),
      owed({ leaseUntil: null }),
      owed({ nextDeliveryAt: NOW + 1 }),
    ]).toEqual([true, false, false, false, false])
  })

  it('that arrives makes good for those that did not', () => {
    expect(reached(aSubscriber({ failures: 5, nextDeliveryAt: NOW + DAY, detail: 'down' }), 'now', NOW)).toMatchObject({
      ...{ digest: 'now', lastDeliveryAt: NOW, failures: 0, nextDeliveryAt: NOW, detail: '' },
    })
  })

  it('that does not arrive is repeated for a day, and then never again', () => {
    const waits: number[] = []
    let [now, subscriber]: [number, Subscriber | undefined] = [NOW, aSubscriber({ leaseUntil: NOW + 30 * DAY })]
    while (subscriber !== undefined) {
      subscriber = missed(subscriber, { detail: 'down', isGone: false }, now)
      if (subscriber === undefined) break
      waits.push((subscriber.nextDeliveryAt - now) / MINUTE)
      now = subscriber.nextDeliveryAt
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240, 240])
    expect((now - NOW) / HOUR).toBeCloseTo(24.25)
  })

  it('waits as long as the subscriber asks for', () => {
    expect(missed(aSubscriber(), { detail: '', isGone: false, retryAfterMs: HOUR }, NOW)).toMatchObject({ nextDeliveryAt: NOW + HOUR })
  })

  it('is the last one where the subscriber says that it is gone', () =>
    expect(missed(aSubscriber(), { detail: '', isGone: true }, NOW)).toBeUndefined())
})

describe('a lease', () => {
  it('is over when its time is, unless another one is asked for', () => {
    const cases = [aSubscriber(), aSubscriber({ leaseUntil: NOW }), asked(aSubscriber({ leaseUntil: NOW }))]
    expect(cases.map(subscriber => isOver(subscriber, NOW))).toEqual([false, true, false])
  })
})
