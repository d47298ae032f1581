import { describe, expect, it } from 'vitest'
import { parseDuration, parseSize } from '../../src/config/duration.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/time.ts'

describe('parseDuration', () => {
  const durations: readonly [text: string, ms: number][] = [
    ['1s', SECOND],
    ['90s', 90 * SECOND],
    ['15m', 15 * MINUTE],
    ['6h', 6 * HOUR],
    ['60d', 60 * DAY],
    ['999999d', 999_999 * DAY],
  ]
  for (const [text, ms] of durations) it(`reads ${text}`, () => expect(parseDuration(text)).toBe(ms))

  for (const text of ['', '15', 'm', '0s', '015m', '-1h', '1.5h', '15 m', '15min', '15M', '1h30m', '1000000s', '１５m', '15m\n']) {
    it(`does not take ${JSON.stringify(text)}`, () => expect(parseDuration(text)).toBeUndefined())
  }
})

describe('parseSize', () => {
  const sizes: readonly [text: string, bytes: number][] = [
    ['500KB', 500_000],
    ['10MB', 10_000_000],
    ['1GB', 1_000_000_000],
  ]
  for (const [text, bytes] of sizes) it(`reads ${text}`, () => expect(parseSize(text)).toBe(bytes))

  for (const text of ['', '10', '10B', '0MB', '10mb', '10 MB', '10MiB', '1.5MB']) {
    it(`does not take ${JSON.stringify(text)}`, () => expect(parseSize(text)).toBeUndefined())
  }
})
