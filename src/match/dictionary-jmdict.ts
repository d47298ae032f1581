import type { DictionaryEntry } from './dictionary-entry.ts'

const ELEMENT = /<(sense|keb|reb|pos|misc|gloss)\b([^<>]*)>([^<>]*)/g
const FOREIGN = /xml:lang\s*=\s*["'](?!en)/
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }

/**
 * Reads an `entry` element of JMdict; undefined where it has no headword or nothing in English. Its codes are entities
 * (`&n;`): their names are what counts, so that nothing is expanded and no document type is read.
 */
export function jmdictEntry(xml: string): DictionaryEntry | undefined {
  const [kanji, kana, glosses]: [string[], string[], string[]] = [[], [], []]
  let [senses, codes] = [0, '']
  for (const [, name, attributes = '', text = ''] of xml.matchAll(ELEMENT)) {
    if (name === 'sense') codes = `(${++senses}) `
    else if (name === 'keb') kanji.push(text.trim())
    else if (name === 'reb') kana.push(text.trim())
    else if (name !== 'gloss') codes += `(${text.trim().replace(/^&|;$/g, '')}) `
    else if (!FOREIGN.test(attributes)) {
      glosses.push(codes + unescaped(text).replaceAll('/', ' '))
      codes = ''
    }
  }
  const [written, readings] = kanji.length > 0 ? [kanji, kana] : [kana, []]
  return written.length === 0 || glosses.length === 0 ? undefined : { written, readings, body: glosses.join('/') }
}

function unescaped(text: string): string {
  return text.replace(/&[^&;\s]{1,40};/g, entity => ENTITIES[entity] ?? '')
}
