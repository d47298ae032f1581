import type { HubPing, Subscriber } from '../domain/subscriber.ts'
import type { Instant } from '../domain/time.ts'
import type { PingReport } from '../pipeline/ping-hubs.ts'
import type { Store } from '../store/store.ts'
import { isSubscribed } from '../websub/subscriber-transitions.ts'
import { describeInstant } from './span.ts'

/** How those stand who are to learn of changes at once; of subscribers the number alone. */
export interface PushView {
  readonly subscribers: {
    readonly count: number
    /** Those that have not confirmed yet. */
    readonly unconfirmed: number
    /** Those whom the last delivery did not reach. */
    readonly failing: number
    readonly lastDeliveryAt: Instant | null
  }
  readonly hubs: readonly ToldHub[]
}

interface ToldHub {
  readonly host: string
  /** Feed documents it knows as they are. */
  readonly told: number
  /** Those it has yet to be told of. */
  readonly waiting: number
  readonly lastToldAt: Instant | null
  /** Attempts that failed in a row. */
  readonly failures: number
  readonly detail: string
}

/** Reads how our subscribers and the hubs of others stand. */
export async function pushView({ hub }: Pick<Store, 'hub'>, now: Instant): Promise<PushView> {
  const [subscribers, pings, digests] = await Promise.all([hub.subscribers(), hub.pings(), hub.digests()])
  const byHub = [...Map.groupBy(pings, ping => ping.hub)]
  return { subscribers: countSubscribers(subscribers, now), hubs: byHub.map(([address, ofHub]) => toldHub(address, ofHub, digests)) }
}

/** Lines for `status`; none where nobody is subscribed and no hub is told. */
export function describePush({ subscribers, hubs }: PushView, now: Instant): readonly string[] {
  const lines = hubs.map(({ host, told, waiting, lastToldAt, failures, detail }) => {
    const trouble = failures === 0 ? '' : `; ${failures} failures: ${detail}`
    return `Hub ${host} knows ${told} feed documents as they are, ${waiting} wait; last told ${describeInstant(lastToldAt, now)}${trouble}`
  })
  const { count, unconfirmed, failing, lastDeliveryAt } = subscribers
  if (count + unconfirmed === 0) return lines
  const others = `${unconfirmed} not confirmed yet, ${failing} failing; last delivery ${describeInstant(lastDeliveryAt, now)}`
  return [`${count} subscriptions with the hub of the site, ${others}`, ...lines]
}

/** Lines for the summary of a cycle; none where no hub was told of anything. */
export function describePings(reports: readonly PingReport[]): readonly string[] {
  return [...Map.groupBy(reports, ({ hub }) => hub)].map(([hub, ofHub]) => {
    const failed = ofHub.find(({ result }) => result !== 'told')
    const trouble = failed === undefined ? '' : `; not told: ${failed.detail}`
    return `hub ${hostOf(hub)} told of ${ofHub.filter(({ result }) => result === 'told').length} feed documents${trouble}`
  })
}

function countSubscribers(all: readonly Subscriber[], now: Instant): PushView['subscribers'] {
  const subscribed = all.filter(one => isSubscribed(one, now))
  return {
    count: subscribed.length,
    unconfirmed: all.filter(one => one.request !== null && !isSubscribed(one, now)).length,
    failing: subscribed.filter(({ failures }) => failures > 0).length,
    lastDeliveryAt: latest(subscribed.map(({ lastDeliveryAt }) => lastDeliveryAt)),
  }
}

function toldHub(address: string, pings: readonly HubPing[], digests: ReadonlyMap<string, string>): ToldHub {
  const told = pings.filter(({ path, digest }) => digests.get(path) === digest).length
  const worst = pings.toSorted((a, b) => b.failures - a.failures)[0]
  return {
    host: hostOf(address),
    told,
    waiting: digests.size - told,
    lastToldAt: latest(pings.map(({ toldAt }) => toldAt)),
    failures: worst?.failures ?? 0,
    detail: worst?.detail ?? '',
  }
}

function latest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter(instant => instant !== null)
  // In a loop: there may be too many for the arguments of Math.max.
  return known.length === 0 ? null : known.reduce((newest, instant) => Math.max(newest, instant))
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? ''
}
