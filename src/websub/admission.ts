import type { RateLimits } from './request-rate.ts'

/** How many subscriptions a hub takes, over all and from one host. */
export interface SubscriptionLimits {
  readonly maxSubscriptions: number
  readonly maxPerHost: number
}

/** Why there is no place for one more beside those that are served; undefined where there is. */
export function fullness(
  served: { readonly all: number; readonly atHost: number },
  { maxSubscriptions, maxPerHost }: SubscriptionLimits,
): string | undefined {
  if (served.all >= maxSubscriptions) return 'this hub takes no more subscriptions'
  return served.atHost >= maxPerHost ? 'this hub takes no more subscriptions from that host' : undefined
}

/**
 * Which of those that have yet to confirm are given up, so that one more at a host can wait: the oldest. As many may wait as
 * may ask in a minute, so whoever confirms within one is always heard.
 *
 * @param waiting oldest first
 */
export function givenUp<T extends { readonly host: string }>(waiting: readonly T[], host: string, limits: RateLimits): readonly T[] {
  const atHost = waiting.filter(one => one.host === host)
  const tooMany = atHost.slice(0, Math.max(atHost.length + 1 - limits.perHostAndMinute, 0))
  const left = waiting.filter(one => !tooMany.includes(one))
  return [...tooMany, ...left.slice(0, Math.max(left.length + 1 - limits.perMinute, 0))]
}
