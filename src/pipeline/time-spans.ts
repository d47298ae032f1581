import type { Instant } from '../domain/time.ts'

/** A stretch of time, ends included. */
export interface TimeSpan {
  readonly from: Instant
  readonly to: Instant
}

/** The parts of `wanted` that none of `spans` holds, earliest first. */
export function gapsIn(spans: readonly TimeSpan[], wanted: TimeSpan): readonly TimeSpan[] {
  const gaps: TimeSpan[] = []
  let from = wanted.from
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.to < from || span.from > wanted.to) continue
    if (span.from > from) gaps.push({ from, to: span.from - 1 })
    from = Math.max(from, span.to + 1)
  }
  return from > wanted.to ? gaps : [...gaps, { from, to: wanted.to }]
}

/** The spans with another one, earliest first; those that overlap or touch are one. */
export function joined(spans: readonly TimeSpan[], added: TimeSpan): readonly TimeSpan[] {
  const apart = spans.filter(({ from, to }) => to < added.from - 1 || from > added.to + 1)
  const touching = spans.filter(span => !apart.includes(span))
  const whole = {
    from: Math.min(added.from, ...touching.map(({ from }) => from)),
    to: Math.max(added.to, ...touching.map(({ to }) => to)),
  }
  return [...apart, whole].sort((a, b) => a.from - b.from)
}

/** Whether one of the spans holds the instant. */
export function isWithin(spans: readonly TimeSpan[], at: Instant): boolean {
  return spans.some(({ from, to }) => at >= from && at <= to)
}
