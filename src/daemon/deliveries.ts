import type { App } from '../app.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { Clock } from '../domain/time.ts'
import type { Admission, ReceivedDelivery } from '../web/callback.ts'
import { isSigned } from '../websub/signature.ts'
import { delivered } from '../websub/transitions.ts'
import type { HubLog } from './hub-log.ts'

/** Lets in deliveries as far as memory allows. */
export type Admit = (subscription: Subscription, length: number | undefined) => Admission

/** What taking deliveries needs. */
export interface DeliveryDeps {
  readonly app: App
  readonly now: Clock
  readonly log: HubLog
  /** Keeps track of work until it is done. */
  readonly track: (work: Promise<void>) => void
  /** Matches and publishes what has come. */
  readonly publish: () => Promise<void>
}

// In sizes of the largest document: deliveries wait while a cycle runs, and hubs send again what was put off.
const MOST_HELD = 4
const MOST_HELD_OF_ONE = 4
const RETRY_AFTER_S = 60

/**
 * Gives what lets in deliveries. One that is signed is answered at once and stored in turn with the cycles; one that is not
 * is answered as well, and forgotten (WebSub §7.1, §8).
 */
export function deliveryDesk(deps: DeliveryDeps): Admit {
  const held = new Map<string, number>()
  let heldBytes = 0
  return (subscription, length) => {
    const { token } = subscription
    const { maxBytes: largest } = deps.app.config().polling
    const maxBytes = length ?? largest
    if (maxBytes > largest) return { kind: 'refused', answer: { status: 413 } }
    const others = held.get(token) ?? 0
    if (heldBytes + maxBytes > MOST_HELD * largest || others >= MOST_HELD_OF_ONE)
      return { kind: 'refused', answer: { status: 503, retryAfterS: RETRY_AFTER_S } }
    held.set(token, others + 1)
    heldBytes += maxBytes
    const release = () => {
      const left = (held.get(token) ?? 1) - 1
      if (left === 0) held.delete(token)
      else held.set(token, left)
      heldBytes -= maxBytes
    }
    const take = (delivery: ReceivedDelivery) => {
      if (isSigned(delivery.body, delivery.signature, subscription.secret)) {
        const stored = store(subscription, delivery, deps).finally(release)
        deps.track(stored.then(hadNews => (hadNews ? deps.publish() : undefined)))
      } else {
        release()
        deps.log('warn', subscription, { result: 'bad-signature', bytes: delivery.body.length }, 'delivery ignored')
      }
      return { status: 202 }
    }
    return { kind: 'admitted', maxBytes, take, abandon: release }
  }
}

/** Gives whether it brought anything new. */
async function store(subscription: Subscription, { body, contentType }: ReceivedDelivery, deps: DeliveryDeps): Promise<boolean> {
  const { app, log, now } = deps
  const { token, address, topic } = subscription
  try {
    const document = { url: topic, bytes: body, ...(contentType === undefined ? {} : { contentType }) }
    const reports = await app.takeDelivery(address, document)
    const [added, changed] = (['added', 'changed'] as const).map(name => reports.reduce((sum, report) => sum + report[name], 0))
    const hadNews = (added ?? 0) + (changed ?? 0) > 0
    await app.store.subscriptions.change(token, current => delivered(current, hadNews, now()))
    const { result = 'unwanted', detail = '' } = reports[0] ?? {}
    log(result === 'ok' ? 'info' : 'warn', subscription, { result, detail, added, changed, bytes: body.length }, 'delivered')
    return hadNews
  } catch (error) {
    log('error', subscription, { err: error }, 'delivery failed')
    return false
  }
}
