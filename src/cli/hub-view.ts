import type { Announcement, Subscription } from '../domain/subscription.ts'
import type { Instant } from '../domain/time.ts'
import { isReliable } from '../schedule/back-up-poll.ts'
import type { Store } from '../store/store.ts'

/** How a source stands with the hub its feed names; topic, callback and secret are not for showing. */
export interface HubView {
  readonly host: string
  /** `offered` where nothing is subscribed to, `lapsed` where the lease ran out. */
  readonly state: 'offered' | 'requested' | 'verified' | 'lapsed' | 'denied'
  /** The source is polled as a back-up alone. */
  readonly isReliedUpon: boolean
  readonly leaseUntil: Instant | null
  readonly lastNewsAt: Instant | null
  /** Requests that the hub has not verified. */
  readonly requests: number
  readonly detail: string
}

/** Reads how every feed stands with its hub, by the feed's address; feeds that name none are left out. */
export async function hubViews({ subscriptions }: Pick<Store, 'subscriptions'>, now: Instant): Promise<ReadonlyMap<string, HubView>> {
  const announced = await subscriptions.announcements()
  const wanted = (await subscriptions.all()).filter(({ state }) => state !== 'leaving')
  return new Map([
    ...[...announced].map(([address, announcement]) => [address, offered(announcement)] as const),
    ...wanted.map(subscription => [subscription.address, viewOf(subscription, now)] as const),
  ])
}

/** One word for the table. */
export function describeHub(view: HubView | undefined): string {
  if (view === undefined) return ''
  if (view.state === 'verified') return view.isReliedUpon ? 'pushed' : 'subscribed'
  return view.state
}

function offered({ hubs: [hub = ''] }: Announcement): HubView {
  return { host: hostOf(hub), state: 'offered', isReliedUpon: false, leaseUntil: null, lastNewsAt: null, requests: 0, detail: '' }
}

function viewOf(subscription: Subscription, now: Instant): HubView {
  const { hub, state, leaseUntil, lastNewsAt, requests, detail } = subscription
  const hasLapsed = state === 'verified' && leaseUntil !== null && leaseUntil <= now
  return {
    host: hostOf(hub),
    state: hasLapsed ? 'lapsed' : state === 'leaving' ? 'offered' : state,
    isReliedUpon: isReliable(subscription, now),
    ...{ leaseUntil, lastNewsAt, requests, detail },
  }
}

function hostOf(hub: string): string {
  return URL.parse(hub)?.host ?? ''
}
