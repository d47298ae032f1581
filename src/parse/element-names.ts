import type { FeedRoot } from './feed-root.ts'
import { IGNORED, KNOWN_FIELDS, TRANSPARENT, TRANSPARENT_FIELDS } from './fields.ts'

/** The namespaces in force at one place of a document: vocabulary by prefix in lower case, '' for names without one. */
export type Scope = ReadonlyMap<string, string>

// Without what publishers get wrong in them: scheme, case, what stands at the end.
const VOCABULARIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'www.w3.org/2005/atom': 'atom',
    'purl.org/atom/ns': 'atom',
    // What Atom was called before it was called Atom.
    'example.com/newformat': 'atom',
    'example.com/necho': 'atom',
    'purl.org/echo': 'atom',
    'purl.org/pie': 'atom',
    'uri/of/echo/namespace': 'atom',
    'purl.org/rss/1.0': 'rss',
    'my.netscape.com/rdf/simple/0.9': 'rss',
    'channel.netscape.com/rdf/simple/0.9': 'rss',
    'purl.org/net/rss1.1': 'rss',
    'purl.org/rss/1.0/modules/rss091': 'rss',
    'backend.userland.com/rss': 'rss',
    'backend.userland.com/rss2': 'rss',
    'backend.userland.com/rss2.1': 'rss',
    'blogs.law.harvard.edu/tech/rss': 'rss',
    'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
    'purl.org/dc/elements/1.1': 'dc',
    'purl.org/dc/elements/1.0': 'dc',
    'purl.org/dc/terms': 'dcterms',
    'purl.org/rss/1.0/modules/content': 'content',
    'purl.org/rss/1.0/modules/syndication': 'sy',
    'search.yahoo.com/mrss': 'media',
    'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
    'example.com/dtds/podcast-1.0.dtd': 'itunes',
    'a9.com/-/spec/opensearch/1.1': 'opensearch',
    'a9.com/-/spec/opensearchrss/1.0': 'opensearch',
    'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
    'www.w3.org/1999/xhtml': 'xhtml',
    'webns.net/mvcb': 'admin',
    'web.resource.org/cc': 'cc',
    'creativecommons.org/ns': 'cc',
    'creativecommons.org/ns#license': 'cc',
    'backend.userland.com/creativecommonsrssmodule': 'creativecommons',
    'cyber.law.harvard.edu/rss/creativecommonsrssmodule.html': 'creativecommons',
  }),
)

const MAX_PREFIXES = 100
// Prefixes that publishers use without declaring them, or with an address that is not the vocabulary's.
const USUAL_PREFIXES: readonly string[] = [
  ...['atom', 'rdf', 'dc', 'dcterms', 'content', 'media', 'itunes', 'opensearch', 'feedburner', 'sy', 'xhtml'],
  ...['admin', 'cc', 'creativecommons'],
]
const DECLARATION = /xmlns(?::([\w.-]{1,40}))?\s*=\s*["']\s*([^"'<>\s]{0,200})\s*["']/g

/** The namespaces in force inside the outermost element. */
export function rootScope(root: FeedRoot): Scope {
  const scope = new Map<string, string>(USUAL_PREFIXES.map(prefix => [prefix, prefix]))
  scope.set('atom10', 'atom').set('a10', 'atom').set('rss', 'rss')
  for (const [prefix, vocabulary] of declarations(root.attributes)) scope.set(prefix, vocabulary)
  // Names without prefix, and those with the prefix of the outermost element, are the feed's own,
  // whatever namespace they claim: RSS 2.0 in the Atom namespace is still RSS.
  scope.set('', 'f')
  if (root.format !== 'rdf') scope.set(prefixOf(root.name), 'f')
  const own = root.format === 'atom' ? 'atom' : 'rss'
  for (const [prefix, vocabulary] of scope) if (vocabulary === own) scope.set(prefix, 'f')
  return scope
}

/** The namespaces in force inside an element that declares some; the same scope where it declares none that matters. */
export function innerScope(outer: Scope, attributes: ReadonlyMap<string, string>, format: FeedRoot['format']): Scope {
  const own = format === 'atom' ? 'atom' : 'rss'
  const changes = declarations(attributes)
    .map(([prefix, name]) => [prefix, name === own || (prefix === '' && name === '') ? 'f' : name] as const)
    .filter(([prefix, name]) => (outer.get(prefix) ?? '') !== name)
  // Scopes are copied: prefixes without end would make that quadratic.
  return changes.length === 0 || outer.size > MAX_PREFIXES ? outer : new Map([...outer, ...changes])
}

/**
 * The namespaces of a document in which each prefix means one thing throughout, found by a single search;
 * undefined where a prefix or the default namespace changes its meaning on the way.
 */
export function flatScope(text: string, root: FeedRoot): Scope | undefined {
  const scope = new Map(rootScope(root))
  const declared = new Set([...root.attributes.keys()].filter(name => name.startsWith('xmlns')).map(name => name.slice(6).toLowerCase()))
  const own = root.format === 'atom' ? 'atom' : 'rss'
  DECLARATION.lastIndex = root.end
  for (let match = DECLARATION.exec(text); match !== null; match = DECLARATION.exec(text)) {
    const prefix = match[1]?.toLowerCase() ?? ''
    const found = vocabularyOf(prefix, match[2] ?? '')
    const vocabulary = found === own ? 'f' : found
    // XHTML and unknown languages only wrap content, which is looked at by itself.
    if (prefix === '' && (vocabulary === '' || vocabulary === 'xhtml')) continue
    if (declared.has(prefix) && scope.get(prefix) !== vocabulary) return undefined
    declared.add(prefix)
    scope.set(prefix, vocabulary)
  }
  return scope
}

/** The one name under which an element is read: structural as rss-parser knows it, `vocabulary.local`, `TRANSPARENT` or `IGNORED`. */
export function canonicalName(rawName: string, scope: Scope, format: FeedRoot['format']): string {
  const local = rawName.slice(rawName.indexOf(':') + 1).toLowerCase()
  const vocabulary = scope.get(prefixOf(rawName))
  if (local === 'rdf' && (vocabulary === 'rdf' || vocabulary === 'f')) return 'rdf:RDF'
  if (vocabulary === 'f' && isStructural(local, format)) return local
  const name = `${vocabulary}.${local}`
  if (KNOWN_FIELDS.has(name)) return name
  return TRANSPARENT_FIELDS.has(name) ? TRANSPARENT : IGNORED
}

function isStructural(local: string, format: FeedRoot['format']): boolean {
  return format === 'atom' ? local === 'feed' || local === 'entry' : local === 'rss' || local === 'channel' || local === 'item'
}

function declarations(attributes: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = []
  for (const [name, uri] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    const prefix = name.slice(6).toLowerCase()
    found.push([prefix, vocabularyOf(prefix, uri)])
  }
  return found
}

function vocabularyOf(prefix: string, uri: string): string {
  const bare = uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]$/, '')
  return VOCABULARIES.get(bare) ?? (USUAL_PREFIXES.includes(prefix) ? prefix : '')
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? '' : name.slice(0, colon).toLowerCase()
}
