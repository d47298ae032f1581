import type { DictionaryEntry } from './dictionary-entry.ts'

// KANJI [kana] /(codes) (1) gloss/gloss/(2) gloss/; EDICT2 has several headwords and readings with semicolons between.
const HEAD = /^(\S+)(?: \[([^\]]*)\])?\s*$/

/** Reads a line of EDICT or EDICT2; undefined where it is none. */
export function edictEntry(line: string): DictionaryEntry | undefined {
  const [begin, end] = [line.indexOf(' /'), line.lastIndexOf('/')]
  if (begin < 0 || end <= begin + 2) return undefined
  const [, written = '', readings = ''] = HEAD.exec(line.slice(0, begin)) ?? []
  return written === '' ? undefined : { written: formsOf(written), readings: formsOf(readings), body: line.slice(begin + 2, end) }
}

/** `海軍(P);海軍力` is two forms. */
function formsOf(list: string): readonly string[] {
  if (!/[;(]/.test(list)) return list === '' ? [] : [list]
  return list
    .split(';')
    .map(form => form.replace(/\([^()]*\)/g, ''))
    .filter(form => form !== '')
}
