import type { Element } from 'xml-js'
import type { Link, Person } from '../../domain/feed.ts'
import { escapeHtml } from '../../html/escape.ts'
import type { EntryContext } from './entry-context.ts'
import { publishablePerson } from './entry-persons.ts'
import { type FeedHeader, GENERATOR, headerDate, hubLinks, pageLink, selfLink, syntaxLinks } from './feed-header.ts'
import { childOf, entrySkeleton, headerSkeleton } from './feed-package.ts'
import { differingLanguage, languageTag } from './language-tag.ts'
import { originalLinks } from './original-links.ts'
import { fragmentsNode, printDocument, printXml } from './print-xml.ts'
import { rfc3339 } from './publishable-date.ts'
import type { PublishableEntry } from './publishable-entry.ts'
import type { PublishableSource } from './publishable-source.ts'
import { element, optionalElement, withChildren } from './xml-element.ts'

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
}

/**
 * Renders one entry as an `<item>` of RSS 2.0, to be handed to `rssDocument`, which declares its prefixes.
 */
export function rssItem(made: PublishableEntry, context: Pick<EntryContext, 'language'>): string {
  const description = descriptionOf(made)
  const skeleton = entrySkeleton('rss', { summary: description, content: made.content })
  const item = withChildren(skeleton, {
    title: [element('title', {}, made.title.value)],
    link: optionalElement('link', made.url),
    guid: [element('guid', { isPermaLink: 'false' }, made.id)],
    pubDate: [element('pubDate', {}, made.published.toUTCString())],
    description: optionalElement('description', description),
    'content:encoded': optionalElement('content:encoded', made.content),
    // `author` is an e-mail address in RSS 2.0; names go into Dublin Core's creator.
    author: made.authors.map(({ name }) => element('dc:creator', {}, name)),
    'dc:contributor': made.contributors.map(({ name }) => element('dc:contributor', {}, name)),
    'dc:language': optionalElement('dc:language', differingLanguage(made.language, context.language)),
    category: made.categories.map(({ scheme, label }) => element('category', { domain: scheme }, label)),
    source: sourceElement(made.source),
    'dc:rights': optionalElement('dc:rights', made.rights?.value),
    // RSS 2.0 has one date, which is when an item was published.
    'atom:updated': [element('atom:updated', {}, rfc3339(made.updated))],
    'atom:link': originalLinks(made.original, ['via']).map(atomLink),
  })
  return printXml(item, 2)
}

/** Puts rendered items, in the order given, into an RSS 2.0 document. */
export function rssDocument(header: FeedHeader, fragments: readonly string[]): string {
  const { rule, site, generator } = header
  const root = headerSkeleton('rss', { updated: headerDate(header.updated), language: languageTag(header.language) })
  const channel = withChildren(childOf(root, 'channel'), {
    title: [element('title', {}, rule.title)],
    link: [element('link', {}, pageLink(header).href)],
    description: [element('description', {}, rule.subtitle ?? rule.title)],
    generator: [element('generator', {}, `${GENERATOR} ${generator.version}`)],
    copyright: optionalElement('copyright', site.rights),
    managingEditor: optionalElement('managingEditor', editorOf(site.author)),
    category: rule.label === null ? [] : [element('category', { domain: header.labelScheme }, rule.label)],
    'atom:link': [selfLink(header, 'rss'), ...syntaxLinks(header, ['atom', 'json']), ...hubLinks(header)].map(atomLink),
    items: [fragmentsNode(fragments)],
  })
  return printDocument({ ...withChildren(root, { channel: [channel] }), attributes: { version: '2.0', ...NAMESPACES } })
}

// A description is HTML whatever it looks like, so plain text is escaped for it. Readers that know no `content:encoded`
// have nothing else; what is too short to be summarised stands in both.
function descriptionOf({ summary, content }: PublishableEntry): string | undefined {
  return summary?.type === 'text' ? escapeHtml(summary.value) : (summary?.value ?? content)
}

// RSS 2.0 names people by their e-mail addresses.
function editorOf(author: Person): string | undefined {
  const { name, email } = publishablePerson(author)
  return email === undefined ? undefined : `${email} (${name})`
}

// RSS 2.0 wants the address of the feed itself; a source without one cannot be named.
function sourceElement(source: PublishableSource | undefined): readonly Element[] {
  const url = source?.links.find(({ rel }) => rel === 'self')?.href
  return source === undefined || url === undefined ? [] : [element('source', { url }, source.title.value)]
}

function atomLink({ rel, type, hreflang, title, href }: Link): Element {
  return element('atom:link', { rel, type, hreflang, title, href })
}
