import type { App } from '../app.ts'
import type { Subscriber } from '../domain/subscriber.ts'
import type { Clock } from '../domain/time.ts'
import type { CallbackClient } from '../fetch/callback-client.ts'

/** What attending to one subscriber needs. */
export interface AttendingDeps {
  readonly app: Pick<App, 'config' | 'store'>
  readonly now: Clock
  readonly signal: AbortSignal
  readonly client: () => CallbackClient
  readonly log: SubscriberLog
}

/** Logs one event of a subscriber: the feed and the host of the callback, never the callback, challenge or secret. */
export type SubscriberLog = (
  level: 'info' | 'warn' | 'error',
  about: Pick<Subscriber, 'path' | 'callback'>,
  fields: Readonly<Record<string, unknown>>,
  message: string,
) => void
