import { type DictionaryEntry, termsOf } from './dictionary-entry.ts'
import { glossesOf } from './dictionary-glosses.ts'

/** A Japanese-English dictionary, arranged for looking things up. */
export interface Dictionary {
  /** Terms in it. */
  readonly size: number
  /** Whether a folded term is in it. */
  readonly has: (term: string) => boolean
  /** What a folded term means as a content word, most usual first; empty where it is none, or not there. */
  readonly glossesOf: (term: string) => readonly string[]
  /** Characters of the longest term that begins with these two; 0 where none does. */
  readonly longest: (beginning: string) => number
}

/** Takes the entries of a dictionary one by one; `dictionary` has what has been taken. */
export interface GrowingDictionary {
  readonly take: (entry: DictionaryEntry) => void
  readonly dictionary: Dictionary
}

/** An empty dictionary. */
export function growingDictionary(): GrowingDictionary {
  // Homographs are joined: what is kept is their bodies, one a line.
  const bodies = new Map<string, string>()
  const longest = new Map<string, number>()
  return {
    take: entry => {
      const body = compact(entry.body)
      for (const term of termsOf(entry)) {
        const known = bodies.get(term)
        bodies.set(term, known === undefined ? body : `${known}\n${body}`)
        const beginning = term.slice(0, 2)
        if ((longest.get(beginning) ?? 0) < term.length) longest.set(beginning, term.length)
      }
    },
    dictionary: {
      get size() {
        return bodies.size
      },
      has: term => bodies.has(term),
      glossesOf: term => [...new Set(bodies.get(term)?.split('\n').flatMap(glossesOf))],
      longest: beginning => longest.get(beginning) ?? 0,
    },
  }
}

/** Parts of a text keep the whole in memory, at two bytes a character where it has Japanese in it; this is a text of its own. */
function compact(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}
