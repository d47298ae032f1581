import { describe, expect, it } from 'vitest'
import { namedPerson } from '../../src/parse/persons.ts'

const cases: readonly [text: string, name: string | undefined, email: string | undefined][] = [
  ['Ann Onymous', 'Ann Onymous', undefined],
  ['ann@example.org (Ann Onymous)', 'Ann Onymous', 'ann@example.org'],
  ['Ann Onymous (ann@example.org)', 'Ann Onymous', 'ann@example.org'],
  ['Ann Onymous <ann+feeds@example.org>', 'Ann Onymous', 'ann+feeds@example.org'],
  ['"Onymous, Ann" <ann@example.org>', 'Onymous, Ann', 'ann@example.org'],
  ['mailto:ann@example.org', 'ann@example.org', 'ann@example.org'],
  ['ann@example.org', 'ann@example.org', 'ann@example.org'],
  ['noreply@blogger.com (訳者)', '訳者', 'noreply@blogger.com'],
  ['Ann\n  &amp; Bo', 'Ann & Bo', undefined],
  ['', undefined, undefined],
]

describe('namedPerson', () => {
  for (const [text, name, email] of cases)
    it(`reads "${text}"`, () => {
      const person = namedPerson(text)
      expect([person?.name, person?.email]).toEqual([name, email])
    })
})
