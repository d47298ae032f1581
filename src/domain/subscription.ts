import type { Instant } from './time.ts'

/** Where a feed says that its news are pushed from (WebSub §4). */
export interface Announcement {
  /** http or https, in the publisher's order; at least one. */
  readonly hubs: readonly string[]
  /** The address under which the hubs know the feed. */
  readonly topic: string
}

/**
 * How a subscription stands: `requested` waits for the hub to verify it, `verified` is pushed to until its lease ends,
 * `denied` is the hub's no, `leaving` is to be ended.
 */
export type SubscriptionState = 'requested' | 'verified' | 'denied' | 'leaving'

/** A feed's subscription with a hub (WebSub §5). */
export interface Subscription {
  /** The last segment of the callback; whoever knows it may speak for the hub. */
  readonly token: string
  /** The feed's address in the config. */
  readonly address: string
  readonly hub: string
  readonly topic: string
  readonly callback: string
  /** Key of the signatures. */
  readonly secret: string
  readonly state: SubscriptionState
  readonly openedAt: Instant
  /** When the hub is asked (again): a first time, for a longer lease, or because it has not verified. */
  readonly nextRequestAt: Instant
  /** Requests since the hub last verified one. */
  readonly requests: number
  /** Null while the hub has never verified. */
  readonly leaseUntil: Instant | null
  /** The last delivery that brought anything new. */
  readonly lastNewsAt: Instant | null
  /** Deliveries with news since the hub was last caught missing one. */
  readonly deliveries: number
  /** How often it was caught. */
  readonly misses: number
  /** What an operator should read; empty when all is well. */
  readonly detail: string
}

/** What decides how far a hub is relied upon. */
export type PushStanding = Pick<Subscription, 'leaseUntil' | 'deliveries' | 'misses'>

/** Path of a callback below the site's address, without leading slash. */
export function callbackPath(token: string): string {
  return `websub/${token}`
}
