import { type EnglishWord, stemOf } from './english-words.ts'
import { couldSpell, foldedName, NAME_LANGUAGES, type NameLanguage } from './romanisation.ts'

/** A word of articles that a name in kanji may be spelt as. */
export interface NameWord {
  readonly stem: string
  /** The lexicon has a rendering for it. */
  readonly hasRendering: boolean
  /** Seen with a capital where that says something. */
  isName: boolean
  readonly id: number
}

/** The names in the articles, found by their folded spelling. */
export interface NameVocabulary {
  /** Makes an article's words known. */
  readonly hear: (english: string, words: readonly EnglishWord[]) => void
  /** Grows whenever an answer may have changed. */
  readonly size: () => number
  /** Whether a folded spelling begins a word. */
  readonly begins: (folded: string, language: NameLanguage) => boolean
  readonly of: (folded: string, language: NameLanguage) => readonly NameWord[]
  /** Whether one word was seen right before the other. */
  readonly follows: (first: NameWord, second: NameWord) => boolean
}

// Pairs are kept by number: more words than this are not told apart.
const MOST_WORDS = 2 ** 25

/** @param hasRendering whether the lexicon can render a stem: an ordinary word, or a name that needs no spelling out */
export function nameVocabulary(hasRendering: (stem: string) => boolean): NameVocabulary {
  const indexes = { japanese: newIndex(), chinese: newIndex(), korean: newIndex() }
  const known = new Map<string, NameWord | undefined>()
  const pairs = new Set<number>()
  let changes = 0
  const learn = (text: string): NameWord | undefined => {
    if (known.has(text)) return known.get(text)
    const stem = stemOf(text)
    const word: NameWord = { stem, hasRendering: hasRendering(stem), isName: false, id: known.size }
    const fits = NAME_LANGUAGES.map(language => enter(indexes[language], text, word, language)).includes(true)
    known.set(text, fits ? word : undefined)
    if (fits) changes++
    return fits ? word : undefined
  }
  return {
    hear: (english, words) => {
      neighboursIn(english, (before, text) => {
        const first = before === undefined ? undefined : known.get(before)
        const word = learn(text)
        if (first === undefined || word === undefined) return
        const size = pairs.size
        changes += pairs.add(first.id * MOST_WORDS + word.id).size - size
      })
      for (const { text, isName } of words) {
        const word = isName ? known.get(text) : undefined
        if (word === undefined || word.isName) continue
        word.isName = true
        changes++
      }
    },
    size: () => changes,
    begins: (folded, language) => indexes[language].beginnings.has(folded),
    of: (folded, language) => indexes[language].words.get(folded) ?? [],
    follows: (first, second) => pairs.has(first.id * MOST_WORDS + second.id),
  }
}

/**
 * Every word with a capital, in lower case and without accents, with the one right before it. In South Korea and Taiwan that
 * may be half a name: Jae-in. Articles are long and a regular expression costs five times as much.
 */
function neighboursIn(english: string, take: (before: string | undefined, word: string) => void): void {
  let before: string | undefined
  let end = -2
  for (let at = 0; at < english.length; at++) {
    if (!isLetter(english.charCodeAt(at))) continue
    const start = at
    while (isLetter(english.charCodeAt(at))) at++
    const isPart = end === start - 1 && english[end] === '-'
    const isNext = isPart || (end === start - 1 && english[end] === ' ')
    if (!isNext) before = undefined
    const isCapital = isUpper(english.charCodeAt(start))
    if ((isCapital || (isPart && before !== undefined)) && at > start + 1) {
      const word = plain(english.slice(start, at))
      take(before, word)
      before = word
    } else before = undefined
    end = at
  }
}

function isUpper(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0x24f)
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || isUpper(code) || (code >= 0x1e00 && code <= 0x1eff) || (code >= 0x300 && code <= 0x36f)
}

function plain(word: string): string {
  return /[^a-z]/i.test(word)
    ? word
        .normalize('NFKD')
        .replace(/[^a-z]/gi, '')
        .toLowerCase()
    : word.toLowerCase()
}

interface Index {
  readonly words: Map<string, NameWord[]>
  readonly beginnings: Set<string>
}

function newIndex(): Index {
  return { words: new Map(), beginnings: new Set() }
}

/** Says whether the word has the form of the language's names. */
function enter({ words, beginnings }: Index, text: string, word: NameWord, language: NameLanguage): boolean {
  const folded = foldedName(text, language)
  if (!couldSpell(folded, language)) return false
  const others = words.get(folded)
  if (others === undefined) words.set(folded, [word])
  else others.push(word)
  for (let end = 1; end <= folded.length; end++) beginnings.add(folded.slice(0, end))
  return true
}
