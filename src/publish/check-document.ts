import { SaxesParser, type SaxesTagNS } from 'saxes'

/** A document as a reader meets it: what is wrong with it, and which entries it holds. */
export interface Inspection {
  /** Empty when the document may be published. */
  readonly faults: readonly string[]
  /** Ids of its entries, in order. */
  readonly ids: readonly string[]
}

const ATOM = 'http://www.w3.org/2005/Atom'

/** Reads an Atom document the way a strict reader does: well-formed, one id, title and updated everywhere, no id twice. */
export function inspectAtom(xml: string): Inspection {
  const { faults, elements } = readXml(xml)
  const feed = elements.find(element => element.path === 'feed')
  if (feed?.uri !== ATOM) faults.push('the root is not an Atom feed (RFC 4287 §4.1.1)')
  requireChildren(elements, 'feed', ['id', 'title', 'updated'], faults)
  requireChildren(elements, 'feed/entry', ['id', 'title', 'updated'], faults)
  checkDates(elements, faults)
  const ids = textsOf(elements, 'feed/entry/id')
  return { faults: [...faults, ...unfit(ids)], ids }
}

/** Reads an RSS 2.0 document: well-formed, with what a channel must have, no guid twice. */
export function inspectRss(xml: string): Inspection {
  const { faults, elements } = readXml(xml)
  if (!elements.some(element => element.path === 'rss')) faults.push('the root is not RSS')
  requireChildren(elements, 'rss/channel', ['title', 'link', 'description'], faults)
  requireChildren(elements, 'rss/channel/item', ['guid', 'title'], faults)
  const ids = textsOf(elements, 'rss/channel/item/guid')
  return { faults: [...faults, ...unfit(ids)], ids }
}

/** Reads a JSON Feed 1.1 document: JSON, with version, title and items that have an id. */
export function inspectJsonFeed(json: string): Inspection {
  let data: unknown
  try {
    data = JSON.parse(json)
  } catch (error) {
    return { faults: [`not JSON: ${error instanceof Error ? error.message : String(error)}`], ids: [] }
  }
  const feed = (typeof data === 'object' && data !== null ? data : {}) as Readonly<Record<string, unknown>>
  const faults: string[] = []
  if (feed['version'] !== 'https://jsonfeed.org/version/1.1') faults.push('version is not JSON Feed 1.1')
  if (typeof feed['title'] !== 'string') faults.push('title is missing')
  if (!Array.isArray(feed['items'])) return { faults: [...faults, 'items is not a list'], ids: [] }
  const ids = feed['items'].map(item => (typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : ''))
  return { faults: [...faults, ...unfit(ids)], ids }
}

/** Reads an HTML page that the program wrote: it is complete. */
export function inspectPage(html: string): Inspection {
  const isWhole = /^<!doctype html>/i.test(html) && html.trimEnd().endsWith('</html>')
  return { faults: isWhole ? [] : ['the page is not complete'], ids: [] }
}

interface ReadElement {
  /** Local names from the root, joined by slashes; elements of other namespaces carry their prefix. */
  readonly path: string
  readonly uri: string
  readonly children: string[]
  text: string
}

function readXml(xml: string): { readonly faults: string[]; readonly elements: readonly ReadElement[] } {
  const faults: string[] = []
  const elements: ReadElement[] = []
  const open: ReadElement[] = []
  const parser = new SaxesParser({ xmlns: true, fragment: false })
  parser.on('error', error => {
    // The first fault is the cause, the rest its echo.
    if (faults.length < 3) faults.push(`not well-formed: ${error.message}`)
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    const parent = open.at(-1)
    parent?.children.push(tag.name)
    const element = { path: parent === undefined ? tag.name : `${parent.path}/${tag.name}`, uri: tag.uri, children: [], text: '' }
    elements.push(element)
    open.push(element)
  })
  parser.on('text', text => {
    const element = open.at(-1)
    if (element !== undefined && text.length < 4096) element.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return { faults, elements }
}

function requireChildren(elements: readonly ReadElement[], path: string, names: readonly string[], faults: string[]): void {
  for (const element of elements) {
    if (element.path !== path) continue
    for (const name of names) {
      const count = element.children.filter(child => child === name).length
      if (count !== 1) faults.push(`<${path}> has ${count} <${name}>, one is needed`)
    }
  }
}

function checkDates(elements: readonly ReadElement[], faults: string[]): void {
  for (const { path, text } of elements) {
    const isDate = /(^|\/)(updated|published)$/.test(path)
    if (isDate && !isRfc3339(text.trim())) faults.push(`<${path}> is not an RFC 3339 date: "${text}"`)
  }
}

function isRfc3339(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
}

function textsOf(elements: readonly ReadElement[], path: string): string[] {
  return elements.filter(element => element.path === path).map(({ text }) => text)
}

function unfit(ids: readonly string[]): string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const id of ids) (seen.has(id) ? twice : seen).add(id)
  const empty = seen.has('') ? ['an entry has no id'] : []
  return [...empty, ...[...twice].filter(Boolean).map(id => `the id "${id}" occurs more than once`)]
}
