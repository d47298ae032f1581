// What the linked half of a blog teaches about its other half, by title alone (condition a), over 30 ways to halve it.
//   node test/bench/learn-matching.ts
import { existsSync, readFileSync } from 'node:fs'
import type { Lesson } from '../../src/domain/lesson.ts'
import { articleUnits } from '../../src/match/article-units.ts'
import { type BackgroundRates, backgroundRates } from '../../src/match/background-rates.ts'
import { ContentIndex } from '../../src/match/content-index.ts'
import { weighed } from '../../src/match/content-model.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { learnedFrom, learnedReading } from '../../src/match/learned.ts'
import { lessonOf, pairCounts } from '../../src/match/lesson.ts'
import { coverageOf } from '../../src/match/post-coverage.ts'
import type { Reading } from '../../src/match/reading.ts'

const DATA = new URL('../../../shared/data/matching/', import.meta.url)
const [SEEDS, NULL_SHARE, POST_CHARACTERS, BODY_CHARACTERS] = [30, 0.3, 600, 6_000]
const PRECISIONS = [0.9, 0.93, 0.95, 0.97]

interface Document {
  readonly doc_id: string
  readonly en: { readonly title: string; readonly lead?: string; readonly body: string }
  readonly ja: { readonly title: string; readonly body: string }
}

interface Outcome {
  readonly hasOriginal: boolean
  readonly isRight: boolean
  readonly probability: number
}

if (existsSync(DATA)) measure()
else console.log('skipped: the shared matching data is not there')

function measure(): void {
  const [documents, pool] = [read('dev.jsonl'), read('pool_dev.jsonl')]
  const { lexicon, readings, isKnowable, hear } = languageKnowledge()
  for (const { en } of [...documents, ...pool]) hear(`${en.title}\n${en.body}`)
  const lessons = new Map(documents.map(document => [document.doc_id, lessonIn(document)] as const))
  const lessonsOf = (some: readonly Document[]) => some.flatMap(({ doc_id }) => lessons.get(doc_id) ?? [])
  const units = [...documents, ...pool].map(({ doc_id, en }) => ({ id: doc_id, units: articleUnits({ title: en.title }, lexicon, 0) }))
  const [before, after]: [number[][], number[][]] = [[], []]
  let words = 0
  for (let seed = 0; seed < SEEDS; seed++) {
    const linked = documents.filter(({ doc_id }) => hash(`half${seed}${doc_id}`) < 0.5)
    const others = documents.filter(document => !linked.includes(document))
    const learned = learnedFrom(lessonsOf(linked))
    const taught = new Set(learned.associations.map(({ english }) => english))
    words += learned.associations.length / SEEDS
    // What ships is counted over other posts than those it is tried on: here, over a quarter of the documents.
    const quarters = [0, 1].map(part => others.filter(({ doc_id }) => hash(`quarter${seed}${doc_id}`) < 0.5 === (part === 0)))
    const outcomes = quarters.map((tested, part) => {
      const shipped = pairCounts(lessonsOf(quarters[1 - part] ?? []))
      const usual = new Map(
        [...shipped.said].filter(([, count]) => count >= 1.5).map(([key, count]) => [key, count / shipped.pairs] as const),
      )
      return [
        outcomesOf(tested, seed, readings, isKnowable, backgroundRates(usual, shipped)),
        outcomesOf(
          tested,
          seed,
          [...readings, learnedReading(learned.associations)],
          key => isKnowable(key) || taught.has(key),
          backgroundRates(usual, shipped, learned.counts),
        ),
      ] as const
    })
    before.push(figuresOf(outcomes.flatMap(([without]) => without)))
    after.push(figuresOf(outcomes.flatMap(([, withLessons]) => withLessons)))
  }
  console.log(`half of the pairs linked, the other half by title alone; mean of ${SEEDS} halvings; ${words.toFixed(1)} words learnt each`)
  console.log(`  without lessons: ${shown(before)}`)
  console.log(`  with lessons:    ${shown(after)}`)

  function lessonIn({ en, ja }: Document): Lesson {
    const post = postOf(ja)
    const article = articleUnits({ title: en.title, summary: en.lead ?? '', body: en.body }, lexicon, BODY_CHARACTERS)
    return lessonOf({ ...post, lag: 1 }, coverageOf(post, readings), article, lexicon)
  }

  function outcomesOf(
    tested: readonly Document[],
    seed: number,
    ways: readonly Reading[],
    canKnow: (key: string) => boolean,
    rates: BackgroundRates,
  ): readonly Outcome[] {
    const hasNone = new Set(tested.filter(({ doc_id }) => hash(`none${seed}${doc_id}`) < NULL_SHARE).map(({ doc_id }) => doc_id))
    const given = units.filter(({ id }) => !hasNone.has(id))
    const index = new ContentIndex(canKnow)
    for (const article of given) index.add(article.units)
    return tested.map(({ doc_id, ja }) => {
      const [best] = weighed(index.candidates(coverageOf(postOf(ja), ways), rates), () => 'title')
      const isRight = best !== undefined && given[best.article]?.id === doc_id
      return { hasOriginal: !hasNone.has(doc_id), isRight, probability: best?.probability ?? 0 }
    })
  }
}

function figuresOf(outcomes: readonly Outcome[]): number[] {
  const positives = outcomes.filter(({ hasOriginal }) => hasOriginal).length
  const sorted = outcomes.toSorted((a, b) => b.probability - a.probability)
  const recallAt = (precision: number) => {
    let [right, best] = [0, 0]
    sorted.forEach(({ isRight }, at) => {
      if (isRight) right++
      if (right / (at + 1) >= precision) best = right
    })
    return best / positives
  }
  return [outcomes.filter(({ isRight }) => isRight).length / positives, ...PRECISIONS.map(recallAt)]
}

function shown(rows: readonly number[][]): string {
  const mean = (column: number) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length
  return ['R@1', ...PRECISIONS.map(precision => `recall at precision ${precision}`)]
    .map((name, column) => `${name} ${mean(column).toFixed(3)}`)
    .join(', ')
}

function postOf({ title, body }: Document['ja']) {
  return { title, body: [...body].slice(0, POST_CHARACTERS).join('') }
}

function read(name: string): readonly Document[] {
  const lines = readFileSync(new URL(name, DATA), 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line) as Document)
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
