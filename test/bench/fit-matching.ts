// Fits the weights of the matcher on the development data, by cross-validation over documents, and prints them.
//   node test/bench/fit-matching.ts [--folds 5] [--seeds 5]
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { articleUnits } from '../../src/match/article-units.ts'
import { type BackgroundRates, backgroundRates, type PairCounts } from '../../src/match/background-rates.ts'
import { ContentIndex, FEATURES } from '../../src/match/content-index.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { lessonOf, pairCounts } from '../../src/match/lesson.ts'
import { coverageOf } from '../../src/match/post-coverage.ts'
import { LEXICON_FOLDER } from '../../src/match/shipped-lexicon.ts'

const DATA = new URL('../../../shared/data/matching/', import.meta.url)
const KINDS = { a: 'title', b: 'summary', c: 'full' } as const
const [FOLDS, SEEDS, NULL_SHARE] = [5, 4, 0.3]
const POST_CHARACTERS = 600
const MOST_NATS = 12

interface Document {
  readonly doc_id: string
  readonly en: { readonly title: string; readonly lead?: string; readonly body: string }
  readonly ja: { readonly title: string; readonly body: string }
}

/** One post with the candidates it was offered; `gold` is the right one, or -1. */
interface Case {
  readonly doc: string
  readonly vectors: readonly Float64Array[]
  readonly gold: number
  readonly found: boolean
}

const { evaluate, makeArticle } = await import(new URL('eval.mjs', DATA).href)
void evaluate
const read = (name: string): Document[] =>
  readFileSync(new URL(name, DATA), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Document)

function main(): void {
  const docs = read('dev.jsonl')
  const pool = read('pool_dev.jsonl')
  // What a document is scored with was counted without the documents of its own fold.
  const rates = Array.from({ length: FOLDS }, (_, fold) => {
    const counts = countsOf(docs.filter(({ doc_id }) => foldOf(doc_id) !== fold))
    return backgroundRates(ratesIn(counts), counts)
  })
  writeCounts(countsOf(docs))
  const rows: string[] = []
  const calibrations: string[] = []
  for (const kind of ['a', 'b', 'c'] as const) {
    const cases: Case[] = []
    for (let seed = 0; seed < SEEDS; seed++) cases.push(...casesOf(kind, docs, pool, seed, rates))
    const folds = Array.from({ length: FOLDS }, (_, fold) => fold)
    const results = folds.map(fold => {
      const weights = fitted(cases.filter(({ doc }) => foldOf(doc) !== fold))
      return cases.filter(({ doc }) => foldOf(doc) === fold).map(item => outcome(item, weights))
    })
    const calibration = calibrated(results.flat())
    report(kind, results.flat(), calibration)
    const [offset, score, margin] = calibration.map(value => Number(value.toFixed(3)))
    calibrations.push(`  ${KINDS[kind]}: { offset: ${offset}, score: ${score}, margin: ${margin} },`)
    const weights = fitted(cases)
    rows.push(
      `  ${KINDS[kind]}: { ${['none', ...FEATURES].map((name, index) => `${name}: ${Number(weights[index]?.toFixed(3))}`).join(', ')} },`,
    )
  }
  const file = new URL('../../src/match/content-weights.ts', import.meta.url)
  writeFileSync(file, `${HEAD}${rows.join('\n')}\n}\n${CALIBRATION}${calibrations.join('\n')}\n}\n`)
}

const CALIBRATION = `
/** Scores and margins count up to here: beyond, nothing was measured. */
export const MOST_NATS = ${MOST_NATS}

/**
 * What makes a probability of the score over none and the margin over the second best, both in nats: logistic regression
 * on the held-out folds.
 */
export const CALIBRATION: Readonly<Record<ArticleKind, { readonly offset: number; readonly score: number; readonly margin: number }>> = {
`

const HEAD = `import type { Feature } from './content-index.ts'

/** How much of an article there is to compare with. */
export type ArticleKind = 'title' | 'summary' | 'full'

/**
 * What each feature counts, in nats; \`none\` is what an article has to beat. Fitted by \`test/bench/fit-matching.ts\` on the
 * development data: listwise logistic regression (which candidate, or none), 123 posts, half of them without counterpart
 * in turn, checked by cross-validation over documents.
 */
export const CONTENT_WEIGHTS: Readonly<Record<ArticleKind, Readonly<Record<Feature | 'none', number>>>> = {
`

