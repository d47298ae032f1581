import type { App } from '../app.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { Clock } from '../domain/time.ts'
import { isReliable } from '../schedule/back-up-poll.ts'
import type { Callbacks } from '../web/callback.ts'
import type { ShortAnswer } from '../web/short-answer.ts'
import { type Intent, intentOf, isMeant } from '../websub/intent.ts'
import { denied, verified } from '../websub/transitions.ts'
import type { Admit } from './deliveries.ts'
import type { HubLog } from './hub-log.ts'
import { pollAsUsual } from './usual-polls.ts'

/** What answering hubs needs. */
export interface CallbackDeps {
  readonly app: App
  readonly now: Clock
  readonly log: HubLog
  readonly admit: Admit
}

const UNKNOWN: ShortAnswer = { status: 404 }
// A hub takes it as the end of the subscription (WebSub §7).
const GONE: ShortAnswer = { status: 410 }

/** Answers hubs: confirms what we asked for and nothing else, takes a no, lets in deliveries of what is subscribed to. */
export function hubCallbacks(deps: CallbackDeps): Callbacks {
  const { byToken } = deps.app.store.subscriptions
  return {
    ask: async (token, query) => {
      const subscription = await byToken(token)
      const intent = intentOf(query)
      if (subscription === undefined || intent === undefined) return UNKNOWN
      if (!isMeant(intent, subscription)) {
        deps.log('warn', subscription, { mode: intent.kind === 'deny' ? 'denied' : intent.mode }, 'not asked for; not confirmed')
        return UNKNOWN
      }
      return intent.kind === 'deny' ? deny(subscription, intent, deps) : confirm(subscription, intent, deps)
    },
    admit: async (token, length) => {
      const subscription = await byToken(token)
      if (subscription === undefined) return { kind: 'refused', answer: UNKNOWN }
      return subscription.state === 'leaving' ? { kind: 'refused', answer: GONE } : deps.admit(subscription, length)
    },
  }
}

async function confirm(
  subscription: Subscription,
  { mode, challenge, leaseSeconds }: Extract<Intent, { kind: 'verify' }>,
  { app, now, log }: CallbackDeps,
): Promise<ShortAnswer> {
  const { subscriptions } = app.store
  if (mode === 'unsubscribe') await subscriptions.remove(subscription.token)
  // Between the look and this the config may have changed: what is left now stays left.
  else
    await subscriptions.change(subscription.token, current =>
      current.state === 'leaving' ? current : verified(current, leaseSeconds, now()),
    )
  log('info', subscription, { mode, ...(leaseSeconds === undefined ? {} : { leaseSeconds }) }, 'verified')
  return { status: 200, text: challenge }
}

async function deny(
  subscription: Subscription,
  { reason }: Extract<Intent, { kind: 'deny' }>,
  { app, now, log }: CallbackDeps,
): Promise<ShortAnswer> {
  await app.store.subscriptions.change(subscription.token, current => denied(current, reason, now()))
  if (isReliable(subscription, now())) await pollAsUsual(app, new Set([subscription.address]), now())
  log('warn', subscription, { mode: 'denied', reason }, 'denied')
  return { status: 200 }
}
