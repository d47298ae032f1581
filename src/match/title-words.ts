import { words } from './title-key.ts'

/** Titles are taken for one, edited, from this `titleSimilarity` on: two headlines of one outlet on one event reach .7, an edited headline stays above .8. */
export const SAME_TITLE = 0.8

/** Articles by the words of their titles, to find those that may be nearly the same without comparing them all. */
export class TitleWords {
  private readonly postings = new Map<string, number[]>()

  add(article: number, title: string): void {
    for (const word of new Set(words(title))) {
      const list = this.postings.get(word)
      if (list === undefined) this.postings.set(word, [article])
      else list.push(article)
    }
  }

  /** Numbers of all articles whose title is like a line, and of some others. */
  near(line: string): ReadonlySet<number> {
    const tokens = words(line)
    // Similarity counts words and pairs of neighbours, 2n - 1 at most, and every word that a title lacks costs one of each.
    // Who shares 80 % of both shares two thirds of the line's: it lacks a sixth of so many words at most.
    const mostLacking = ((2 - 2 * SAME_TITLE) / (2 - SAME_TITLE) / 2) * (2 * tokens.length - 1)
    const lists = [...new Set(tokens)].map(word => this.postings.get(word) ?? []).sort((a, b) => a.length - b.length)
    return new Set(lists.slice(0, Math.floor(mostLacking + 1e-9) + 1).flat())
  }
}