/** What is counted over the pairs of documents, as an operator's own pairs are. */
function countsOf(docs: readonly Document[]): PairCounts {
  const { lexicon, readings, hear } = languageKnowledge()
  for (const { en } of docs) hear(`${en.title}\n${en.body}`)
  return pairCounts(
    docs.map(({ en, ja }) => {
      const post = { title: ja.title, body: ja.body.slice(0, POST_CHARACTERS) }
      return lessonOf(
        { ...post, lag: 1 },
        coverageOf(post, readings),
        articleUnits({ title: en.title, summary: en.lead ?? '', body: en.body }, lexicon, 6_000),
        lexicon,
      )
    }),
  )
}

function ratesIn({ pairs, said }: PairCounts): ReadonlyMap<string, number> {
  return new Map([...said].filter(([, count]) => count >= 1.5).map(([key, count]) => [key, Number((count / pairs).toFixed(3))] as const))
}

function writeCounts(counts: PairCounts): void {
  const made = 'made by test/bench/fit-matching.ts'
  const rates = [...ratesIn(counts)].map(([key, rate]) => `${key}\t${rate.toFixed(3)}`)
  const covered = [...counts.inOriginals]
    .filter(([, seen]) => seen >= 2)
    .map(([key, seen]) => `${key}\t${seen}\t${(counts.covered.get(key) ?? 0).toFixed(1)}`)
  for (const [name, lines, head] of [
    ['background.tsv', rates, `# How often posts of the development data say something, whatever they translate; ${made}`],
    [
      'coverage.tsv',
      covered,
      `# Originals of the development data that say something, and how many translations were seen to say it; ${made}`,
    ],
  ] as const)
    writeFileSync(new URL(name, LEXICON_FOLDER), `${head}\n${lines.toSorted().join('\n')}\n`)
}

function casesOf(
  kind: string,
  docs: readonly Document[],
  pool: readonly Document[],
  seed: number,
  rates: readonly BackgroundRates[],
): Case[] {
  const isNull = (doc: Document) => hash(`fit${seed}${doc.doc_id}`) < NULL_SHARE
  const kept = docs.filter(doc => !isNull(doc))
  const articles = [...kept, ...pool].map(doc => makeArticle(doc, kind)) as { id: string; title: string; summary?: string; body?: string }[]
  const { lexicon, readings, isKnowable, hear } = languageKnowledge()
  for (const { title, summary = '', body = '' } of articles) hear([title, summary, body].join('\n'))
  const index = new ContentIndex(isKnowable)
  for (const article of articles) index.add(articleUnits(article, lexicon, 6_000))
  const coverages = docs.map(({ ja }) => coverageOf({ title: ja.title, body: [...ja.body].slice(0, 600).join('') }, readings))
  return docs.map((doc, at) => {
    const coverage = coverages[at]
    const known = rates[foldOf(doc.doc_id)]
    const candidates = coverage === undefined || known === undefined ? [] : index.candidates(coverage, known)
    const gold = candidates.findIndex(({ article }) => articles[article]?.id === doc.doc_id)
    return { doc: doc.doc_id, vectors: candidates.map(({ features }) => vectorOf(features)), gold, found: gold >= 0 || isNull(doc) }
  })
}

function vectorOf(features: Readonly<Record<string, number>>): Float64Array {
  return Float64Array.from(FEATURES.map(name => features[name] ?? 0))
}

/** Listwise logistic regression: which candidate, or none; the first weight is that of none. */
function fitted(cases: readonly Case[]): Float64Array {
  const size = FEATURES.length + 1
  const weights = new Float64Array(size)
  FEATURES.forEach((name, index) => {
    weights[index + 1] = name.endsWith('Share') ? 1 : 0.3
  })
  weights[0] = 4
  const squares = new Float64Array(size)
  for (let round = 0; round < 400; round++) {
    const gradient = new Float64Array(size)
    for (const { vectors, gold } of cases) {
      const [none, ...rest] = probabilities(vectors, weights)
      gradient[0] = (gradient[0] ?? 0) + (gold < 0 ? 1 : 0) - (none ?? 0)
      rest.forEach((probability, index) => {
        const error = (index === gold ? 1 : 0) - probability
        const vector = vectors[index]
        if (vector !== undefined && Math.abs(error) > 1e-6)
          for (let at = 0; at < vector.length; at++) gradient[at + 1] = (gradient[at + 1] ?? 0) + error * (vector[at] ?? 0)
      })
    }
    for (let at = 0; at < size; at++) {
      // A little of every weight is taken away, so that none grows on a handful of documents.
      const slope = (gradient[at] ?? 0) / cases.length - 0.002 * (weights[at] ?? 0)
      squares[at] = 0.95 * (squares[at] ?? 0) + 0.05 * slope * slope
      weights[at] = (weights[at] ?? 0) + (0.03 * slope) / (Math.sqrt(squares[at] ?? 0) + 1e-4)
    }
  }
  return weights
}

