import type { Entry, Feed, Text } from '../domain/feed.ts'
import type { Instant } from '../domain/time.ts'
import { textOf } from '../html/text.ts'
import { printable } from './sources-names.ts'
import { clip } from './table.ts'

/** What tells an operator whether a feed is the one that was meant. */
export interface FeedPreview {
  readonly title: string
  readonly format: Feed['format']
  readonly entries: number
  /** The newest three by their own dates; those without a date come last. */
  readonly newest: readonly { readonly title: string; readonly published: Instant | null; readonly url?: string }[]
}

const FORMAT_NAMES = { atom: 'Atom', rss: 'RSS', rdf: 'RSS 1.0', json: 'JSON Feed', cdf: 'CDF' } as const

/** Sums a feed up. */
export function feedPreview({ format, metadata, entries }: Feed): FeedPreview {
  const newest = entries.toSorted((a, b) => (dateOf(b) ?? 0) - (dateOf(a) ?? 0)).slice(0, 3)
  return {
    title: plainTitle(metadata.title),
    format,
    entries: entries.length,
    newest: newest.map(entry => ({
      title: plainTitle(entry.title),
      published: dateOf(entry) ?? null,
      ...(entry.url === undefined ? {} : { url: entry.url }),
    })),
  }
}

/** The summary in lines: the feed, then its newest entries with their days. */
export function describePreview({ title, format, entries, newest }: FeedPreview, timeZone: string): string {
  const count = `${entries} ${entries === 1 ? 'entry' : 'entries'}`
  const lines = newest.map(entry => {
    const day = entry.published === null ? 'no date   ' : dayIn(entry.published, timeZone)
    return `  ${day}  ${clip(entry.title || '(no title)', 90)}`
  })
  return [`${clip(title || '(no title)', 90)}: ${FORMAT_NAMES[format]}, ${count}`, ...lines].join('\n')
}

/** A title from outside as plain text on one line. */
export function plainTitle(title: Text | undefined): string {
  if (title === undefined) return ''
  return printable(title.type === 'html' ? textOf(title.value) : title.value)
}

/** The day an instant falls on in a time zone: `2026-07-01`. */
export function dayIn(instant: Instant, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant)
}

function dateOf({ published, updated }: Entry): Instant | undefined {
  return published ?? updated
}
