import { userAgent } from '../app.ts'
import type { Config } from '../config/config.ts'
import type { Clock } from '../domain/time.ts'
import { type CallbackClient, openCallbackClient } from '../fetch/callback-client.ts'

// A subscriber that takes longer to say that it has a document holds up others; a reader has many subscriptions at one host.
const TOWARDS_SUBSCRIBERS = { timeoutMs: 10_000, concurrency: 64, perHost: 8 }

/** Opens what delivers to the subscribers of our own hub as the config says. */
export function openHubClient({ polling, websub }: Config, now: Clock): CallbackClient {
  return openCallbackClient({ ...TOWARDS_SUBSCRIBERS, userAgent: userAgent(polling.contact), allowHosts: websub.allowHosts, now })
}
