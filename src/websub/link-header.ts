/** A link of a `Link` header field. */
export interface HeaderLink {
  /** Relation types, lower case. */
  readonly rels: readonly string[]
  /** As written; relative references resolve against the document's address. */
  readonly href: string
}

// A feed names a handful; more only cost time.
const MOST_LINKS = 100

/**
 * Reads a `Link` header (RFC 8288 §3), several fields joined by commas, in one pass from left to right. What does not
 * follow the grammar is passed over. Links with an `anchor` speak of another document and are left out.
 */
export function linksIn(header: string): readonly HeaderLink[] {
  const links: HeaderLink[] = []
  let at = header.indexOf('<')
  while (at !== -1 && links.length < MOST_LINKS) {
    const end = header.indexOf('>', at)
    if (end === -1) break
    const { parameters, next } = parametersFrom(header, end + 1)
    const rel = parameters.get('rel')
    if (rel !== undefined && !parameters.has('anchor')) links.push({ rels: relations(rel), href: header.slice(at + 1, end).trim() })
    at = header.indexOf('<', next)
  }
  return links
}

/** RFC 8288 §3.3: separated by spaces, compared without regard to case. */
function relations(rel: string): readonly string[] {
  return rel
    .toLowerCase()
    .split(/\s+/)
    .filter(name => name !== '')
}

/** Reads `;name=value` up to the comma that ends the link; of a name that is repeated the first counts (§3.3). */
function parametersFrom(header: string, start: number): { readonly parameters: ReadonlyMap<string, string>; readonly next: number } {
  const parameters = new Map<string, string>()
  let at = start
  while (at < header.length && header[at] !== ',') {
    const { text: name, next: afterName } = tokenFrom(header, at + 1)
    const isValued = header[afterName] === '='
    const { text: value, next } = isValued ? valueFrom(header, afterName + 1) : { text: '', next: afterName }
    if (name !== '' && !parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value)
    at = Math.max(next, at + 1)
  }
  return { parameters, next: at }
}

function valueFrom(header: string, start: number): { readonly text: string; readonly next: number } {
  const at = afterSpaces(header, start)
  return header[at] === '"' ? quotedFrom(header, at + 1) : tokenFrom(header, at)
}

const ENDS_TOKEN = new Set([...'=;,<"'])

function tokenFrom(header: string, start: number): { readonly text: string; readonly next: number } {
  let end = start
  while (end < header.length && !ENDS_TOKEN.has(header[end] ?? '')) end++
  return { text: header.slice(start, end).trim(), next: end }
}

/** A quoted string (RFC 9110 §5.6.4); one that never ends goes to the end of the header. */
function quotedFrom(header: string, start: number): { readonly text: string; readonly next: number } {
  let text = ''
  let at = start
  while (at < header.length && header[at] !== '"') {
    if (header[at] === '\\') at++
    text += header[at] ?? ''
    at++
  }
  return { text, next: at + 1 }
}

function afterSpaces(header: string, start: number): number {
  let at = start
  while (header[at] === ' ' || header[at] === '\t') at++
  return at
}
