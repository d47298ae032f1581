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
    none: 2.415,
    titleFor: 0.054,
    titleAgainst: -0.08,
    titleShare: 1.559,
    leadFor: 0,
    leadAgainst: 0,
    leadShare: 0,
    bodyFor: 0,
    bodyAgainst: 0,
    bodyShare: 0,
    headlineFor: 0.27,
    headlineAgainst: 0.515,
    headlineShare: 1.836,
    factsFor: 0.071,
    factsAgainst: 0.428,
    namesFor: 0.143,
    namesAgainst: -0.177,
    headlineBack: 1.848,
    headlineMissing: -0.642,
    openingBack: 0.537,
    openingMissing: -0.112,
  },
  summary: {
    none: 1.642,
    titleFor: 0.079,
    titleAgainst: -0.303,
    titleShare: 1.162,
    leadFor: 0.226,
    leadAgainst: 0.546,
    leadShare: 0.892,
    bodyFor: 0,
    bodyAgainst: 0,
    bodyShare: 0,
    headlineFor: 0.144,
    headlineAgainst: 0.454,
    headlineShare: 0.813,
    factsFor: 0.281,
    factsAgainst: 1.088,
    namesFor: 0.039,
    namesAgainst: 0.159,
    headlineBack: 1.306,
    headlineMissing: -0.588,
    openingBack: 1.051,
    openingMissing: -0.168,
  },
  full: {
    none: 0.235,
    titleFor: 0.077,
    titleAgainst: 0.1,
    titleShare: 0.02,
    leadFor: 0.213,
    leadAgainst: 0.517,
    leadShare: 0.016,
    bodyFor: 0.379,
    bodyAgainst: 0.337,
    bodyShare: 0.014,
    headlineFor: -0.165,
    headlineAgainst: 0.094,
    headlineShare: -0.012,
    factsFor: 0.483,
    factsAgainst: 0.43,
    namesFor: 0.033,
    namesAgainst: -0.131,
    headlineBack: -0.033,
    headlineMissing: -0.009,
    openingBack: 0.026,
    openingMissing: -0.902,
  },
}

/** Scores and margins count up to here: beyond, nothing was measured. */
export const MOST_NATS = 12

/**
 * What makes a probability of the score over none and the margin over the second best, both in nats: logistic regression
 * on the held-out folds.
 */
export const CALIBRATION: Readonly<Record<ArticleKind, { readonly offset: number; readonly score: number; readonly margin: number }>> = {
  title: { offset: -1.069, score: 0.266, margin: 0.425 },
  summary: { offset: -1.571, score: 0.199, margin: 0.494 },
  full: { offset: -4.529, score: 0.658, margin: 0.354 },
}
