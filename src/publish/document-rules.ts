/** One thing a document must keep to, under a name that says it. */
export interface Rule<Document> {
  readonly name: string
  /** What is against it, each in a few words; empty where nothing is. */
  readonly faults: (document: Document) => readonly string[]
}

// The first few tell what is wrong; a document of a thousand entries may have as many.
const MOST_FAULTS = 5

/** Gives what is wrong with a document, behind the names of the rules; at most five for each. */
export function brokenRules<Document>(rules: readonly Rule<Document>[], document: Document): readonly string[] {
  return rules.flatMap(({ name, faults }) =>
    faults(document)
      .slice(0, MOST_FAULTS)
      .map(fault => `${name}: ${fault}`),
  )
}

/** Gives the ids that are empty or occur more than once. */
export function unfitIds(ids: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const id of ids) (seen.has(id) ? twice : seen).add(id)
  const empty = seen.has('') ? ['an entry has no id'] : []
  return [...empty, ...[...twice].filter(Boolean).map(id => `the id "${id}" occurs more than once`)]
}

/** Whether a text is a date as RFC 3339 has it, of a day that the calendar has. */
export function isRfc3339(text: string): boolean {
  const [, day] = /^\d{4}-\d\d-(\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(text) ?? []
  if (day === undefined || Number.isNaN(Date.parse(text))) return false
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(day)
}

/** Whether a text is an absolute http(s) address. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

/** What HTML must not bring into a reader's page. Sanitised HTML has none of it, so that this is the second lock on the door. */
export function activeMarkup(html: string): readonly string[] {
  const [tag] = /<(?:script|style|iframe|object|embed|applet|form|input|button|link|meta|base|frame|svg|math)\b/i.exec(html) ?? []
  return tag === undefined ? [] : [`it holds ${tag}>`]
}
