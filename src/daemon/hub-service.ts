import type { App } from '../app.ts'
import type { Clock } from '../domain/time.ts'
import type { Log } from '../log.ts'
import type { Pushes } from '../pipeline/pushes.ts'
import { isReliable } from '../schedule/back-up-poll.ts'
import type { Callbacks } from '../web/callback.ts'
import { caughtOut, isLeased } from '../websub/transitions.ts'
import { deliveryDesk } from './deliveries.ts'
import { hubCallbacks } from './hub-callbacks.ts'
import { hubLog } from './hub-log.ts'
import { repeating } from './repeating.ts'
import { keepSubscriptions } from './subscriptions.ts'
import { pollAsUsual } from './usual-polls.ts'

/** The WebSub side of a running service. */
export interface HubService {
  /** For the server. */
  readonly callbacks: Callbacks
  /** For the next cycle. */
  readonly pushes: () => Promise<Pushes>
  /** What was delivered while nobody listened is lost: sources that were left to their hubs are polled at their own interval first. */
  readonly resume: () => Promise<void>
  /** Asks hubs for what is wanted of them now; never rejects, and does nothing while it is still at it. */
  readonly keepUp: () => Promise<void>
}

/** What the hub service needs of the daemon. */
export interface HubSurroundings {
  readonly log: Log
  readonly now: Clock
  readonly randomToken: () => string
  readonly signal: AbortSignal
  /** Keeps track of work until it is done. */
  readonly track: (work: Promise<void>) => void
  /** Matches and publishes what is stored. */
  readonly publish: () => Promise<void>
}

export function openHubService(app: App, around: HubSurroundings): HubService {
  const { log: lines, now, randomToken, signal, track } = around
  const { subscriptions } = app.store
  const log = hubLog(app, lines)
  const admit = deliveryDesk({ app, now, log, track, publish: repeating(around.publish) })
  const since = now()
  let isAtWork = false
  return {
    callbacks: hubCallbacks({ app, now, log, admit }),
    pushes: async () => {
      const standing = (await subscriptions.all()).filter(subscription => isLeased(subscription, now()))
      return {
        since,
        standings: new Map(standing.map(subscription => [subscription.address, subscription])),
        missed: async missedAt => {
          for (const subscription of standing.filter(({ address }) => address === missedAt)) {
            await subscriptions.change(subscription.token, caughtOut)
            log('warn', subscription, { misses: subscription.misses + 1 }, 'a poll found what was not delivered')
          }
        },
      }
    },
    resume: async () => {
      const relied = (await subscriptions.all()).filter(subscription => isReliable(subscription, now()))
      await pollAsUsual(app, new Set(relied.map(({ address }) => address)), now())
    },
    keepUp: async () => {
      if (isAtWork || signal.aborted) return
      isAtWork = true
      try {
        await keepSubscriptions({ app, now, log, randomToken, signal })
        lines.debug({ event: 'websub' }, 'subscriptions kept up')
      } catch (error) {
        lines.error({ event: 'websub', err: error }, 'subscriptions were not kept up')
      } finally {
        isAtWork = false
      }
    },
  }
}
