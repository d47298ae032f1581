import type { Subscription } from '../../src/domain/subscription.ts'
import { DAY, type Instant } from '../../src/domain/time.ts'

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
