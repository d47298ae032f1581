import type { Evidence } from '../domain/match.ts'
import type { Unit } from './article-units.ts'
import type { BackgroundRates } from './background-rates.ts'
import { type PostCoverage, renderingOf } from './post-coverage.ts'

const SHOWN = 12

/** The strongest reasons on either side, in words: what of an article a post says, and which numbers of its title are missing. */
export function contentEvidence(units: readonly Unit[], coverage: PostCoverage, rates: BackgroundRates): readonly Evidence[] {
  const met = units
    .flatMap(({ key, written }) => {
      const rendering = renderingOf(coverage, { key, written })
      return rendering === undefined ? [] : [{ key, written, rendering, weight: -Math.log(rates.rateOf(key)) * rendering.confidence }]
    })
    .sort((a, b) => b.weight - a.weight)
  const facts = met.filter(({ key }) => key.startsWith('#'))
  const words = met.filter(({ key }) => !key.startsWith('#')).slice(0, SHOWN)
  const missed = units
    .filter(({ key, field }) => field === 'title' && key.startsWith('#') && !coverage.known.has(key))
    .map(({ key }) => factText(key))
  const weight = (list: readonly { readonly weight: number }[]) => Math.round(list.reduce((sum, item) => sum + item.weight, 0) * 10) / 10
  const evidence: Evidence[] = []
  if (words.length > 0)
    evidence.push({
      kind: 'rendered-words',
      pairs: words.map(({ written, rendering }) => [rendering.japanese, written] as const),
      weight: weight(words),
    })
  if (facts.length > 0) evidence.push({ kind: 'shared-numbers', values: facts.map(({ key }) => factText(key)), weight: weight(facts) })
  if (missed.length > 0) evidence.push({ kind: 'missing-numbers', values: missed })
  return evidence
}

/** `#d3-11` is 3/11, `#p12.5` 12.5%. */
function factText(key: string): string {
  const text = key.slice(2)
  return key.startsWith('#d') ? text.replace('-', '/') : key.startsWith('#p') ? `${text}%` : text
}
