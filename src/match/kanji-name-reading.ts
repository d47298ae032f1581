import { namesIn } from './kanji-names.ts'
import type { KanjiReadings } from './kanji-reading-table.ts'
import type { Lexicon } from './lexicon.ts'
import type { NameVocabulary } from './name-vocabulary.ts'
import type { Read, Reading } from './reading.ts'

// Kanji, and hiragana behind them that may be a given name: 大坂なおみ. Behind digits stand units.
const RUN = /\d?[\p{Script=Han}ヶ]{2,14}[ぁ-ゖ]{0,5}/gu
const RUNS_KEPT = 50_000
const NOTHING: readonly Read[] = []

/**
 * Names of people and places in Japan, China and Korea that no lexicon knows, by the readings of their characters: 渋野 is
 * Shibuno if the articles have such a name.
 */
export function kanjiNameReading(readings: KanjiReadings, vocabulary: NameVocabulary, lexicon: Lexicon): Reading {
  const kept = new Map<string, { readonly size: number; readonly reads: readonly Read[] }>()
  const readsOf = (run: string): readonly Read[] => {
    const size = vocabulary.size()
    const known = kept.get(run)
    if (known?.size === size) return known.reads
    const reads = namesIn(run, lexicon, readings, vocabulary)
    if (kept.size >= RUNS_KEPT) kept.clear()
    kept.set(run, { size, reads: reads.length === 0 ? NOTHING : reads })
    return reads
  }
  return function* (folded) {
    for (const [run] of folded.matchAll(RUN)) if (!/^\d/.test(run)) for (const read of readsOf(run)) yield { ...read, isByChance: true }
  }
}
