import type { Candidate, Evidence, Match, Tier } from '../domain/match.ts'

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
    case 'author-named':
      return `the post names its author (${evidence.author})`
    case 'lag':
      return `the post appeared ${evidence.days.toFixed(1)} days after the article`
    case 'too-long':
      return `the post is ${evidence.times} times as long as a translation of this article usually is: it says more than the article`
    case 'two-originals':
      return `but it says much of another article that this one does not say: ${evidence.other}`
    case 'shared-numbers':
      return `both have the numbers ${evidence.values.join(', ')} (weight ${evidence.weight.toFixed(1)})`
    case 'shared-latin-words':
      return `both have ${evidence.values.join(', ')} (weight ${evidence.weight.toFixed(1)})`
    case 'katakana-names':
      return `names sound alike: ${pairs(evidence.pairs)} (weight ${evidence.weight.toFixed(1)})`
    case 'rendered-words':
      return `the post says what the article says: ${pairs(evidence.pairs)} (weight ${evidence.weight.toFixed(1)})`
    case 'share-covered':
      return evidence.isPart
        ? `but it says only ${percent(evidence.share)} of what the article says: a commentary, or a part`
        : `it says ${percent(evidence.share)} of what the article says`
    case 'missing-numbers':
      return `but it lacks numbers of the title: ${evidence.values.join(', ')}`
    case 'country-names':
      return `the same countries: ${pairs(evidence.pairs)} (weight ${evidence.weight.toFixed(1)})`
    case 'ambiguous':
      return `but other articles are cited in the same way: ${evidence.between.join(', ')}`
  }
}

/** What was decided and on which kind of evidence, on one line: `proposed: the texts are alike (score 0.77)`. */
export function describeVerdict({ state, tier, score, decidedBy }: Match): string {
  return `${state}: ${decidedBy === 'operator' ? 'the operator says so' : TIER_CLAUSES[tier]} (score ${score.toFixed(2)})`
}

/** A candidate on one line. */
export function describeCandidate({ original, tier, score }: Candidate): string {
  return `${original.title ?? original.url ?? original.entry ?? '?'} — ${TIER_CLAUSES[tier]} (score ${score.toFixed(2)})`
}

const TIER_CLAUSES: Readonly<Record<Tier, string>> = {
  1: 'the post states it',
  2: 'its address is in the post',
  3: 'its title or byline is in the post',
  4: 'the texts are alike',
}

/** One name may be listed under several codes of a country. */
function pairs(list: readonly (readonly [string, string])[]): string {
  return [...new Set(list.map(([japanese, english]) => `${japanese} = ${english}`))].join(', ')
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
