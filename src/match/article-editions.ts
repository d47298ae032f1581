import type { Article } from '../domain/article.ts'
import type { EntryKey } from '../domain/identifiers.ts'
import type { ArticleSpan } from './known-articles.ts'

/** Articles by the number of their newest edition in an index; an edition that is superseded keeps its number and is no more. */
export class ArticleEditions {
  private readonly numbers = new Map<EntryKey, number>()
  private readonly editions: (Article | undefined)[] = []

  /** Articles in it, each once. */
  get size(): number {
    return this.numbers.size
  }

  /** Editions that are no more. */
  get superseded(): number {
    return this.editions.length - this.numbers.size
  }

  numberOf(key: EntryKey): number | undefined {
    return this.numbers.get(key)
  }

  /** Sets the newest edition; its text is not kept. Numbers count up from 0 without a gap. */
  put(number: number, { key, source, outlet, id, url, address, title, authors, published }: Article): void {
    this.remove(key)
    const places = { ...(url === undefined ? {} : { url }), ...(address === undefined ? {} : { address }) }
    this.numbers.set(key, number)
    this.editions[number] = { key, source, outlet, id, title, authors, published, text: '', ...places }
  }

  remove(key: EntryKey): void {
    const number = this.numbers.get(key)
    if (number === undefined) return
    this.numbers.delete(key)
    this.editions[number] = undefined
  }

  /** Gives what tells whether the edition of a number is an article of the span. */
  within({ from, to, outlets }: ArticleSpan): (number: number) => boolean {
    const named = new Set(outlets)
    return number => {
      const article = this.editions[number]
      if (article === undefined || article.published < from || article.published > to) return false
      return named.size === 0 || named.has(article.outlet)
    }
  }

  /** The article of which a number is the newest edition. */
  at(number: number): Article | undefined {
    return this.editions[number]
  }

  /** The articles of a span among the editions of some numbers, or of all there are. */
  *of(span: ArticleSpan, numbers: Iterable<number> = this.numbers.values()): Generator<Article> {
    const isWithin = this.within(span)
    for (const number of numbers) {
      const article = this.editions[number]
      if (article !== undefined && isWithin(number)) yield article
    }
  }
}
