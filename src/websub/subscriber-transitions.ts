import { hash } from 'node:crypto'
import type { Subscriber } from '../domain/subscriber.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../domain/time.ts'
import { backOffMs } from './back-off.ts'
import { hasCome, LONGEST_LEASE, LONGEST_PUT_OFF } from './has-come.ts'
import type { SubscriptionRequest } from './subscription-request.ts'

// What hubs grant as a rule; Google's gives no more than this.
const USUAL_LEASE = 10 * DAY
// Whoever asks for less would be verified all the time.
const SHORTEST_LEASE = 5 * MINUTE
const MOST_VERIFICATIONS = 3
const VERIFIED_AGAIN = { firstMs: MINUTE, mostMs: 5 * MINUTE }
// Deliveries that fail are repeated for some twenty-four hours: a reader that is down for a night loses nothing.
const DELIVERED_AGAIN = { firstMs: MINUTE, mostMs: 4 * HOUR }
const MOST_FAILURES = 14

/** Whose subscription to what: each pair of topic and callback is one (WebSub §5.1). */
export function subscriberKey({ path, callback }: Pick<Subscriber, 'path' | 'callback'>): string {
  return hash('sha256', JSON.stringify([path, callback]), 'base64url').slice(0, 22)
}

/**
 * A subscriber that asks for something; it has yet to confirm that. What it has stays as it is till then (WebSub §5.3).
 *
 * @param asked.path of the topic
 * @param asked.digest of what is published now
 * @param asked.challenge unguessable
 */
export function requesting(
  known: Subscriber | undefined,
  request: SubscriptionRequest,
  { path, digest, challenge }: { readonly path: string; readonly digest: string; readonly challenge: string },
  now: Instant,
): Subscriber {
  const { mode, topic, callback, secret, leaseSeconds } = request
  const leaseMs = leaseSeconds === undefined ? USUAL_LEASE : Math.min(Math.max(leaseSeconds * SECOND, SHORTEST_LEASE), LONGEST_LEASE)
  const none = { secret: null, leaseUntil: null, digest, lastDeliveryAt: null, failures: 0, nextDeliveryAt: now, detail: '' }
  return {
    ...(known ?? none),
    ...{ key: subscriberKey({ path, callback }), path, topic, callback },
    request: { mode, challenge, secret, leaseMs, digest, attempts: 0, nextAttemptAt: now },
  }
}

/** The same when it has confirmed; undefined when it is a subscriber no longer. What was published since it asked is owed to it. */
export function confirmed(subscriber: Subscriber, now: Instant): Subscriber | undefined {
  const { request } = subscriber
  if (request === null) return subscriber
  if (request.mode === 'unsubscribe') return undefined
  const digest = isSubscribed(subscriber, now) ? subscriber.digest : request.digest
  const { secret, leaseMs } = request
  return { ...subscriber, secret, digest, leaseUntil: now + leaseMs, request: null, failures: 0, nextDeliveryAt: now, detail: '' }
}

/** The same when it has not; it is asked again where the answer may yet come. Undefined when nothing is left of it. */
export function unconfirmed(
  subscriber: Subscriber,
  { detail, isFinal }: { readonly detail: string; readonly isFinal: boolean },
  now: Instant,
): Subscriber | undefined {
  const { request } = subscriber
  if (request === null) return subscriber
  const attempts = request.attempts + 1
  if (!isFinal && attempts < MOST_VERIFICATIONS)
    return { ...subscriber, detail, request: { ...request, attempts, nextAttemptAt: now + backOffMs(attempts, VERIFIED_AGAIN) } }
  return isSubscribed(subscriber, now) ? { ...subscriber, detail, request: null } : undefined
}

/** The same when a document of this digest has reached it. */
export function reached(subscriber: Subscriber, digest: string, now: Instant): Subscriber {
  const { leaseUntil } = subscriber
  // A lease from a clock that ran ahead would never end.
  const lease = { leaseUntil: leaseUntil === null ? null : Math.min(leaseUntil, now + LONGEST_LEASE) }
  return { ...subscriber, ...lease, digest, lastDeliveryAt: now, failures: 0, nextDeliveryAt: now, detail: '' }
}

/** The same when a document has not; undefined when it is given up, or has said that it is gone (WebSub §7). */
export function missed(
  subscriber: Subscriber,
  why: { readonly detail: string; readonly isGone: boolean; readonly retryAfterMs?: number },
  now: Instant,
): Subscriber | undefined {
  const failures = subscriber.failures + 1
  if (why.isGone || failures >= MOST_FAILURES) return undefined
  const waitMs = Math.max(backOffMs(failures, DELIVERED_AGAIN), why.retryAfterMs ?? 0)
  return { ...subscriber, failures, detail: why.detail, nextDeliveryAt: now + waitMs }
}

/** Whether it is delivered to. */
export function isSubscribed({ leaseUntil }: Pick<Subscriber, 'leaseUntil'>, now: Instant): boolean {
  return leaseUntil !== null && leaseUntil > now
}

/** Whether nothing is left of it. */
export function isOver(subscriber: Subscriber, now: Instant): boolean {
  return subscriber.request === null && !isSubscribed(subscriber, now)
}

/** Whether it is to be asked now what it means. */
export function isToBeVerified({ request }: Subscriber, now: Instant): boolean {
  return request !== null && hasCome(request.nextAttemptAt, now, VERIFIED_AGAIN.mostMs)
}

/**
 * Whether it is to be sent a document now.
 *
 * @param digest of what is published
 */
export function isOwed(subscriber: Subscriber, digest: string, now: Instant): boolean {
  return isSubscribed(subscriber, now) && subscriber.digest !== digest && hasCome(subscriber.nextDeliveryAt, now, LONGEST_PUT_OFF)
}
