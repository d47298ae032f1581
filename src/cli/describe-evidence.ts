import type { Candidate, Evidence } from '../domain/match.ts'

/** One reason, as a clause for people. */
export function describeEvidence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'operator-pair':
      return `${evidence.where} pairs it with ${evidence.url}`
    case 'stated-original':
      return `${evidence.where} states ${evidence.url ?? `the title "${evidence.title ?? ''}"`}`
    case 'cited-address': {
      const how = evidence.as === 'link' ? 'links to' : 'writes out'
      return `the body ${how} ${evidence.url}${evidence.isCredit ? ' on a line of its own, as a credit' : ''}`
    }
    case 'english-title':
      return evidence.similarity === 1
        ? `a line of the body is the article's title: "${evidence.line}"`
        : `a line of the body is nearly the article's title (${percent(evidence.similarity)} alike): "${evidence.line}"`
    case 'author-and-date':
      return `a line of the body names its author and day: ${evidence.author}, ${new Date(evidence.date).toISOString().slice(0, 10)}`
    case 'outlet-named':
      return `the post names the outlet (${evidence.outlet})`
    case 'lag':
      return `the post appeared ${evidence.days.toFixed(1)} days after the article`
    case 'shared-numbers':
      return `both have the numbers ${evidence.values.join(', ')} (weight ${evidence.weight.toFixed(1)})`
    case 'shared-latin-words':
      return `both have ${evidence.values.join(', ')} (weight ${evidence.weight.toFixed(1)})`
    case 'katakana-names':
      return `names sound alike: ${pairs(evidence.pairs)} (weight ${evidence.weight.toFixed(1)})`
    case 'country-names':
      return `the same countries: ${pairs(evidence.pairs)} (weight ${evidence.weight.toFixed(1)})`
    case 'ambiguous':
      return `but other articles are cited in the same way: ${evidence.between.join(', ')}`
  }
}

/** What each tier of evidence is called. */
export const TIER_NAMES = { 1: "the operator's word", 2: 'a cited address', 3: 'a title or byline', 4: 'likeness of the texts' } as const

/** A candidate on one line. */
export function describeCandidate({ original, tier, score }: Candidate): string {
  return `${original.title ?? original.url ?? original.entry ?? '?'} — ${TIER_NAMES[tier]}, score ${score.toFixed(2)}`
}

function pairs(list: readonly (readonly [string, string])[]): string {
  return list.map(([japanese, english]) => `${japanese} = ${english}`).join(', ')
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
