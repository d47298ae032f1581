/**
 * What the characters of English words become in katakana: for every mora the English letters behind it, with their cost
 * in nats. Trained on the lexicon's own names and loan words (`test/bench/train-katakana.ts`).
 */
export interface KatakanaModel {
  /** By mora, then by letters. */
  readonly costs: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** By mora, then by the consonants of letters: the least cost of letters with these consonants. */
  readonly consonantCosts: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** Letters that no mora was seen with cost this much each, and so does a mora without letters. */
export const UNSEEN_COST = 4.5
// The vowels are not those that the mora was seen with.
const OTHER_VOWELS = 1.5
const LONGEST_LETTERS = 4
const MORA = /[ァ-ヺ][ァィゥェォャュョヮ]?/g

/** Reads a model as training writes it: a mora, letters and a cost a line, tab between. */
export function readKatakanaModel(text: string): KatakanaModel {
  const costs = new Map<string, Map<string, number>>()
  for (const line of text.split('\n')) {
    const [mora = '', letters = '', cost = ''] = line.startsWith('#') ? [] : line.split('\t')
    if (mora === '') continue
    const known = costs.get(mora) ?? new Map<string, number>()
    costs.set(mora, known.set(letters, Number(cost)))
  }
  return { costs, consonantCosts: new Map([...costs].map(([mora, parts]) => [mora, leastByConsonants(parts)] as const)) }
}

function leastByConsonants(parts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const least = new Map<string, number>()
  for (const [letters, cost] of parts) {
    const consonants = consonantsOf(letters)
    least.set(consonants, Math.min(cost, least.get(consonants) ?? Number.POSITIVE_INFINITY))
  }
  return least
}

const KNOWN_CONSONANTS = new Map<string, string>()

/** Vowels, silent letters and doubled ones make no difference. */
function consonantsOf(letters: string): string {
  const known = KNOWN_CONSONANTS.get(letters)
  if (known !== undefined) return known
  const consonants = letters.replace(/[aeiouyhw]/g, '').replace(/(.)\1+/g, '$1')
  if (KNOWN_CONSONANTS.size < 500_000) KNOWN_CONSONANTS.set(letters, consonants)
  return consonants
}

/** The morae of a folded katakana word. */
export function moraeOf(katakana: string): readonly string[] {
  // Whether a vowel is long is written now one way, now the other.
  return katakana.replace(/ー/g, '').match(MORA) ?? []
}

/** What a model makes of every run of letters, worked out once: by mora, then by the number of the letters. */
export interface Ear {
  /** The costs of a mora for letters by their number; NaN where they are not worked out yet. */
  readonly costsOf: (mora: string) => Float32Array
  /** The numbers of the runs of up to four letters of a word: `LONGEST_LETTERS + 1` for each place, -1 beyond its end. */
  readonly runsOf: (english: string) => Int32Array
  readonly costOf: (mora: string, run: number) => number
}

const RUNS_PER_PLACE = LONGEST_LETTERS + 1

/** Numbers the runs of letters it meets, and keeps what they cost. */
export function earOf({ costs, consonantCosts }: KatakanaModel): Ear {
  const numbers = new Map<string, number>()
  const letters: string[] = []
  const tables = new Map<string, Float32Array>()
  const numberOf = (run: string): number => {
    const known = numbers.get(run)
    if (known !== undefined) return known
    numbers.set(run, letters.length)
    return letters.push(run) - 1
  }
  return {
    runsOf: english => {
      const runs = new Int32Array((english.length + 1) * RUNS_PER_PLACE).fill(-1)
      for (let at = 0; at <= english.length; at++)
        for (let length = 0; length <= Math.min(LONGEST_LETTERS, english.length - at); length++)
          runs[at * RUNS_PER_PLACE + length] = numberOf(english.slice(at, at + length))
      return runs
    },
    costsOf: mora => {
      const known = tables.get(mora)
      if (known !== undefined && known.length >= letters.length) return known
      const table = new Float32Array(2 * letters.length).fill(Number.NaN)
      if (known !== undefined) table.set(known)
      tables.set(mora, table)
      return table
    },
    costOf: (mora, run) => {
      const written = letters[run] ?? ''
      return costs.get(mora)?.get(written) ?? otherwise(consonantCosts.get(mora)?.get(consonantsOf(written)), written.length)
    },
  }
}

/**
 * How little a katakana word sounds like an English one: nats a mora. Below 1 they are hardly ever two words, above 2 hardly
 * ever one.
 *
 * @param morae of a word folded by `foldJapanese`
 * @param runs of letters a to z
 * @param most what costs more need not be worked out: it is given as infinite
 */
export function soundCost(morae: readonly string[], runs: Int32Array, ear: Ear, most = Number.MAX_VALUE): number {
  const budget = most * morae.length
  const places = runs.length / RUNS_PER_PLACE
  let row = new Float64Array(places).fill(Number.POSITIVE_INFINITY)
  let next = new Float64Array(places)
  row[0] = 0
  for (const mora of morae) {
    const table = ear.costsOf(mora)
    next.fill(Number.POSITIVE_INFINITY)
    let least = Number.POSITIVE_INFINITY
    for (let at = 0; at < places; at++) {
      const so = row[at] ?? Number.POSITIVE_INFINITY
      if (so > budget) continue
      for (let length = 0; length < RUNS_PER_PLACE; length++) {
        const run = runs[at * RUNS_PER_PLACE + length] ?? -1
        if (run < 0) break
        let step = table[run] ?? Number.NaN
        if (Number.isNaN(step)) {
          step = ear.costOf(mora, run)
          table[run] = step
        }
        const cost = so + step
        if (cost < (next[at + length] ?? 0)) next[at + length] = cost
        if (cost < least) least = cost
      }
    }
    if (least > budget) return Number.POSITIVE_INFINITY
    ;[row, next] = [next, row]
  }
  return (row[places - 1] ?? Number.POSITIVE_INFINITY) / Math.max(morae.length, 1)
}

function otherwise(consonantCost: number | undefined, letters: number): number {
  return Math.min(UNSEEN_COST * Math.max(1, letters), consonantCost === undefined ? Number.POSITIVE_INFINITY : consonantCost + OTHER_VOWELS)
}
