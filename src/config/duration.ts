import { DAY, HOUR, MINUTE, SECOND } from '../domain/time.ts'

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY }
const SIZES: Readonly<Record<string, number>> = { KB: 1_000, MB: 1_000_000, GB: 1_000_000_000 }

/** What a duration looks like in the config: a number above 0 and one of s, m, h, d. */
export const DURATION_PATTERN = /^([1-9]\d{0,5})(s|m|h|d)$/

/** What a size looks like in the config: a number above 0 and one of KB, MB, GB (powers of 1000). */
export const SIZE_PATTERN = /^([1-9]\d{0,5})(KB|MB|GB)$/

/** Reads a duration such as `15m` into milliseconds; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  return scaled(DURATION_PATTERN.exec(text), UNITS)
}

/** Reads a size such as `10MB` into bytes; undefined when it is none. */
export function parseSize(text: string): number | undefined {
  return scaled(SIZE_PATTERN.exec(text), SIZES)
}

function scaled(match: RegExpExecArray | null, scale: Readonly<Record<string, number>>): number | undefined {
  const [, count, unit] = match ?? []
  const factor = unit === undefined ? undefined : scale[unit]
  return factor === undefined ? undefined : Number(count) * factor
}
