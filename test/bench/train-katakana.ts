// Trains the model of katakana and English letters on the lexicon's own pairs, and writes it beside the lexicon.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { foldJapanese } from '../../src/match/japanese-text.ts'
import { romajiOf } from '../../src/match/katakana.ts'
import { moraeOf, UNSEEN_COST } from '../../src/match/katakana-english.ts'
import { readEntries } from '../../src/match/lexicon.ts'

const FOLDER = new URL('../../src/match/lexicon/', import.meta.url)
const ROUNDS = 10
const LONGEST = 4
// An alignment that is dearer than this a mora is no transliteration but a translation.
const MOST_COST = 3.2

type Pair = readonly [morae: readonly string[], letters: string]
type Costs = Map<string, Map<string, number>>

const pairs = readdirSync(FOLDER)
  .filter(name => name.endsWith('.tsv') && name !== 'katakana.tsv' && name !== 'background.tsv')
  .flatMap(name => readEntries(readFileSync(new URL(name, FOLDER), 'utf8')))
  .flatMap(({ english, japanese }) => japanese.flatMap(rendering => pairsOf(english, rendering)))

// Closer to how English spells them than regular romaji is.
const SPELT: Readonly<Record<string, string>> = { シ: 'shi', チ: 'chi', ツ: 'tsu', ッ: 't', ャ: 'a', ュ: 'u', ョ: 'o' }

let costs: Costs | undefined
for (let round = 0; round < ROUNDS; round++) {
  const counts = new Map<string, Map<string, number>>()
  let used = 0
  for (const [morae, letters] of pairs) {
    const path = bestPath(morae, letters, costs)
    if (path === undefined || (costs !== undefined && path.cost / morae.length > MOST_COST)) continue
    used++
    for (const [mora, part] of path.steps) {
      const known = counts.get(mora) ?? new Map<string, number>()
      counts.set(mora, known.set(part, (known.get(part) ?? 0) + 1))
    }
  }
  costs = costsOf(counts)
  console.log(`round ${round + 1}: ${used} of ${pairs.length} pairs`)
}
const lines = [...(costs ?? [])].flatMap(([mora, parts]) => [...parts].map(([part, cost]) => `${mora}\t${part}\t${cost.toFixed(2)}`))
writeFileSync(
  new URL('katakana.tsv', FOLDER),
  `# Letters behind each mora, with their cost in nats; made by test/bench/train-katakana.ts from the lexicon\n${lines.toSorted().join('\n')}\n`,
)

function pairsOf(english: string, rendering: string): readonly Pair[] {
  const parts = rendering.normalize('NFKC').split(/[・=＝]/)
  const words = english.toLowerCase().split(' ')
  if (!/^[ァ-ヺー・=＝]+$/.test(rendering) || parts.length !== words.length) return []
  return words.flatMap((word, index): readonly Pair[] => {
    const morae = moraeOf(foldJapanese(parts[index] ?? ''))
    return /^[a-z]{2,}$/.test(word) && morae.length > 1 && word.length <= morae.length * LONGEST ? [[morae, word]] : []
  })
}

function bestPath(morae: readonly string[], letters: string, known: Costs | undefined) {
  const best: { cost: number; from: number }[][] = [[{ cost: 0, from: 0 }]]
  morae.forEach((mora, index) => {
    const row: { cost: number; from: number }[] = []
    best[index]?.forEach(({ cost }, at) => {
      for (let end = at; end <= Math.min(letters.length, at + LONGEST); end++) {
        const part = letters.slice(at, end)
        const step = known === undefined ? guess(mora, part) : (known.get(mora)?.get(part) ?? UNSEEN_COST * Math.max(1, part.length))
        const total = cost + step
        if (total < (row[end]?.cost ?? Number.POSITIVE_INFINITY)) row[end] = { cost: total, from: at }
      }
    })
    best.push(row)
  })
  const last = best.at(-1)?.[letters.length]
  if (last === undefined) return undefined
  const steps: [string, string][] = []
  let end = letters.length
  for (let index = morae.length; index > 0; index--) {
    const from = best[index]?.[end]?.from ?? 0
    steps.push([morae[index - 1] ?? '', letters.slice(from, end)])
    end = from
  }
  return { cost: last.cost, steps }
}

/** Before anything is known: letters as in romaji, more or less. */
function guess(mora: string, part: string): number {
  const [kana = '', small] = mora
  const romaji = small === undefined ? lettersOf(kana) : lettersOf(kana).slice(0, 1) + lettersOf(small).slice(-1)
  const same = [...part].filter(letter => romaji.includes(alike(letter))).length
  return 1 + 2 * (Math.max(romaji.length, part.length) - same) + (part === '' ? 2 : 0)
}

function lettersOf(kana: string): string {
  return SPELT[kana] ?? romajiOf(kana)
}

function alike(letter: string): string {
  return ({ l: 'r', v: 'b', c: 'k', q: 'k', x: 's', j: 'z', f: 'h' } as Record<string, string>)[letter] ?? letter
}

function costsOf(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): Costs {
  const result: Costs = new Map()
  for (const [mora, parts] of counts) {
    const total = [...parts.values()].reduce((sum, count) => sum + count, 0)
    const kept = [...parts].filter(([, count]) => count >= 2 || total < 10)
    result.set(mora, new Map(kept.map(([part, count]) => [part, -Math.log((count + 0.1) / (total + 2))])))
  }
  return result
}
