import { describe, expect, it } from 'vitest'
import { describeCandidate, describeEvidence, describeVerdict } from '../../src/cli/describe-evidence.ts'
import type { EntryKey, OutletId } from '../../src/domain/identifiers.ts'
import type { Evidence, Match } from '../../src/domain/match.ts'

const cases: readonly [evidence: Evidence, text: string][] = [
  [{ kind: 'operator-pair', where: 'pairs.csv:2', url: 'https://a.example/1' }, 'pairs.csv:2 pairs it with https://a.example/1'],
  [
    { kind: 'stated-original', where: 'front matter "original_url"', url: 'https://a.example/1' },
    'front matter "original_url" states https://a.example/1',
  ],
  [{ kind: 'stated-original', where: 'front matter', title: 'On War' }, 'front matter states the title "On War"'],
  [
    { kind: 'cited-address', url: 'https://a.example/1', as: 'link', isCredit: true },
    'the body links to https://a.example/1 on a line of its own, as a credit',
  ],
  [{ kind: 'cited-address', url: 'https://a.example/1', as: 'text', isCredit: false }, 'the body writes out https://a.example/1'],
  [{ kind: 'english-title', line: 'On War', similarity: 1 }, 'a line of the body is the article\'s title: "On War"'],
  [
    { kind: 'english-title', line: 'On War', similarity: 0.876 },
    'a line of the body is nearly the article\'s title (88 % alike): "On War"',
  ],
  [
    { kind: 'author-and-date', author: 'Jane Doe', date: Date.parse('2025-03-10') },
    'a line of the body names its author and day: Jane Doe, 2025-03-10',
  ],
  [{ kind: 'outlet-named', outlet: 'tni' as OutletId }, 'the post names the outlet (tni)'],
  [{ kind: 'lag', days: 1.25 }, 'the post appeared 1.3 days after the article'],
  [{ kind: 'shared-numbers', values: ['35', '3500'], weight: 4 }, 'both have the numbers 35, 3500 (weight 4.0)'],
  [{ kind: 'shared-latin-words', values: ['nato'], weight: 2.04 }, 'both have nato (weight 2.0)'],
  [{ kind: 'katakana-names', pairs: [['トランプ', 'Trump']], weight: 1 }, 'names sound alike: トランプ = Trump (weight 1.0)'],
  [{ kind: 'country-names', pairs: [['台湾', 'Taiwan']], weight: 1 }, 'the same countries: 台湾 = Taiwan (weight 1.0)'],
]

describe('describeEvidence', () => {
  for (const [evidence, text] of cases) it(`puts ${evidence.kind} into words`, () => expect(describeEvidence(evidence)).toBe(text))

  it('names a pair once, under however many codes the country is listed', () => {
    const pairs = [
      ['フランス', 'France'],
      ['フランス', 'France'],
      ['韓国', 'South Korea'],
    ] as const
    expect(describeEvidence({ kind: 'country-names', pairs, weight: 1.5 })).toBe(
      'the same countries: フランス = France, 韓国 = South Korea (weight 1.5)',
    )
  })

  it('names what an ambiguous citation lies between', () => {
    expect(describeEvidence({ kind: 'ambiguous', between: ['https://a.example/1', 'https://a.example/2'] })).toMatch(
      /a\.example\/1.+a\.example\/2/,
    )
  })
})

const nothing = { entry: null, outlet: null, url: null, address: null, title: null }

describe('describeVerdict', () => {
  const verdicts: readonly [verdict: Partial<Match>, text: string][] = [
    [{ state: 'proposed', tier: 4, score: 0.774 }, 'proposed: the texts are alike (score 0.77)'],
    [{ state: 'accepted', tier: 3, score: 0.986 }, 'accepted: its title or byline is in the post (score 0.99)'],
    [{ state: 'accepted', tier: 2 }, 'accepted: its address is in the post (score 1.00)'],
    [{ state: 'accepted', tier: 1 }, 'accepted: the post states it (score 1.00)'],
    [{ state: 'accepted', tier: 1, decidedBy: 'operator' }, 'accepted: the operator says so (score 1.00)'],
  ]
  const anyMatch = { post: '' as EntryKey, decidedBy: 'machine', original: nothing, score: 1, evidence: [], runnersUp: [] } as const
  for (const [verdict, text] of verdicts)
    it(`says "${text}"`, () => expect(describeVerdict({ ...anyMatch, state: 'accepted', tier: 1, ...verdict })).toBe(text))
})

describe('describeCandidate', () => {
  it('gives the best name there is, the kind of evidence and the score', () => {
    const line = (original: Partial<typeof nothing> | { title: string } | { url: string }) =>
      describeCandidate({ original: { ...nothing, ...original }, tier: 3, score: 0.876, evidence: [] })
    expect([line({ title: 'On War' }), line({ url: 'https://a.example/1' }), line({})]).toEqual(
      ['On War', 'https://a.example/1', '?'].map(name => `${name} — its title or byline is in the post (score 0.88)`),
    )
  })
})
