import { AppError } from '../../domain/app-error.ts'
import type { Category, Person } from '../../domain/feed.ts'
import { isIri } from '../../domain/iri.ts'
import type { Credit, OutputEntry } from '../../domain/output-feed.ts'
import { entryContent, entrySummary, type Summary } from './entry-content.ts'
import type { EntryContext } from './entry-context.ts'
import { entryId } from './entry-id.ts'
import { entryPersons } from './entry-persons.ts'
import { type EntryTitle, entryTitle } from './entry-title.ts'
import { languageTag } from './language-tag.ts'
import { type PlainText, plainText } from './plain-text.ts'
import { publishableDate } from './publishable-date.ts'
import { type PublishableSource, publishableSource } from './publishable-source.ts'
import { webAddress } from './web-address.ts'
import { withXmlTexts } from './xml-text.ts'

/** The original of a post with only what a feed can carry. */
export interface PublishableOriginal {
  readonly url?: string
  readonly title?: string
  readonly language?: string
  readonly outlet?: string
  readonly authors: readonly string[]
  readonly published?: Date
}

/** An entry as all three syntaxes take it: free of characters XML forbids, addresses and tags checked, texts composed; not escaped. */
export interface PublishableEntry {
  readonly id: string
  readonly url?: string
  readonly title: EntryTitle
  readonly language?: string
  readonly published: Date
  readonly updated: Date
  readonly authors: readonly Person[]
  /** What the authors' names are written in, where that is not the language of the entry. */
  readonly authorsLanguage?: string
  /** The translators of a post whose original is known. */
  readonly contributors: readonly Person[]
  readonly categories: readonly Required<Category>[]
  readonly summary?: Summary
  /** HTML. An entry without it has a `url`. */
  readonly content?: string
  readonly original?: PublishableOriginal
  readonly outlets: readonly string[]
  readonly rights?: PlainText
  readonly source?: PublishableSource
}

/**
 * Reads an entry into what can be published of it.
 *
 * @throws AppError `entry-unrenderable` where a date is none, or the entry has neither address nor text (RFC 4287 §4.1.2)
 */
export function publishableEntry(raw: OutputEntry, context: EntryContext): PublishableEntry {
  const entry = withXmlTexts(raw)
  const url = webAddress(entry.url)
  const content = entryContent(entry, context, url !== undefined)
  const summary = entrySummary(entry, context, url !== undefined)
  if (url === undefined && content === undefined) throw unrenderable(raw, 'expected a web address or a text, got neither')
  const language = languageTag(entry.language)
  const updated = requiredDate(raw, 'updated')
  const { authors, authorsLanguage, contributors } = entryPersons(entry, context.site)
  const writtenIn = languageTag(authorsLanguage)
  const rights = plainText(entry.rights)
  const source = publishableSource(raw.source, updated)
  return {
    id: entryId(raw, context.site),
    title: entryTitle(entry, context.rule.titles),
    published: requiredDate(raw, 'published'),
    updated,
    authors,
    contributors,
    categories: publishableCategories(entry.labels, context.labelScheme),
    outlets: entry.outlets.map(({ name }) => name),
    ...(url !== undefined && { url }),
    ...(language !== undefined && { language }),
    ...(writtenIn !== undefined && { authorsLanguage: writtenIn }),
    ...(summary !== undefined && { summary }),
    ...(content !== undefined && { content }),
    ...(entry.original !== undefined && { original: publishableOriginal(entry.original) }),
    ...(rights !== undefined && { rights }),
    ...(source !== undefined && { source }),
  }
}

function publishableOriginal(credit: Credit): PublishableOriginal {
  const url = webAddress(credit.url)
  const title = credit.title?.trim() || undefined
  const language = languageTag(credit.language)
  const published = publishableDate(credit.published)
  return {
    authors: credit.authors.filter(name => name.trim() !== ''),
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
    ...(language !== undefined && { language }),
    ...(credit.outlet !== undefined && { outlet: credit.outlet.name }),
    ...(published !== undefined && { published }),
  }
}

// RFC 4287 §4.2.2 asks for the term alone; readers differ in which of the three they show, so all have all three.
function publishableCategories(labels: readonly Category[], labelScheme: string): readonly Required<Category>[] {
  return labels
    .filter(({ term }) => term.trim() !== '')
    .map(({ term, scheme = labelScheme, label }) => ({
      term,
      scheme: isIri(scheme) ? scheme : labelScheme,
      label: label?.trim() ? label : term,
    }))
}

function requiredDate(entry: OutputEntry, field: 'published' | 'updated'): Date {
  const date = publishableDate(entry[field])
  if (date === undefined) throw unrenderable(entry, `${field}: expected an instant in the years 1 to 9999, got ${entry[field]}`)
  return date
}

function unrenderable(entry: OutputEntry, problem: string): AppError {
  return new AppError('entry-unrenderable', `entry ${JSON.stringify(entry.id)}: ${problem}`)
}
