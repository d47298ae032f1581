import { FEATURES, type Features, type Scored } from './content-index.ts'
import { type ArticleKind, CALIBRATION, CONTENT_WEIGHTS, MOST_NATS } from './content-weights.ts'

/** A candidate with the probability that it is the original. */
export interface Weighed extends Scored {
  readonly probability: number
  /** In nats, over there being no original among the candidates. */
  readonly score: number
}

/**
 * Weighs the candidates of one post against each other and against there being no original among them, best first.
 *
 * @param besides what speaks for an article beside the texts, in nats
 */
export function weighed(
  candidates: readonly Scored[],
  kindOf: (article: number) => ArticleKind,
  besides: (article: number) => number = () => 0,
): readonly Weighed[] {
  const scored = candidates
    .map(candidate => ({ ...candidate, score: scoreOf(candidate.features, kindOf(candidate.article)) + besides(candidate.article) }))
    .sort((a, b) => b.score - a.score)
  const [first, second] = scored
  return scored.map(candidate => {
    const rival = candidate === first ? second : first
    return {
      ...candidate,
      probability: probabilityOf(candidate.score, candidate.score - (rival?.score ?? -MOST_NATS), kindOf(candidate.article)),
    }
  })
}

function scoreOf(features: Features, kind: ArticleKind): number {
  const weights = CONTENT_WEIGHTS[kind]
  return FEATURES.reduce((sum, feature) => sum + weights[feature] * features[feature], -weights.none)
}

function probabilityOf(score: number, margin: number, kind: ArticleKind): number {
  const calibration = CALIBRATION[kind]
  return 1 / (1 + Math.exp(-(calibration.offset + calibration.score * bounded(score) + calibration.margin * bounded(margin))))
}

function bounded(nats: number): number {
  return Math.max(-MOST_NATS, Math.min(MOST_NATS, nats))
}
