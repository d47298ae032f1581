import type { Article } from '../domain/article.ts'
import type { EntryKey } from '../domain/identifiers.ts'
import { DAY, type Instant } from '../domain/time.ts'
import type { ArticleSpan } from './known-articles.ts'

/** Articles by the number of their newest edition in an index; an edition that is superseded keeps its number and is no more. */
export class ArticleEditions {
  private readonly numbers = new Map<EntryKey, number>()
  private readonly editions: (Article | undefined)[] = []
  private readonly perDay = new Map<number, number>()

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
    this.count(published, 1)
    this.editions[number] = { key, source, outlet, id, title, authors, published, text: '', ...places }
  }

  remove(key: EntryKey): void {
    const number = this.numbers.get(key)
    if (number === undefined) return
    this.numbers.delete(key)
    this.count(this.editions[number]?.published ?? 0, -1)
    this.editions[number] = undefined
  }

  /** Whether no article of any outlet appeared on the days of a span. */
  isBare({ from, to }: Pick<ArticleSpan, 'from' | 'to'>): boolean {
    for (let day = dayOf(from); day <= dayOf(to); day++) if ((this.perDay.get(day) ?? 0) > 0) return false
    return true
  }

  private count(published: Instant, change: 1 | -1): void {
    const day = dayOf(published)
    this.perDay.set(day, (this.perDay.get(day) ?? 0) + change)
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

function dayOf(at: Instant): number {
  return Math.floor(at / DAY)
}
