import { describe, expect, it } from 'vitest'
import { dateInPath, statedDate } from '../../src/posts/stated-date.ts'

const iso = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString())

describe('statedDate', () => {
  const cases: readonly [value: unknown, date: string | undefined][] = [
    ['2025-03-12', '2025-03-12T00:00:00.000Z'],
    ['2025-03-12 10:00', '2025-03-12T10:00:00.000Z'],
    ['2025-03-12T10:00:30.5+09:00', '2025-03-12T01:00:30.500Z'],
    ['2025-03-12 10:00:00 +0900', '2025-03-12T01:00:00.000Z'],
    ['2025-03-12T10:00:00Z', '2025-03-12T10:00:00.000Z'],
    ['2025/3/12', '2025-03-12T00:00:00.000Z'],
    ['２０２５年３月１２日', '2025-03-12T00:00:00.000Z'],
    ['March 12, 2025', '2025-03-12T00:00:00.000Z'],
    [new Date('2025-03-12'), '2025-03-12T00:00:00.000Z'],
    [new Date('never'), undefined],
    ['2025-02-30', undefined],
    ['2025-03-12 25:00', undefined],
    ['3月12日', undefined],
    ['yesterday', undefined],
    [20250312, undefined],
    [true, undefined],
  ]
  for (const [value, date] of cases) it(`reads ${String(value)} as ${date}`, () => expect(iso(statedDate(value))).toBe(date))
})

describe('dateInPath', () => {
  const cases: readonly [path: string, date: string | undefined][] = [
    ['2025-03-12-slug.md', '2025-03-12T00:00:00.000Z'],
    ['posts/2025-03-12.md', '2025-03-12T00:00:00.000Z'],
    ['posts/2025-03-12-slug/index.md', '2025-03-12T00:00:00.000Z'],
    ['posts/slug.md', undefined],
    ['2025-13-12-slug.md', undefined],
    ['2025-03-123.md', undefined],
  ]
  for (const [path, date] of cases) it(`finds ${date ?? 'none'} in ${path}`, () => expect(iso(dateInPath(path))).toBe(date))
})
