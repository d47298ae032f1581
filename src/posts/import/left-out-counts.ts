import type { LeftOut, LeftOutKind } from './export-reading.ts'

/** What of one kind was left out, with some of the reasons. */
export interface LeftOutCount {
  readonly what: LeftOutKind
  readonly count: number
  /** At most ten, each once. */
  readonly why: readonly string[]
}

const REASONS = 10

/** Adds up what was left out, by kind: the most frequent first. */
export class LeftOutCounts {
  private readonly byKind = new Map<LeftOutKind, { count: number; readonly why: Set<string> }>()

  add(items: readonly LeftOut[]): void {
    for (const { what, why, count } of items) {
      const known = this.byKind.get(what) ?? { count: 0, why: new Set<string>() }
      known.count += count
      if (why !== '' && known.why.size < REASONS) known.why.add(why)
      this.byKind.set(what, known)
    }
  }

  all(): readonly LeftOutCount[] {
    const counts = [...this.byKind].map(([what, { count, why }]) => ({ what, count, why: [...why] }))
    return counts.toSorted((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1))
  }
}
