import { readFileSync } from 'node:fs'
import { ParseOption, RelaxNGValidator, XmlAttribute, XmlDocument, XmlElement, XmlLibError, type XmlNode } from 'libxml2-wasm'

/**
 * Gives what is wrong with an Atom document by RFC 4287: nothing for a valid one, else a sentence with its line
 * (`line 12: …`) for each fault. Beyond the schema of Appendix B it holds the document to the appendix's
 * Schematron rules and to the prose's MUSTs on IRIs, dates, media types, links, content and persons;
 * of the SHOULDs only one counts: entries that share an id differ in `updated` (§4.1.1).
 */
export function validateAtom(xml: string | Uint8Array): readonly string[] {
  let document: XmlDocument
  try {
    document = XmlDocument.fromBuffer(typeof xml === 'string' ? Buffer.from(xml) : xml, { option: PARSING })
  } catch (error) {
    return faultsIn(error)
  }
  try {
    return [...schemaFaults(document), ...assertionFaults(document), ...valueFaults(document), ...repetitionFaults(document)]
  } finally {
    document.dispose()
  }
}

// Nothing is fetched, whatever a document type declares.
const PARSING: ParseOption =
  ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_BIG_LINES

// libxml2 announces the end of its RELAX NG; package.json pins a version that has it, and only tests need it.
const SCHEMA = RelaxNGValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(new URL('rfc4287.rng', import.meta.url))))

function schemaFaults(document: XmlDocument): readonly string[] {
  try {
    SCHEMA.validate(document)
    return []
  } catch (error) {
    return faultsIn(error)
  }
}

function faultsIn(error: unknown): readonly string[] {
  // An error without details would read as "valid".
  if (!(error instanceof XmlLibError) || error.details.length === 0) throw error
  // libxml2 reports from the inside out and leaves some lines at 0: the enclosing element's line is the next best.
  return error.details.map(({ message }, index) => {
    const line = error.details.slice(index).find(detail => detail.line > 0)?.line ?? 1
    return `line ${line}: ${message.trim()}`
  })
}

const NAMESPACES = { a: 'http://www.w3.org/2005/Atom' }
const FEED = '/a:feed'
const ENTRY = '(/a:feed/a:entry | /a:entry)'
// Feed, entry and source share most of their children. Elements of Atom inside an extension are not ours to judge.
const METADATA = `(${FEED} | ${ENTRY} | ${ENTRY}/a:source)`
const PERSON = `${METADATA}/*[self::a:author or self::a:contributor]`
const CONTENT = `${ENTRY}/a:content`
const IS_ALTERNATE = "not(@rel) or @rel='alternate' or @rel='http://www.iana.org/assignments/relation/alternate'"

const ASSERTIONS: readonly (readonly [context: string, xpath: string, otherwise: string])[] = [
  [FEED, 'a:author or not(a:entry[not(a:author)])', 'needs an author, or one in each of its entries (§4.1.1)'],
  [
    ENTRY,
    'a:author or a:source/a:author or parent::a:feed/a:author',
    'needs an author: neither it, its source nor its feed has one (§4.1.2)',
  ],
  [ENTRY, `a:content or a:link[${IS_ALTERNATE}]`, 'needs a content or an alternate link (§4.1.2)'],
  [CONTENT, 'not(@src) or not(node())', 'must be empty, since it has src (§4.1.3.2)'],
  [CONTENT, 'not(@src) or ../a:summary', 'needs a summary beside it, since it is out of line (§4.1.2)'],
]

function assertionFaults(document: XmlDocument): readonly string[] {
  const broken = ASSERTIONS.flatMap(([context, xpath, otherwise]) =>
    document.find(`${context}[not(${xpath})]`, NAMESPACES).map(node => fault(node, otherwise)),
  )
  return [...broken, ...document.find(CONTENT, NAMESPACES).flatMap(contentFaults)]
}

