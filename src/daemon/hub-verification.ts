import type { FailureReason } from '../domain/poll.ts'
import type { Subscriber, SubscriberRequest } from '../domain/subscriber.ts'
import { SECOND } from '../domain/time.ts'
import type { CallbackOutcome } from '../fetch/callback-client.ts'
import { fullness } from '../websub/admission.ts'
import { confirmed, isSubscribed, unconfirmed } from '../websub/subscriber-transitions.ts'
import { verificationAddress } from '../websub/subscription-request.ts'
import type { AttendingDeps } from './attending.ts'

// Whoever answers so may answer otherwise in a minute.
const PASSING: ReadonlySet<FailureReason> = new Set<FailureReason>(['server-error', 'rate-limited', 'timeout', 'unreachable', 'dns'])

/** Asks a callback whether its owner means what we were asked for (WebSub §5.3). */
export async function verify(subscriber: Subscriber, deps: AttendingDeps): Promise<void> {
  const { client, log, signal } = deps
  const { topic, callback, request } = subscriber
  if (request === null) return
  const { mode, challenge, leaseMs } = request
  const question = { 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': challenge }
  const lease = mode === 'subscribe' ? { 'hub.lease_seconds': String(Math.round(leaseMs / SECOND)) } : {}
  const outcome = await client().ask(verificationAddress(callback, { ...question, ...lease }), signal)
  if (outcome.kind === 'failed' && outcome.reason === 'interrupted') return
  const refusal = refusalIn(outcome, request)
  const { isPast, full } = await settle(subscriber, request, refusal, deps)
  if (isPast) return
  if (full !== undefined) return turnAway(subscriber, full, deps)
  if (refusal === undefined)
    log('info', subscriber, { mode, ...(mode === 'subscribe' ? { leaseSeconds: leaseMs / SECOND } : {}) }, 'confirmed')
  else log('warn', subscriber, { mode, detail: refusal.detail }, 'not confirmed')
}

type Refusal = { readonly detail: string; readonly isFinal: boolean } | undefined

/** Keeps what the answer means. Many may have asked while there was a place for one: whoever confirms first has it. */
async function settle({ key }: Subscriber, { mode, challenge }: SubscriberRequest, refusal: Refusal, { app, now }: AttendingDeps) {
  const settled: { isPast: boolean; full?: string | undefined } = { isPast: true }
  const change = (current: Subscriber, served: { readonly all: number; readonly atHost: number }) => {
    // Whoever has asked for something else meanwhile is asked anew.
    if (current.request?.challenge !== challenge) return current
    settled.isPast = false
    if (refusal !== undefined) return unconfirmed(current, refusal, now())
    if (mode === 'subscribe' && !isSubscribed(current, now())) settled.full = fullness(served, app.config().websub)
    return settled.full === undefined ? confirmed(current, now()) : undefined
  }
  await app.store.hub.settleSubscriber(key, change, now())
  return settled
}

async function turnAway(subscriber: Subscriber, because: string, deps: AttendingDeps): Promise<void> {
  deps.log('warn', subscriber, { mode: 'denied' }, because)
  await tellDenied(subscriber, because, deps)
}

/** Tells a subscriber, once, that there is nothing to subscribe to, or no longer (WebSub §5.2). */
export async function tellDenied({ topic, callback }: Subscriber, reason: string, { client, signal }: AttendingDeps): Promise<void> {
  const denial = { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': reason }
  await client().ask(verificationAddress(callback, denial), signal)
}

function refusalIn(outcome: CallbackOutcome, { challenge }: SubscriberRequest): Refusal {
  if (outcome.kind === 'failed') return { detail: outcome.detail, isFinal: !PASSING.has(outcome.reason) }
  return outcome.text === challenge ? undefined : { detail: 'the callback did not give the challenge back', isFinal: true }
}
