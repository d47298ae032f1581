import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean } from '../../src/config/did-you-mean.ts'

const KEYS = ['poll_every', 'timeout', 'hosts', 'name', 'id', 'any', 'all']

describe('didYouMean', () => {
  const guesses: readonly [name: string, word: string, guess: string | undefined][] = [
    ['a letter left out', 'pol_every', 'poll_every'],
    ['a letter too many', 'hostss', 'hosts'],
    ['a wrong letter', 'timeaut', 'timeout'],
    ['neighbours swapped', 'naem', 'name'],
    ['another case', 'Timeout', 'timeout'],
    ['camel case', 'pollEvery', 'poll_every'],
    ['the closest of several', 'anny', 'any'],
    ['nothing for a word that is far from all', 'colour', undefined],
    ['nothing for a short word that shares nothing', 'xy', undefined],
    ['nothing for an empty word', '', undefined],
  ]
  for (const [name, word, guess] of guesses) it(`knows ${name}`, () => expect(didYouMean(word, KEYS)).toBe(guess))

  it('gives nothing where there are no candidates', () => expect(didYouMean('name', [])).toBeUndefined())

  it('passes a huge word over without measuring it', () => {
    expect(
      didYouMean(
        'x'.repeat(5_000_000),
        Array.from({ length: 500 }, () => 'poll_every'),
      ),
    ).toBeUndefined()
  })

  it('finds a candidate behind any one slip', () => {
    fc.assert(
      fc.property(fc.constantFrom('poll_every', 'timeout', 'moved_hosts'), fc.nat(), fc.constantFrom('', 'z', 'zz'), (key, at, put) => {
        const index = at % key.length
        expect(didYouMean(key.slice(0, index) + put + key.slice(index + 1), ['poll_every', 'timeout', 'moved_hosts'])).toBe(key)
      }),
    )
  })
})
