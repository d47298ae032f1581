import type { Feature } from './content-index.ts'

/** How much of an article there is to compare with. */
export type ArticleKind = 'title' | 'summary' | 'full'

/**
 * What each feature counts, in nats; `none` is what an article has to beat. Fitted by `test/bench/fit-matching.ts` on the
 * development data: listwise logistic regression (which candidate, or none), 123 posts, half of them without counterpart
 * in turn, checked by cross-validation over documents.
 */
export const CONTENT_WEIGHTS: Readonly<Record<ArticleKind, Readonly<Record<Feature | 'none', number>>>> = {
  title: {
    none: 2.08,
    titleFor: 0.21,
    titleAgainst: -0.255,
    titleShare: 0.962,
    leadFor: 0,
    leadAgainst: 0,
    leadShare: 0,
    bodyFor: 0,
    bodyAgainst: 0,
    bodyShare: 0,
    headlineFor: 0.245,
    headlineAgainst: 1.188,
    headlineShare: 1.348,
    factsFor: 0.251,
    factsAgainst: 0.144,
    namesFor: 0.319,
    namesAgainst: -0.558,
    headlineBack: 1.516,
    headlineMissing: -0.756,
    openingBack: 0.365,
    openingMissing: -0.1,
  },
  summary: {
    none: 1.422,
    titleFor: 0.17,
    titleAgainst: -0.25,
    titleShare: 0.665,
    leadFor: 0.302,
    leadAgainst: 0.576,
    leadShare: 0.437,
    bodyFor: 0,
    bodyAgainst: 0,
    bodyShare: 0,
    headlineFor: 0.181,
    headlineAgainst: 0.592,
    headlineShare: 0.767,
    factsFor: 0.55,
    factsAgainst: 1.299,
    namesFor: 0.142,
    namesAgainst: 0.122,
    headlineBack: 0.926,
    headlineMissing: -0.616,
    openingBack: 0.886,
    openingMissing: -0.138,
  },
  full: {
    none: 0.16,
    titleFor: 0.022,
    titleAgainst: 0.089,
    titleShare: -0.032,
    leadFor: 0.258,
    leadAgainst: 0.377,
    leadShare: -0.028,
    bodyFor: 0.451,
    bodyAgainst: 0.493,
    bodyShare: -0.004,
    headlineFor: -0.076,
    headlineAgainst: 0.157,
    headlineShare: -0.036,
    factsFor: 0.479,
    factsAgainst: 0.35,
    namesFor: 0.062,
    namesAgainst: -0.058,
    headlineBack: -0.072,
    headlineMissing: 0.05,
    openingBack: 0.007,
    openingMissing: -0.98,
  },
}

/** Scores and margins count up to here: beyond, nothing was measured. */
export const MOST_NATS = 12

/**
 * What makes a probability of the score over none and the margin over the second best, both in nats: logistic regression
 * on the held-out folds.
 */
export const CALIBRATION: Readonly<Record<ArticleKind, { readonly offset: number; readonly score: number; readonly margin: number }>> = {
  title: { offset: -1.121, score: 0.304, margin: 0.419 },
  summary: { offset: -1.686, score: 0.247, margin: 0.49 },
  full: { offset: -3.312, score: 0.93, margin: 0.221 },
}
