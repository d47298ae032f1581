import type { FailureReason } from '../domain/poll.ts'
import type { Subscriber, SubscriberRequest } from '../domain/subscriber.ts'
import { SECOND } from '../domain/time.ts'
import type { CallbackOutcome } from '../fetch/callback-client.ts'
import { confirmed, unconfirmed } from '../websub/subscriber-transitions.ts'
import { verificationAddress } from '../websub/subscription-request.ts'
import type { AttendingDeps } from './attending.ts'

// Whoever answers so may answer otherwise in a minute.
const PASSING: ReadonlySet<FailureReason> = new Set<FailureReason>(['server-error', 'rate-limited', 'timeout', 'unreachable', 'dns'])

/** Asks a callback whether its owner means what we were asked for (WebSub §5.3). */
export async function verify(subscriber: Subscriber, { app, client, log, now, signal }: AttendingDeps): Promise<void> {
  const { key, topic, callback, request } = subscriber
  if (request === null) return
  const { mode, challenge, leaseMs } = request
  const question = { 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': challenge }
  const lease = mode === 'subscribe' ? { 'hub.lease_seconds': String(Math.round(leaseMs / SECOND)) } : {}
  const outcome = await client().ask(verificationAddress(callback, { ...question, ...lease }), signal)
  if (outcome.kind === 'failed' && outcome.reason === 'interrupted') return
  const refusal = refusalIn(outcome, request)
  await app.store.hub.changeSubscriber(key, current => {
    // Whoever has asked for something else meanwhile is asked anew.
    if (current?.request?.challenge !== challenge) return current
    return refusal === undefined ? confirmed(current, now()) : unconfirmed(current, refusal, now())
  })
  if (refusal === undefined)
    log('info', subscriber, { mode, ...(mode === 'subscribe' ? { leaseSeconds: leaseMs / SECOND } : {}) }, 'confirmed')
  else log('warn', subscriber, { mode, detail: refusal.detail }, 'not confirmed')
}

function refusalIn(
  outcome: CallbackOutcome,
  { challenge }: SubscriberRequest,
): { readonly detail: string; readonly isFinal: boolean } | undefined {
  if (outcome.kind === 'failed') return { detail: outcome.detail, isFinal: !PASSING.has(outcome.reason) }
  return outcome.text === challenge ? undefined : { detail: 'the callback did not give the challenge back', isFinal: true }
}
