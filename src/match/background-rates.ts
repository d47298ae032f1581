/** How often any post says something, whatever it translates. */
export interface BackgroundRates {
  /** In (0, 1). */
  readonly rateOf: (key: string) => number
}

/**
 * The shipped rates, and usual ones for what was not counted. Posts at hand do not change them: what is said of a post
 * would depend on which others came before it.
 */
export function backgroundRates(shipped: ReadonlyMap<string, number>): BackgroundRates {
  return { rateOf: key => Math.min(0.95, Math.max(1e-3, shipped.get(key) ?? usualRate(key))) }
}

function usualRate(key: string): number {
  if (!key.startsWith('#')) return 0.003
  if (/^#n\d$/.test(key)) return 0.2
  if (/^#n\d{2}$/.test(key)) return 0.03
  return key.startsWith('#y20') ? 0.05 : 0.003
}
