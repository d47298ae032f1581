import { englishWords } from './english-words.ts'
import { foldJapanese } from './japanese-text.ts'

/** One line of a lexicon: an English expression and its usual Japanese renderings, most usual first. */
export interface LexiconEntry {
  readonly english: string
  readonly japanese: readonly string[]
}

/** A bilingual lexicon, arranged for looking things up. Keys are English stems, those of an expression joined by spaces. */
export interface Lexicon {
  /** The stems behind the first stem of every expression of several words, longest first. */
  readonly expressions: ReadonlyMap<string, readonly (readonly string[])[]>
  /** Keys of the entries that a folded Japanese term renders. */
  readonly keysOf: ReadonlyMap<string, readonly string[]>
  /** Every beginning of a term, so that a search knows when to stop. */
  readonly beginnings: ReadonlySet<string>
  /** Keys that have a rendering. */
  readonly keys: ReadonlySet<string>
}

/** Reads lines of `english<TAB>日本語;日本語`; comments and empty lines are passed over, as is a line that has not both sides. */
export function readEntries(text: string): readonly LexiconEntry[] {
  return text.split('\n').flatMap(line => {
    const [english = '', japanese = ''] = line.startsWith('#') ? [] : line.split('\t')
    const renderings = japanese
      .split(';')
      .map(rendering => rendering.trim())
      .filter(rendering => rendering !== '')
    return english.trim() === '' || renderings.length === 0 ? [] : [{ english: english.trim(), japanese: renderings }]
  })
}

/** Arranges entries; those further up in the list are not replaced but joined by later ones of the same expression. */
export function lexiconOf(entries: Iterable<LexiconEntry>): Lexicon {
  const expressions = new Map<string, (readonly string[])[]>()
  const keysOf = new Map<string, string[]>()
  const keys = new Set<string>()
  const beginnings = new Set<string>()
  for (const { english, japanese } of withFamilyNames(entries)) {
    const stems = englishWords(english).map(({ stem }) => stem)
    const [first, ...rest] = stems
    if (first === undefined) continue
    const key = stems.join(' ')
    if (rest.length > 0 && !keys.has(key)) expressions.set(first, [...(expressions.get(first) ?? []), rest])
    keys.add(key)
    for (const rendering of japanese) {
      const term = termOf(rendering)
      if (term === '') continue
      const known = keysOf.get(term) ?? []
      if (!known.includes(key)) keysOf.set(term, [...known, key])
      for (let end = 1; end <= term.length; end++) beginnings.add(term.slice(0, end))
    }
  }
  for (const list of expressions.values()) list.sort((a, b) => b.length - a.length)
  return { expressions, keysOf, beginnings, keys }
}

/** Verbs and adjectives are searched without the ending that changes: 強める finds 強めた. */
function termOf(rendering: string): string {
  const folded = foldJapanese(rendering)
  return /^\p{Script=Han}.*[うくぐすつぬぶむるい]$/u.test(folded) && /\p{Script=Hiragana}$/u.test(folded) ? folded.slice(0, -1) : folded
}

/** People are named whole once and by their family name from then on. */
function* withFamilyNames(entries: Iterable<LexiconEntry>): Generator<LexiconEntry> {
  for (const entry of entries) {
    yield entry
    const words = entry.english.split(' ')
    const [whole = '', ...others] = entry.japanese
    const last = words.at(-1)
    const short = others.filter(other => foldJapanese(whole).endsWith(foldJapanese(other)) && /^[ァ-ヺー・]+$/.test(other))
    if (words.length > 1 && last !== undefined && short.length > 0) yield { english: last, japanese: short }
  }
}
