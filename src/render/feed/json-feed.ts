import type { Person } from '../../domain/feed.ts'
import { publishablePerson } from './entry-persons.ts'
import { type FeedHeader, GENERATOR, headerDate, pageLink, selfLink } from './feed-header.ts'
import { jsonHeaderOf, jsonItemOf } from './feed-package.ts'
import { languageTag } from './language-tag.ts'
import { publishableDate, rfc3339 } from './publishable-date.ts'
import type { PublishableEntry, PublishableOriginal } from './publishable-entry.ts'
import type { PublishableSource } from './publishable-source.ts'
import { withXmlTexts } from './xml-text.ts'

/**
 * Renders one entry as an item of JSON Feed 1.1, on one line, to be handed to `jsonDocument`.
 */
export function jsonItem(made: PublishableEntry): string {
  const html = made.content ?? (made.summary?.type === 'html' ? made.summary.value : undefined)
  // The package writes JSON Feed 1.0: what 1.1 has otherwise is written here.
  const item = jsonItemOf({
    id: made.id,
    link: made.url ?? '',
    title: made.title.value,
    date: made.updated,
    ...(html !== undefined && { content: html }),
  })
  return JSON.stringify({
    id: item['id'],
    url: item['url'],
    external_url: made.original?.url,
    title: item['title'],
    // JSON Feed 1.1 §Items: one of the two must be there.
    ...(html === undefined ? { content_text: made.summary?.value ?? '' } : { content_html: item['content_html'] }),
    summary: made.summary?.type === 'text' ? made.summary.value : undefined,
    date_published: rfc3339(made.published),
    date_modified: rfc3339(made.updated),
    authors: made.authors.map(authorOf),
    tags: [...new Set(made.categories.map(({ label }) => label))],
    language: made.language,
    _kakehashi: extensionOf(made),
  })
}

/** Puts rendered items, in the order given, into a JSON Feed 1.1 document: one item a line. */
export function jsonDocument(header: FeedHeader, fragments: readonly string[]): string {
  const clean = withXmlTexts(header)
  const { rule, site, language, hubs } = clean
  const { version: _oldVersion, ...members } = jsonHeaderOf({
    title: rule.title,
    link: pageLink(header).href,
    feedLinks: { json: selfLink(header, 'json').href },
    ...(rule.subtitle !== undefined && { description: rule.subtitle }),
  })
  const head = {
    version: 'https://jsonfeed.org/version/1.1',
    ...members,
    language: languageTag(language),
    authors: [authorOf(publishablePerson(site.author))],
    ...(hubs.length > 0 && { hubs: hubs.map(url => ({ type: 'WebSub', url })) }),
    _kakehashi: headerExtension(clean),
  }
  const items = fragments.map(fragment => `\n    ${fragment}`).join(',')
  return `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "items": [${items}${items === '' ? '' : '\n  '}]\n}\n`
}

function authorOf({ name, uri }: Person): object {
  return { name, url: uri }
}

/** What JSON Feed has no member for: whose a feed is, when it changed, and what it once carried that is no more. */
function headerExtension({ id, rule, site, updated, generator, tombstones, labelScheme }: FeedHeader): object {
  const withdrawn = tombstones.flatMap(({ ref, when }) => {
    const date = publishableDate(when)
    return date === undefined ? [] : [{ id: ref, at: rfc3339(date) }]
  })
  return {
    id,
    updated: rfc3339(headerDate(updated)),
    label: rule.label === null ? undefined : { term: rule.label, scheme: labelScheme },
    rights: site.rights,
    generator: { name: GENERATOR, version: generator.version, url: generator.uri },
    ...(withdrawn.length > 0 && { withdrawn }),
  }
}

/** What it has no member for in an item: who translated what of whom, the outlets a post names, rights and provenance. */
function extensionOf({ outlets, original, contributors, rights, source }: PublishableEntry): object {
  return {
    outlets,
    ...(original !== undefined && { original: originalOf(original) }),
    ...(contributors.length > 0 && { translators: contributors.map(authorOf) }),
    rights: rights?.value,
    ...(source !== undefined && { source: sourceOf(source) }),
  }
}

function originalOf({ url, title, language, outlet, authors, published }: PublishableOriginal): object {
  return { url, title, language, outlet, authors, published: published === undefined ? undefined : rfc3339(published) }
}

function sourceOf({ id, title, updated, rights, links }: PublishableSource): object {
  const address = (rel: string) => links.find(link => link.rel === rel)?.href
  return {
    id,
    title: title.value,
    url: address('self'),
    home_page_url: address('alternate'),
    updated: rfc3339(updated),
    rights: rights?.value,
  }
}