function probabilities(vectors: readonly Float64Array[], weights: Float64Array): readonly number[] {
  const scores = [weights[0] ?? 0, ...vectors.map(vector => vector.reduce((sum, value, at) => sum + value * (weights[at + 1] ?? 0), 0))]
  const top = Math.max(...scores)
  const powers = scores.map(score => Math.exp(score - top))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map(power => power / sum)
}

interface Outcome {
  readonly hasGold: boolean
  readonly isFirst: boolean
  /** Of the best candidate, over none and over the second best; in nats, at most `MOST_NATS`. */
  readonly score: number
  readonly margin: number
}

function outcome({ vectors, gold, found }: Case, weights: Float64Array): Outcome {
  const scores = vectors.map(vector => vector.reduce((sum, value, at) => sum + value * (weights[at + 1] ?? 0), -(weights[0] ?? 0)))
  const best = scores.indexOf(Math.max(...scores))
  const [first = 0, second = -MOST_NATS] = scores.toSorted((x, y) => y - x)
  return { hasGold: gold >= 0 || !found, isFirst: gold >= 0 && best === gold, score: bounded(first), margin: bounded(first - second) }
}

/** Logistic regression of being right on score and margin: what makes a probability of them. */
function calibrated(outcomes: readonly Outcome[]): readonly [offset: number, score: number, margin: number] {
  let [offset, score, margin] = [-2, 0.3, 0.3]
  for (let round = 0; round < 4_000; round++) {
    let [a, b, c] = [0, 0, 0]
    for (const item of outcomes) {
      const error = (item.isFirst ? 1 : 0) - logistic(offset + score * item.score + margin * item.margin)
      a += error
      b += error * item.score
      c += error * item.margin
    }
    offset += (0.5 * a) / outcomes.length
    score += (0.02 * b) / outcomes.length - 1e-6 * score
    margin += (0.02 * c) / outcomes.length - 1e-6 * margin
  }
  return [offset, score, margin]
}

function bounded(nats: number): number {
  return Math.max(-MOST_NATS, Math.min(MOST_NATS, nats))
}

function logistic(nats: number): number {
  return 1 / (1 + Math.exp(-nats))
}

function report(kind: string, outcomes: readonly Outcome[], calibration: readonly [number, number, number]): void {
  const [offset, score, margin] = calibration
  const positives = outcomes.filter(({ hasGold }) => hasGold).length
  const first = outcomes.filter(({ isFirst }) => isFirst).length
  console.log(`condition ${kind}, held-out folds: R@1 ${(first / positives).toFixed(3)}`)
  const nulls = outcomes.filter(({ hasGold }) => !hasGold)
  for (const threshold of [0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99]) {
    const accepted = outcomes.filter(item => logistic(offset + score * item.score + margin * item.margin) >= threshold)
    const right = accepted.filter(({ isFirst }) => isFirst).length
    const falseNulls = accepted.filter(({ hasGold }) => !hasGold).length
    console.log(
      `  from ${threshold}: precision ${(right / accepted.length).toFixed(3)}, recall ${(right / positives).toFixed(3)}, false on none ${(falseNulls / nulls.length).toFixed(3)}`,
    )
  }
}

function foldOf(doc: string): number {
  return Math.floor(hash(`fold${doc}`) * FOLDS)
}

/** FNV-1a with a finish, in [0, 1). */
function hash(text: string): number {
  let h = 2166136261
  for (const character of text) {
    h ^= character.codePointAt(0) ?? 0
    h = Math.imul(h, 16777619)
  }
  h ^= h >>> 15
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  return (h >>> 0) / 4294967296
}

if (existsSync(DATA)) main()
else console.log('skipped: the shared matching data is not there')
