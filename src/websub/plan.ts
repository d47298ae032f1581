import type { Announcement, Subscription } from '../domain/subscription.ts'
import { DAY, type Instant } from '../domain/time.ts'
import { hasCome, LONGEST_LEASE } from './has-come.ts'

/** What feeds announce now, and what is subscribed to. */
export interface Situation {
  /** By the feed's address in the config; without an entry no subscription is wanted. */
  readonly announced: ReadonlyMap<string, Announcement>
  readonly subscriptions: readonly Subscription[]
  /** The callback that a token has now. */
  readonly callbackOf: (token: string) => string
  readonly now: Instant
}

/** What brings the subscriptions in line with what feeds announce. */
export interface Plan {
  readonly toOpen: readonly { readonly address: string; readonly hub: string; readonly topic: string }[]
  readonly toLeave: readonly Subscription[]
  readonly toForget: readonly Subscription[]
}

// A feed whose `self` differs with every answer would cost its hub two requests a poll.
const SETTLED_AFTER = DAY
const MOST_FAREWELLS = 3

/** Compares what is subscribed to with what is wanted. The hub of a subscription is kept for as long as the feed names it. */
export function planSubscriptions({ announced, subscriptions, callbackOf, now }: Situation): Plan {
  const kept = new Set<string>()
  const toLeave: Subscription[] = []
  for (const subscription of subscriptions.filter(({ state }) => state !== 'leaving')) {
    const { address, token, callback } = subscription
    const announcement = announced.get(address)
    const isGood = announcement !== undefined && callback === callbackOf(token) && !kept.has(address)
    if (isGood && (isAsAnnounced(subscription, announcement) || !hasCome(subscription.openedAt + SETTLED_AFTER, now, SETTLED_AFTER)))
      kept.add(address)
    else toLeave.push(subscription)
  }
  return {
    toOpen: [...announced].flatMap(
      ([
        address,
        {
          hubs: [hub],
          topic,
        },
      ]) => (kept.has(address) || hub === undefined ? [] : [{ address, hub, topic }]),
    ),
    toLeave,
    toForget: subscriptions.filter(subscription => isPast(subscription, now)),
  }
}

/** The subscriptions whose hubs are to be asked now, hub by hub. Those that have failed less often, or waited longer, come first. */
export function dueByHub(subscriptions: readonly Subscription[], now: Instant): readonly (readonly Subscription[])[] {
  const due = subscriptions.filter(subscription => hasCome(subscription.nextRequestAt, now, LONGEST_LEASE) && !isPast(subscription, now))
  const inOrder = due.toSorted((a, b) => a.requests - b.requests || a.nextRequestAt - b.nextRequestAt)
  return [...Map.groupBy(inOrder, ({ hub }) => URL.parse(hub)?.host).values()]
}

function isAsAnnounced({ hub, topic }: Subscription, announcement: Announcement): boolean {
  return topic === announcement.topic && announcement.hubs.includes(hub)
}

/** A farewell that is no longer needed, or that nobody heard: the lease ends by itself. */
function isPast({ state, leaseUntil, requests, nextRequestAt }: Subscription, now: Instant): boolean {
  if (state !== 'leaving') return false
  return leaseUntil === null || leaseUntil <= now || (requests >= MOST_FAREWELLS && hasCome(nextRequestAt, now, LONGEST_LEASE))
}
