import type { HubPing, Subscriber } from '../../src/domain/subscriber.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { DAY, HOUR, type Instant } from '../../src/domain/time.ts'

export const NOW: Instant = Date.parse('2026-03-01T12:00:00Z')

/** A subscription that was verified five days ago for ten. */
export function aSubscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    token: 'token',
    address: 'https://blog.example.jp/feed',
    hub: 'https://hub.example/',
    topic: 'https://blog.example.jp/atom.xml',
    callback: 'https://feeds.example.jp/websub/token',
    secret: 'secret',
    state: 'verified',
    openedAt: NOW - 5 * DAY,
    nextRequestAt: NOW + 3 * DAY,
    requests: 0,
    leaseUntil: NOW + 5 * DAY,
    lastNewsAt: null,
    deliveries: 0,
    misses: 0,
    detail: '',
    ...changes,
  }
}

/** A subscriber that confirmed five days ago for ten, and knows the feed as it is. */
export function aSubscriber(changes: Partial<Subscriber> = {}): Subscriber {
  return {
    key: 'key',
    path: 'feeds/all.atom',
    topic: 'https://feeds.example.jp/feeds/all.atom',
    callback: 'https://reader.example/callback',
    secret: 'secret',
    leaseUntil: NOW + 5 * DAY,
    request: null,
    digest: 'old',
    lastDeliveryAt: null,
    failures: 0,
    nextDeliveryAt: NOW - DAY,
    detail: '',
    ...changes,
  }
}

/** A hub that was told of a feed an hour ago. */
export function aPing(changes: Partial<HubPing> = {}): HubPing {
  const told = { digest: 'old', toldAt: NOW - HOUR, failures: 0, nextPingAt: NOW - HOUR, detail: '' }
  return { hub: 'https://hub.example/', path: 'feeds/all.atom', ...told, ...changes }
}
