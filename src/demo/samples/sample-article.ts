/** The outlets of the demo; each is the first label of its host, `<id>.localhost`. */
export type SampleOutletId = 'meridian' | 'fortytwo' | 'harbor' | 'tradewind'

/** An article of an invented outlet. Nothing in it reports news: it is analysis written for the demo. */
export interface SampleArticle {
  readonly outlet: SampleOutletId
  /** Unique over all outlets. */
  readonly slug: string
  readonly title: string
  readonly author: string
  /** ISO 8601 instant in UTC. */
  readonly published: string
  readonly categories: readonly string[]
  /** One to three sentences; the outlet's feed gives them as the summary. */
  readonly lead: string
  /** Paragraphs of plain text. */
  readonly body: readonly string[]
}
