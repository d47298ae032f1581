import type { Subscription } from '../domain/subscription.ts'

/** What a hub asks or tells at a callback. */
export type Intent =
  /** Whether the subscriber means it (WebSub §5.3). */
  | {
      readonly kind: 'verify'
      readonly mode: 'subscribe' | 'unsubscribe'
      readonly topic: string
      readonly challenge: string
      /** Undefined where the hub names none. */
      readonly leaseSeconds?: number
    }
  /** That there will be no subscription, or no longer (WebSub §5.2). */
  | { readonly kind: 'deny'; readonly topic: string; readonly reason: string }

const LONGEST_REASON = 200

/** Reads the query of a hub's request; undefined where it is none. */
export function intentOf(query: URLSearchParams): Intent | undefined {
  const [mode, topic, challenge] = [query.get('hub.mode'), query.get('hub.topic'), query.get('hub.challenge')]
  if (topic === null) return undefined
  if (mode === 'denied') return { kind: 'deny', topic, reason: shown(query.get('hub.reason') ?? '') }
  if ((mode !== 'subscribe' && mode !== 'unsubscribe') || !challenge) return undefined
  const lease = query.get('hub.lease_seconds') ?? ''
  return { kind: 'verify', mode, topic, challenge, ...(/^\d{1,12}$/.test(lease) ? { leaseSeconds: Number(lease) } : {}) }
}

/**
 * Tells whether a hub's request is about what we asked for, to the letter. Hubs that renew leases by themselves verify
 * unasked: what is subscribed to is still meant.
 */
export function isMeant(intent: Intent, { state, topic }: Pick<Subscription, 'state' | 'topic'>): boolean {
  if (intent.topic !== topic) return false
  if (intent.kind === 'deny') return state !== 'leaving'
  return intent.mode === 'unsubscribe' ? state === 'leaving' : state === 'requested' || state === 'verified'
}

/** A stranger's words as they may stand in a status and a log: one line, no control characters. */
function shown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON)
}
