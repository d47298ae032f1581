import { type App, feedsAt } from '../app.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { Log } from '../log.ts'

/** Logs one event of a subscription: source and host of the hub, never token, secret, topic or callback. */
export type HubLog = (
  level: 'info' | 'warn' | 'error',
  about: Pick<Subscription, 'address' | 'hub'>,
  fields: Readonly<Record<string, unknown>>,
  message: string,
) => void

export function hubLog(app: Pick<App, 'config'>, log: Log): HubLog {
  return (level, { address, hub }, fields, message) => {
    const source = feedsAt(app.config(), address)
      .map(({ id }) => id)
      .join(' ')
    log[level]({ event: 'websub', ...(source === '' ? {} : { source }), hub: URL.parse(hub)?.host, ...fields }, message)
  }
}
