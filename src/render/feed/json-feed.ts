import type { OutputEntry } from '../../domain/output-feed.ts'
import { publishablePerson } from './entry-authors.ts'
import type { EntryContext } from './entry-context.ts'
import { type FeedHeader, pageLink, selfLink } from './feed-header.ts'
import { jsonHeaderOf, jsonItemOf } from './feed-package.ts'
import { languageTag } from './language-tag.ts'
import { rfc3339 } from './publishable-date.ts'
import { type PublishableEntry, publishableEntry } from './publishable-entry.ts'
import { withXmlTexts } from './xml-text.ts'

/**
 * Renders one entry as an item of JSON Feed 1.1, on one line, to be handed to `jsonDocument`.
 *
 * @throws AppError `entry-unrenderable` naming what is wrong with the entry
 */
export function jsonItem(entry: OutputEntry, context: EntryContext): string {
  const made = publishableEntry(entry, context)
  // The package writes JSON Feed 1.0: what 1.1 has otherwise is written here.
  const item = jsonItemOf({
    id: made.id,
    link: made.url ?? '',
    title: made.title.value,
    date: made.updated,
    ...(made.content !== undefined && { content: made.content }),
  })
  return JSON.stringify({
    id: item['id'],
    url: item['url'],
    external_url: made.original?.url,
    title: item['title'],
    // JSON Feed 1.1 §Items: one of the two must be there.
    ...(made.content === undefined ? { content_text: made.summary ?? '' } : { content_html: item['content_html'] }),
    summary: made.summary,
    date_published: rfc3339(made.published),
    date_modified: rfc3339(made.updated),
    authors: made.authors.map(({ name, uri }) => ({ name, url: uri })),
    tags: [...new Set(made.categories.map(({ label }) => label))],
    language: made.language,
    _kakehashi: extensionOf(made),
  })
}

/** Puts rendered items, in the order given, into a JSON Feed 1.1 document: one item a line. */
export function jsonDocument(header: FeedHeader, fragments: readonly string[]): string {
  const { rule, site, language } = withXmlTexts(header)
  const { name, uri } = publishablePerson(site.author)
  const { version: _oldVersion, ...members } = jsonHeaderOf({
    title: rule.title,
    link: pageLink(header).href,
    feedLinks: { json: selfLink(header, 'json').href },
    ...(rule.subtitle !== undefined && { description: rule.subtitle }),
  })
  const head = { version: 'https://jsonfeed.org/version/1.1', ...members, language: languageTag(language), authors: [{ name, url: uri }] }
  const items = fragments.map(fragment => `\n    ${fragment}`).join(',')
  return `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "items": [${items}${items === '' ? '' : '\n  '}]\n}\n`
}

/** What JSON Feed has no member for: the outlets a post names and the article it translates. */
function extensionOf({ outlets, original }: PublishableEntry): object | undefined {
  if (outlets.length === 0 && original === undefined) return undefined
  if (original === undefined) return { outlets }
  const { title, outlet, authors, published } = original
  return { outlets, original: { title, outlet, authors, published: published === undefined ? undefined : rfc3339(published) } }
}
