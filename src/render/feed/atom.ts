import type { Element } from 'xml-js'
import type { Link, Person } from '../../domain/feed.ts'
import type { OutputEntry } from '../../domain/output-feed.ts'
import { publishablePerson } from './entry-authors.ts'
import type { EntryContext } from './entry-context.ts'
import { type FeedHeader, GENERATOR, headerDate, pageLink, selfLink, syntaxLink } from './feed-header.ts'
import { entrySkeleton, headerSkeleton } from './feed-package.ts'
import { differingLanguage, languageTag } from './language-tag.ts'
import { originalLinks } from './original-links.ts'
import { fragmentsNode, printDocument, printXml } from './print-xml.ts'
import { rfc3339 } from './publishable-date.ts'
import { type PublishableEntry, publishableEntry } from './publishable-entry.ts'
import type { PublishableSource } from './publishable-source.ts'
import { type Attributes, element, optionalElement, withChildren } from './xml-element.ts'

/**
 * Renders one entry as an `<entry>` (RFC 4287 §4.1.2), to be handed to `atomDocument`.
 *
 * @throws AppError `entry-unrenderable` naming what is wrong with the entry
 */
export function atomEntry(entry: OutputEntry, context: EntryContext): string {
  const made = publishableEntry(entry, context)
  const skeleton = entrySkeleton('atom', made)
  const language = made.language ?? languageTag(context.language)
  const filled = withChildren(skeleton, {
    title: [element('title', { type: 'text', ...languageAttribute(made.title.language, language) }, made.title.value)],
    id: [element('id', {}, made.id)],
    link: entryLinks(made).map(linkElement),
    updated: [element('updated', {}, rfc3339(made.updated))],
    summary: optionalElement('summary', made.summary, { type: 'text' }),
    content: optionalElement('content', made.content, { type: 'html' }),
    author: made.authors.map(authorElement),
    published: [element('published', {}, rfc3339(made.published))],
    category: made.categories.map(({ term, scheme, label }) => element('category', { term, scheme, label })),
    rights: optionalElement('rights', made.rights, { type: 'text' }),
    source: made.source === undefined ? [] : [sourceElement(made.source, language)],
  })
  return printXml({ ...filled, attributes: languageAttribute(made.language, context.language) }, 1)
}

/** Puts rendered entries, in the order given, into an Atom 1.0 document (RFC 4287 §4.1.1). */
export function atomDocument(header: FeedHeader, fragments: readonly string[]): string {
  const { site, rule, generator } = header
  const language = languageTag(header.language)
  const filled = withChildren(headerSkeleton('atom', { updated: headerDate(header.updated), language }), {
    id: [element('id', {}, header.id)],
    title: [element('title', { type: 'text' }, rule.title)],
    updated: [element('updated', {}, rfc3339(headerDate(header.updated)))],
    generator: [element('generator', { uri: generator.uri, version: generator.version }, GENERATOR)],
    author: [authorElement(publishablePerson(site.author))],
    link: [selfLink(header, 'atom'), pageLink(header), syntaxLink(header, 'rss'), syntaxLink(header, 'json')].map(linkElement),
    subtitle: optionalElement('subtitle', rule.subtitle, { type: 'text' }),
    rights: optionalElement('rights', site.rights, { type: 'text' }),
    category: rule.label === null ? [] : [element('category', { term: rule.label, scheme: header.labelScheme, label: rule.label })],
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

function sourceElement({ id, title, updated, links, rights, language }: PublishableSource, surrounding: string | undefined): Element {
  return element('source', languageAttribute(language, surrounding), [
    element('id', {}, id),
    ...optionalElement('title', title, { type: 'text' }),
    ...(updated === undefined ? [] : [element('updated', {}, rfc3339(updated))]),
    ...links.map(linkElement),
    ...optionalElement('rights', rights, { type: 'text' }),
  ])
}

function linkElement({ rel, type, hreflang, title, href }: Link): Element {
  return element('link', { rel, type, hreflang, title, href })
}

function authorElement({ name, uri, email }: Person): Element {
  return element('author', {}, [element('name', {}, name), ...optionalElement('uri', uri), ...optionalElement('email', email)])
}

function languageAttribute(own: string | undefined, surrounding: string | undefined): Attributes & Record<string, string> {
  const tag = differingLanguage(own, surrounding)
  return tag === undefined ? {} : { 'xml:lang': tag }
}
