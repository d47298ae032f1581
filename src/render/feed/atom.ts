import type { Element } from 'xml-js'
import type { Link, Person } from '../../domain/feed.ts'
import type { EntryContext } from './entry-context.ts'
import { publishablePerson } from './entry-persons.ts'
import {
  type FeedHeader,
  GENERATOR,
  headerDate,
  historyLinks,
  hubLinks,
  pageLink,
  selfLink,
  syntaxLinks,
  type Tombstone,
} from './feed-header.ts'
import { entrySkeleton, headerSkeleton } from './feed-package.ts'
import { differingLanguage, languageTag } from './language-tag.ts'
import { originalLinks } from './original-links.ts'
import type { PlainText } from './plain-text.ts'
import { fragmentsNode, printDocument, printXml } from './print-xml.ts'
import { publishableDate, rfc3339 } from './publishable-date.ts'
import type { PublishableEntry } from './publishable-entry.ts'
import type { PublishableSource } from './publishable-source.ts'
import { type Attributes, element, optionalElement, withChildren } from './xml-element.ts'

const HISTORY = 'http://purl.org/syndication/history/1.0'
const TOMBSTONES = 'http://purl.org/atompub/tombstones/1.0'

/**
 * Renders one entry as an `<entry>` (RFC 4287 §4.1.2), to be handed to `atomDocument`.
 */
export function atomEntry(made: PublishableEntry, context: Pick<EntryContext, 'language'>): string {
  const skeleton = entrySkeleton('atom', made)
  const feedLanguage = languageTag(context.language)
  const language = made.language ?? feedLanguage
  const filled = withChildren(skeleton, {
    title: [textElement('title', made.title, language)],
    id: [element('id', {}, made.id)],
    link: entryLinks(made).map(link => linkElement(link, language)),
    updated: [element('updated', {}, rfc3339(made.updated))],
    summary: optionalElement('summary', made.summary?.value, { type: made.summary?.type }),
    content: optionalElement('content', made.content, { type: 'html' }),
    author: made.authors.map(author => personElement('author', author, languageAttribute(made.authorsLanguage, language))),
    contributor: made.contributors.map(contributor => personElement('contributor', contributor)),
    published: [element('published', {}, rfc3339(made.published))],
    category: made.categories.map(({ term, scheme, label }) => element('category', { term, scheme, label })),
    rights: made.rights === undefined ? [] : [textElement('rights', made.rights, language)],
    source: made.source === undefined ? [] : [sourceElement(made.source, language)],
  })
  return printXml({ ...filled, attributes: languageAttribute(made.language, context.language) }, 1)
}

/** Puts rendered entries, in the order given, into an Atom 1.0 document (RFC 4287 §4.1.1), with its place in history (RFC 5005). */
export function atomDocument(header: FeedHeader, fragments: readonly string[]): string {
  const { site, rule, generator, place } = header
  const language = languageTag(header.language)
  const links = [
    ...[selfLink(header, 'atom'), pageLink(header)],
    ...[...syntaxLinks(header, ['rss', 'json']), ...hubLinks(header), ...historyLinks(header)],
  ]
  const filled = withChildren(headerSkeleton('atom', { updated: headerDate(header.updated), language }), {
    id: [element('id', {}, header.id)],
    title: [element('title', { type: 'text' }, rule.title)],
    updated: [element('updated', {}, rfc3339(headerDate(header.updated)))],
    generator: [element('generator', { uri: generator.uri, version: generator.version }, GENERATOR)],
    author: [personElement('author', publishablePerson(site.author))],
    link: links.map(link => linkElement(link, language)),
    subtitle: optionalElement('subtitle', rule.subtitle, { type: 'text' }),
    rights: optionalElement('rights', site.rights, { type: 'text' }),
    category: rule.label === null ? [] : [element('category', { term: rule.label, scheme: header.labelScheme, label: rule.label })],
    // Prefixes are declared where they are used: validators warn of those they do not know even where nothing has them.
    'fh:place': place.kind === 'current' ? [] : [element(`fh:${place.kind}`, { 'xmlns:fh': HISTORY })],
    'at:deleted-entry': header.tombstones.flatMap(tombstoneElement),
    entries: [fragmentsNode(fragments)],
  })
  return printDocument({ ...filled, attributes: { ...filled.attributes, ...(language !== undefined && { 'xml:lang': language }) } })
}

// The original is both: `via` says where the post got its content from (RFC 4287 §4.2.7.2), `related` is what more readers show.
function entryLinks({ url, language, original }: PublishableEntry): readonly Link[] {
  const page =
    url === undefined ? [] : [{ rel: 'alternate', href: url, type: 'text/html', ...(language !== undefined && { hreflang: language }) }]
  return [...page, ...originalLinks(original, ['via', 'related'])]
}

function sourceElement(
  { id, title, updated, links, authors, rights, language }: PublishableSource,
  surrounding: string | undefined,
): Element {
  const own = language ?? surrounding
  return element('source', languageAttribute(language, surrounding), [
    element('id', {}, id),
    textElement('title', title, own),
    element('updated', {}, rfc3339(updated)),
    ...authors.map(author => personElement('author', author)),
    ...links.map(link => linkElement(link, own)),
    ...(rights === undefined ? [] : [textElement('rights', rights, own)]),
  ])
}

/** RFC 6721 §3: that an entry is gone, and since when. */
function tombstoneElement({ ref, when }: Tombstone): readonly Element[] {
  const date = publishableDate(when)
  return date === undefined ? [] : [element('at:deleted-entry', { 'xmlns:at': TOMBSTONES, ref, when: rfc3339(date) })]
}

function textElement(name: string, { value, language }: PlainText, surrounding: string | undefined): Element {
  return element(name, { type: 'text', ...languageAttribute(language, surrounding) }, value)
}

// A link's title is in the language of what it leads to, and it is text for people (RFC 4287 §4.2.7.5).
function linkElement({ rel, type, hreflang, title, href }: Link, surrounding: string | undefined): Element {
  return element('link', { ...(title === undefined ? {} : languageAttribute(hreflang, surrounding)), rel, type, hreflang, title, href })
}

function personElement(role: 'author' | 'contributor', { name, uri, email }: Person, attributes: Attributes = {}): Element {
  return element(role, attributes, [element('name', {}, name), ...optionalElement('uri', uri), ...optionalElement('email', email)])
}

function languageAttribute(own: string | undefined, surrounding: string | undefined): Attributes & Record<string, string> {
  const tag = differingLanguage(own, surrounding)
  return tag === undefined ? {} : { 'xml:lang': tag }
}
