import type { KnownOriginal } from './ghost-feeds.ts'
import { contentOf, type Knowledge } from './ghost-knowledge.ts'

/** Watches over judgements that nobody but the program is answerable for. */
export interface Turncoats {
  /** From now on any judgement may be another, for reasons of the operator's. */
  readonly begin: () => void
  /** Posts whose original is again one that they had before, though their texts are the same. */
  readonly faultsIn: (originals: ReadonlyMap<string, KnownOriginal>, knowledge: Knowledge) => readonly string[]
}

/** New articles and new lessons may change a judgement; none may change it back. */
export function openTurncoats(): Turncoats {
  const had = new Map<string, string[]>()
  return {
    begin: () => had.clear(),
    faultsIn: (originals, knowledge) =>
      [...knowledge].flatMap(([id, { role, written }]) => {
        if (role === 'article') return []
        const text = `${id} ${contentOf(written)}`
        const [original, former] = [originals.get(id)?.url ?? 'none', had.get(text) ?? []]
        if (former.at(-1) === original) return []
        had.set(text, [...former, original])
        return former.includes(original) ? [`the original of ${id} turned back to ${original}`] : []
      }),
  }
}
