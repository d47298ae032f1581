import type { Subscription } from '../domain/subscription.ts'
import { DAY, SECOND } from '../domain/time.ts'

// Google's hub gives ten days at most; hubs cut a wish short as they please.
const LEASE_WISHED = 10 * DAY

/**
 * What a hub is sent to begin, renew or end a subscription (WebSub §5.1), as a form. The secret goes to `http:` hubs too:
 * without one nothing at all would tell their deliveries from anybody else's.
 */
export function requestForm({ state, topic, callback, secret }: Pick<Subscription, 'state' | 'topic' | 'callback' | 'secret'>): string {
  const common = { 'hub.topic': topic, 'hub.callback': callback }
  const form =
    state === 'leaving'
      ? { 'hub.mode': 'unsubscribe', ...common }
      : { 'hub.mode': 'subscribe', ...common, 'hub.secret': secret, 'hub.lease_seconds': String(LEASE_WISHED / SECOND) }
  // The exact topic comes back in the verification and is compared with what is stored.
  return new URLSearchParams(form).toString()
}
