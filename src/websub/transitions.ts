import type { Subscription } from '../domain/subscription.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../domain/time.ts'
import { backOffMs } from './back-off.ts'
import { hasCome, LONGEST_LEASE } from './has-come.ts'

// What is counted upon where a hub names no lease.
const UNNAMED_LEASE = DAY
const RENEWED_AFTER_SHARE = 0.8
// A no is seldom taken back, and a hub that is asked again and again may block us altogether.
const DENIED_FOR = 7 * DAY
// However short its leases, a hub is not asked more often.
const SHORTEST_RENEWAL = 30 * MINUTE
const ASKED_AGAIN = { firstMs: HOUR, mostMs: DAY }

/** A subscription that nobody has asked for yet; the hub is to be asked at once. */
export function opened(
  what: Pick<Subscription, 'token' | 'secret' | 'callback' | 'address' | 'hub' | 'topic'>,
  now: Instant,
): Subscription {
  const fresh = { state: 'requested', requests: 0, leaseUntil: null, lastNewsAt: null, deliveries: 0, misses: 0, detail: '' } as const
  return { ...what, ...fresh, openedAt: now, nextRequestAt: now }
}

/**
 * The subscription as its hub is asked. Until the hub verifies, the request counts as failed: it is repeated after an hour,
 * then after two, four and so on, up to a day. A lease that stands is kept.
 */
export function asked(subscription: Subscription, now: Instant): Subscription {
  const requests = subscription.requests + 1
  const isUnanswered = requests > 1 && subscription.detail === ''
  const detail = isUnanswered ? 'the hub took the request and has not verified it: can it reach site.url?' : subscription.detail
  const waits = { ...subscription, requests, detail, nextRequestAt: now + backOffMs(requests, ASKED_AGAIN) }
  if (subscription.state === 'leaving' || isLeased(subscription, now)) return waits
  return { ...waits, state: 'requested', leaseUntil: null }
}

/** The same when the hub took the request. */
export function taken(subscription: Subscription): Subscription {
  return { ...subscription, detail: '' }
}

/** The same when the hub did not take the request; what it asked for by Retry-After counts. */
export function turnedDown(
  subscription: Subscription,
  why: { readonly detail: string; readonly retryAfterMs?: number },
  now: Instant,
): Subscription {
  const { nextRequestAt } = subscription
  return { ...subscription, detail: why.detail, nextRequestAt: Math.max(nextRequestAt, now + (why.retryAfterMs ?? 0)) }
}

/** The same when the request never left, or was called off by our side: it is made again at the next opportunity. */
export function calledOff(subscription: Subscription, now: Instant): Subscription {
  return { ...subscription, requests: Math.max(subscription.requests - 1, 0), nextRequestAt: now }
}

/** The same when its hub is known to have trouble. */
export function putOff(subscription: Subscription, until: Instant): Subscription {
  return { ...subscription, nextRequestAt: Math.max(subscription.nextRequestAt, until) }
}

/** The hub has verified: it pushes until the lease ends. It is asked for another when four fifths are over. */
export function verified(subscription: Subscription, leaseSeconds: number | undefined, now: Instant): Subscription {
  // A hub that promises more is asked again after the longest one all the same: hubs move, and forget.
  const leaseMs = Math.min(leaseSeconds === undefined ? UNNAMED_LEASE : leaseSeconds * SECOND, LONGEST_LEASE)
  const nextRequestAt = now + Math.max(Math.round(leaseMs * RENEWED_AFTER_SHARE), SHORTEST_RENEWAL)
  return { ...subscription, state: 'verified', requests: 0, leaseUntil: now + leaseMs, nextRequestAt, detail: '' }
}

/** The hub will not push, or no longer. */
export function denied(subscription: Subscription, reason: string, now: Instant): Subscription {
  const detail = reason === '' ? 'the hub denied the subscription' : `the hub denied the subscription: ${reason}`
  return { ...subscription, state: 'denied', leaseUntil: null, nextRequestAt: now + DENIED_FOR, detail }
}

/** The subscription is not wanted any more; the hub is to be told at once. */
export function leaving(subscription: Subscription, now: Instant): Subscription {
  return { ...subscription, state: 'leaving', requests: 0, nextRequestAt: now }
}

/** A signed document that could be read has come. */
export function delivered(subscription: Subscription, hadNews: boolean, now: Instant): Subscription {
  return hadNews ? { ...subscription, deliveries: subscription.deliveries + 1, lastNewsAt: now } : subscription
}

/** A poll found what the hub should have brought. */
export function caughtOut(subscription: Subscription): Subscription {
  const detail = 'a poll found what the hub had not delivered'
  return { ...subscription, deliveries: 0, misses: subscription.misses + 1, detail }
}

/** Whether the hub has promised to push at this moment. */
export function isLeased({ state, leaseUntil }: Pick<Subscription, 'state' | 'leaseUntil'>, now: Instant): boolean {
  return state === 'verified' && leaseUntil !== null && !hasCome(leaseUntil, now, LONGEST_LEASE)
}
