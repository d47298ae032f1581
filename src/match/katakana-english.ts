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

/**
 * How little a katakana word sounds like an English one: nats a mora. Below 1 they are hardly ever two words, above 2 hardly
 * ever one.
 *
 * @param katakana folded by `foldJapanese`
 * @param english letters a to z
 * @param most what costs more need not be worked out: it is given as infinite
 */
export function soundCost(katakana: string, english: string, { costs, consonantCosts }: KatakanaModel, most = Number.MAX_VALUE): number {
  const morae = moraeOf(katakana)
  const budget = most * morae.length
  let row = new Float64Array(english.length + 1).fill(Number.POSITIVE_INFINITY)
  row[0] = 0
  for (const mora of morae) {
    const known = costs.get(mora)
    const consonants = consonantCosts.get(mora)
    const next = new Float64Array(english.length + 1).fill(Number.POSITIVE_INFINITY)
    for (let at = 0; at <= english.length; at++) {
      const so = row[at] ?? Number.POSITIVE_INFINITY
      if (so > budget) continue
      for (let end = at; end <= Math.min(english.length, at + LONGEST_LETTERS); end++) {
        const letters = english.slice(at, end)
        const step = known?.get(letters) ?? otherwise(consonants?.get(consonantsOf(letters)), end - at)
        const cost = so + step
        if (cost < (next[end] ?? 0)) next[end] = cost
      }
    }
    row = next
  }
  return (row[english.length] ?? Number.POSITIVE_INFINITY) / Math.max(morae.length, 1)
}

function otherwise(consonantCost: number | undefined, letters: number): number {
  return Math.min(UNSEEN_COST * Math.max(1, letters), consonantCost === undefined ? Number.POSITIVE_INFINITY : consonantCost + OTHER_VOWELS)
}
