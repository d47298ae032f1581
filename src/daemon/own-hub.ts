import type { App } from '../app.ts'
import type { Config } from '../config/config.ts'
import type { Subscriber } from '../domain/subscriber.ts'
import type { Clock } from '../domain/time.ts'
import type { CallbackClient } from '../fetch/callback-client.ts'
import type { Log } from '../log.ts'
import type { HubDoor } from '../web/hub.ts'
import { isOver, isOwed, isSubscribed, isToBeVerified } from '../websub/subscriber-transitions.ts'
import type { AttendingDeps, SubscriberLog } from './attending.ts'
import { openHubClient } from './hub-client.ts'
import { deliverTo } from './hub-delivery.ts'
import { requestDesk } from './hub-requests.ts'
import { tellDenied, verify } from './hub-verification.ts'
import { oneAtATime } from './one-at-a-time.ts'

/** Our own hub (WebSub §5, §7): it takes subscriptions to the feeds of the site and delivers them. */
export interface OwnHub {
  /** For the server. */
  readonly door: HubDoor
  /** Attends to every subscriber whose turn it is; nobody waits for that. */
  readonly keepUp: () => Promise<void>
  /** Ends what is under way. */
  readonly close: () => Promise<void>
}

/** What the hub needs of the daemon. */
export interface OwnHubSurroundings {
  readonly log: Log
  readonly now: Clock
  readonly randomToken: () => string
  readonly signal: AbortSignal
  /** Keeps track of work until it is done. */
  readonly track: (work: Promise<void>) => void
}

export function openOwnHub(app: App, around: OwnHubSurroundings): OwnHub {
  const { now, randomToken, signal, track } = around
  const { hub } = app.store
  const clients = currentClient(app, now)
  const log: SubscriberLog = (level, { path, callback }, fields, message) =>
    around.log[level]({ event: 'push', feed: path, subscriber: URL.parse(callback)?.host, ...fields }, message)
  const deps = { app, now, signal, log, client: clients.current }
  const attendInTurn = oneAtATime(key => attend(key, deps))
  const attendTo = (key: string) => {
    const failed = (error: unknown) => around.log.error({ event: 'push', err: error }, 'a subscriber was not attended to')
    const work = signal.aborted ? undefined : attendInTurn(key)?.catch(failed)
    if (work !== undefined) track(work)
  }
  return {
    door: { isOpen: () => app.config().websub.isHub, take: requestDesk({ app, now, randomToken, log, attendTo }) },
    keepUp: async () => {
      if (!app.config().websub.isHub) return
      const subscribers = await hub.subscribers()
      if (subscribers.length === 0) return
      const digests = await hub.digests()
      for (const subscriber of subscribers) if (needsAttention(subscriber, digests.get(subscriber.path), now())) attendTo(subscriber.key)
    },
    close: clients.close,
  }
}

function needsAttention(subscriber: Subscriber, digest: string | undefined, now: number): boolean {
  const isDue = isToBeVerified(subscriber, now) || isOver(subscriber, now)
  return isDue || digest === undefined || isOwed(subscriber, digest, now)
}

/** Does for one subscriber what is to be done now: verifies, delivers, takes leave. */
async function attend(key: string, deps: AttendingDeps): Promise<void> {
  const { app, now, signal } = deps
  const { hub } = app.store
  const asking = await hub.subscriber(key)
  if (asking === undefined || signal.aborted) return
  if (isToBeVerified(asking, now())) await verify(asking, deps)
  const subscriber = await hub.subscriber(key)
  if (subscriber === undefined || signal.aborted) return
  const digest = await hub.digest(subscriber.path)
  if (digest === undefined) return letGo(subscriber, deps)
  if (isOwed(subscriber, digest, now())) return deliverTo(subscriber, digest, deps)
  const left = await hub.changeSubscriber(key, current => (current !== undefined && isOver(current, now()) ? undefined : current))
  if (left === undefined) deps.log('info', subscriber, {}, 'a lease ran out')
}

/** Takes leave of a subscriber whose feed is no more. */
async function letGo(subscriber: Subscriber, deps: AttendingDeps): Promise<void> {
  const { app, log, now } = deps
  await app.store.hub.changeSubscriber(subscriber.key, () => undefined)
  log('info', subscriber, {}, 'the feed of a subscriber is no more')
  if (isSubscribed(subscriber, now())) await tellDenied(subscriber, 'this feed is no more', deps)
}

/** A client behaves as the config in force says: another config brings another one. */
function currentClient(app: Pick<App, 'config'>, now: Clock) {
  let config: Config | undefined
  let client: CallbackClient | undefined
  return {
    current: (): CallbackClient => {
      if (client === undefined || config !== app.config()) {
        // What is under way is sent once more by the next one.
        void client?.close()
        config = app.config()
        client = openHubClient(config, now)
      }
      return client
    },
    close: async () => client?.close(),
  }
}