/** §4.1.3.1 and §4.1.3.3: what a content of a given media type may hold. */
function contentFaults(content: XmlNode): readonly string[] {
  if (!(content instanceof XmlElement)) return []
  const type = content.attr('type')?.value.toLowerCase() ?? 'text'
  if (['text', 'html', 'xhtml'].includes(type)) return []
  if (/^(?:multipart|message)\//.test(type)) return [fault(content, `must not be of the composite type "${type}" (§4.1.3.1)`)]
  const essence = type.replace(/;.*$/s, '').trim()
  const isXml = /[+/]xml$|^(?:text|application)\/xml-/.test(essence)
  const hasElements = content.get('*') !== null
  if (content.attr('src') !== null || isXml) return []
  if (hasElements) return [fault(content, `of type "${type}" must not have child elements (§4.1.3.3)`)]
  if (essence.startsWith('text/')) return []
  return [
    ...(isBase64(content.content) ? [] : [fault(content, `of type "${type}" must be Base64 (§4.1.3.3)`)]),
    ...(content.get('../a:summary', NAMESPACES) === null ? [fault(content, 'needs a summary beside it, since it is Base64 (§4.1.2)')] : []),
  ]
}

const VALUES: readonly (readonly [xpath: string, claim: (text: string) => boolean, expected: string])[] = [
  [`${METADATA}/a:id`, isIri, 'an absolute IRI (§4.2.6)'],
  [`${METADATA}/*[self::a:updated or self::a:published]`, isDateTime, 'an RFC 3339 date-time such as 2003-12-13T18:30:02Z (§3.3)'],
  [`${METADATA}/*[self::a:icon or self::a:logo]`, isIriReference, 'an IRI reference (§4.2.5, §4.2.8)'],
  [`${METADATA}/a:generator/@uri`, isIriReference, 'an IRI reference (§4.2.4)'],
  [`${METADATA}/a:category/@scheme`, isIri, 'an absolute IRI (§4.2.2.2)'],
  [`${METADATA}/a:link/@href`, isIriReference, 'an IRI reference (§4.2.7.1)'],
  [`${METADATA}/a:link/@rel`, isRelation, 'a relation name or an absolute IRI (§4.2.7.2)'],
  [`${METADATA}/a:link/@type`, isMediaType, 'a media type (§4.2.7.3)'],
  [`${METADATA}/a:link/@length`, isNumberOfOctets, 'a number of octets (§4.2.7.6)'],
  [`${CONTENT}/@src`, isIriReference, 'an IRI reference (§4.1.3.2)'],
  [`${CONTENT}/@type[not(.='text' or .='html' or .='xhtml')]`, isMediaType, '"text", "html", "xhtml" or a media type (§4.1.3.1)'],
  [`${PERSON}/a:uri`, isIriReference, 'an IRI reference (§3.2.2)'],
  [`${PERSON}/a:email`, isAddress, 'an e-mail address (§3.2.3)'],
  ['//@xml:base', isIriReference, 'an IRI reference (§2)'],
]

function valueFaults(document: XmlDocument): readonly string[] {
  return VALUES.flatMap(([xpath, claim, expected]) =>
    document
      .find(xpath, NAMESPACES)
      .filter(node => !claim(node.content))
      .map(node => fault(node, `expected ${expected}, got ${JSON.stringify(node.content)}`)),
  )
}

/** §4.1.1, §4.1.2: one alternate link per type and language; entries that share an id differ in `updated`. */
function repetitionFaults(document: XmlDocument): readonly string[] {
  const links = document.find(METADATA, NAMESPACES).flatMap(parent => {
    const key = (link: XmlNode) => JSON.stringify(['type', 'hreflang'].map(name => link.eval(`string(@${name})`)).map(lowerCased))
    return repeated(parent.find(`a:link[${IS_ALTERNATE}]`, NAMESPACES), key).map(link =>
      fault(link, 'is a second alternate of the same type and hreflang (§4.1.1, §4.1.2)'),
    )
  })
  const idAndInstant = (entry: XmlNode) =>
    JSON.stringify([entry.eval('string(a:id)', NAMESPACES), Date.parse(String(entry.eval('string(a:updated)', NAMESPACES)))])
  const entries = repeated(document.find(ENTRY, NAMESPACES), idAndInstant).map(entry =>
    fault(entry, 'has the id and the updated of an entry before it (§4.1.1)'),
  )
  return [...links, ...entries]
}

function repeated(nodes: readonly XmlNode[], key: (node: XmlNode) => string): readonly XmlNode[] {
  const seen = new Set<string>()
  return nodes.filter(node => seen.size === seen.add(key(node)).size)
}

function lowerCased(value: unknown): string {
  return String(value).toLowerCase()
}

function fault(node: XmlNode, sentence: string): string {
  const isAttribute = node instanceof XmlAttribute
  const line = isAttribute ? node.parent?.line : node.line
  const name = isAttribute ? `${nameOf(node.parent)}/@${node.name}` : nameOf(node)
  return `line ${line ?? 0}: ${name} ${sentence}`
}

function nameOf(node: XmlNode | null): string {
  return node instanceof XmlElement ? node.name : 'document'
}

// RFC 3987 §2.2 by its parts. The alternatives of each part exclude one another, so matching takes linear time.
const UCS = String.raw`\u{A0}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFEF}\u{10000}-\u{EFFFD}`
const COMMON = String.raw`[A-Za-z0-9._~!$&'()*+,;=\-${UCS}]|%[0-9A-Fa-f]{2}`
const AUTHORITY = String.raw`(?:(?:${COMMON}|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|(?:${COMMON})*)(?::[0-9]*)?(?=[/?#]|$)`
const QUERY = String.raw`(?:\?(?:${COMMON}|[:@/?\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFD}])*)?`
const FRAGMENT = `(?:#(?:${COMMON}|[:@/?])*)?`
const AFTER_SCHEME = `(?:\\/\\/${AUTHORITY}|(?!\\/\\/))(?:${COMMON}|[:@/])*${QUERY}${FRAGMENT}`
// http(s) needs a host besides (RFC 9110 §4.2).
const IRI = new RegExp(`^(?!https?:(?!\\/\\/[^/?#:@]))[a-z][a-z0-9+.\\-]*:${AFTER_SCHEME}$`, 'iu')
const RELATIVE_REFERENCE = new RegExp(`^(?![^/?#]*:)${AFTER_SCHEME}$`, 'u')
const RELATION_NAME = new RegExp(`^(?:${COMMON}|@)+$`, 'u')

function isIri(text: string): boolean {
  return IRI.test(text)
}

function isIriReference(text: string): boolean {
  return IRI.test(text) || RELATIVE_REFERENCE.test(text)
}

function isRelation(text: string): boolean {
  return RELATION_NAME.test(text) || IRI.test(text)
}

/** RFC 3339 §5.6, upper case as §3.3 asks; a leap second is not taken, since xsd:dateTime has none. */
function isDateTime(text: string): boolean {
  const shape = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
  const day = shape.exec(text)?.[1]
  if (day === undefined) return false
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

// RFC 6838 §4.2 names, with RFC 2045 §5.1 parameters.
const MEDIA_TYPE =
  /^[A-Za-z0-9][\w!#$&^.+-]{0,126}\/[A-Za-z0-9][\w!#$&^.+-]{0,126}(?:[ \t]*;[ \t]*[^\s;="/]+=(?:[^\s;="]+|"(?:[^"\\]|\\.)*"))*$/

function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text)
}

function isNumberOfOctets(text: string): boolean {
  return /^\d+$/.test(text)
}

function isAddress(text: string): boolean {
  return /^(?:[^\s@<>()[\]\\,;:"]+|"[^"\r\n]+")@(?:[^\s@<>()[\]\\,;:".]+(?:\.[^\s@<>()[\]\\,;:".]+)*|\[[^\]\s]+\])$/.test(text)
}

function isBase64(text: string): boolean {
  const bare = text.replace(/[ \t\r\n]/g, '')
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare)
}
