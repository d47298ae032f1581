import type { Instant } from './time.ts'

/** What a subscriber has asked our hub for and has yet to confirm (WebSub §5.3). */
export interface SubscriberRequest {
  readonly mode: 'subscribe' | 'unsubscribe'
  /** What the subscriber must give back; it also tells one request from the next. */
  readonly challenge: string
  readonly secret: string | null
  /** As granted. */
  readonly leaseMs: number
  /** Digest of the topic's bytes when it was asked: what changes from then on is delivered. */
  readonly digest: string
  /** Verifications tried. */
  readonly attempts: number
  readonly nextAttemptAt: Instant
}

/** Somebody who is subscribed to one of our feeds with our own hub, or wants to be (WebSub §5). */
export interface Subscriber {
  /** Digest of topic and callback: each pair is one subscription. */
  readonly key: string
  /** The topic: path of a feed document below the site's address. */
  readonly path: string
  /** The topic as the subscriber writes it. */
  readonly topic: string
  readonly callback: string
  /** Key of the signatures; null where there is none. */
  readonly secret: string | null
  /** Null while the subscriber has never confirmed. */
  readonly leaseUntil: Instant | null
  /** Null where nothing waits to be confirmed. */
  readonly request: SubscriberRequest | null
  /** Digest of the bytes that were delivered last. */
  readonly digest: string
  readonly lastDeliveryAt: Instant | null
  /** Deliveries that failed since the last that did not. */
  readonly failures: number
  /** Nothing is delivered before. */
  readonly nextDeliveryAt: Instant
  /** What an operator should read; empty when all is well. */
  readonly detail: string
}

/** How a hub of others stands with one of our feed documents. */
export interface HubPing {
  readonly hub: string
  /** The topic: path of a feed document below the site's address. */
  readonly path: string
  /** Digest of the bytes the hub was told of last; empty where it was never told. */
  readonly digest: string
  readonly toldAt: Instant | null
  readonly failures: number
  /** The hub is not told before. */
  readonly nextPingAt: Instant
  readonly detail: string
}
