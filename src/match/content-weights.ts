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
    none: 2.441,
    titleFor: 0.049,
    titleAgainst: -0.067,
    titleShare: 1.514,
    leadFor: 0,
    leadAgainst: 0,
    leadShare: 0,
    bodyFor: 0,
    bodyAgainst: 0,
    bodyShare: 0,
    headlineFor: 0.28,
    headlineAgainst: 0.508,
    headlineShare: 1.822,
    factsFor: 0.066,
    factsAgainst: 0.464,
    namesFor: 0.146,
    namesAgainst: -0.198,
    headlineBack: 1.7,
    headlineMissing: -0.633,
    openingBack: 0.583,
    openingMissing: -0.106,
  },
  summary: {
    none: 1.645,
    titleFor: 0.067,
    titleAgainst: -0.291,
    titleShare: 1.25,
    leadFor: 0.228,
    leadAgainst: 0.546,
    leadShare: 0.917,
    bodyFor: 0,
    bodyAgainst: 0,
    bodyShare: 0,
    headlineFor: 0.15,
    headlineAgainst: 0.445,
    headlineShare: 0.866,
    factsFor: 0.283,
    factsAgainst: 1.121,
    namesFor: 0.037,
    namesAgainst: 0.164,
    headlineBack: 1.123,
    headlineMissing: -0.577,
    openingBack: 1.162,
    openingMissing: -0.166,
  },
  full: {
    none: 0.136,
    titleFor: 0.07,
    titleAgainst: 0.111,
    titleShare: 0.03,
    leadFor: 0.253,
    leadAgainst: 0.517,
    leadShare: 0.027,
    bodyFor: 0.379,
    bodyAgainst: 0.356,
    bodyShare: 0.026,
    headlineFor: -0.156,
    headlineAgainst: 0.099,
    headlineShare: 0.005,
    factsFor: 0.512,
    factsAgainst: 0.546,
    namesFor: 0.056,
    namesAgainst: -0.077,
    headlineBack: -0.022,
    headlineMissing: -0.1,
    openingBack: 0.036,
    openingMissing: -0.951,
  },
}

/** Scores and margins count up to here: beyond, nothing was measured. */
export const MOST_NATS = 12

/**
 * What makes a probability of the score over none and the margin over the second best, both in nats: logistic regression
 * on the held-out folds.
 */
export const CALIBRATION: Readonly<Record<ArticleKind, { readonly offset: number; readonly score: number; readonly margin: number }>> = {
  title: { offset: -1.087, score: 0.262, margin: 0.431 },
  summary: { offset: -1.83, score: 0.163, margin: 0.552 },
  full: { offset: -3.664, score: 0.671, margin: 0.302 },
}
