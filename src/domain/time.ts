/** Milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = number

/** Tells the time. The composition root passes the real one, tests pass their own. */
export type Clock = () => Instant

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
