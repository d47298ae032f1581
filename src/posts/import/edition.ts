import type { Entry, Text } from '../../domain/feed.ts'
import { textOf } from '../../html/text.ts'
import { postLabels } from '../post-labels.ts'

/** How an imported post stands to the one that is stored. */
export type Edition = 'newer' | 'same' | 'older'

/**
 * Tells how an imported post stands to the one that is stored. The later date decides; of two with one date the imported
 * one counts as newer if it says something else or has the address that the stored one lacks.
 */
export function editionOf(imported: Entry, stored: Entry): Edition {
  const [ours, theirs] = [imported.updated ?? imported.published, stored.updated ?? stored.published]
  if (ours !== undefined && theirs !== undefined && ours !== theirs) return ours > theirs ? 'newer' : 'older'
  return (stored.url === undefined && imported.url !== undefined) || said(imported) !== said(stored) ? 'newer' : 'same'
}

/** Title, text and labels without markup: exports and feeds of one blog differ in links and attributes. */
function said({ title, content, summary, categories }: Entry): string {
  return JSON.stringify([plain(title), plain(content ?? summary), postLabels(categories).toSorted()])
}

function plain(text: Text | undefined): string {
  if (text === undefined) return ''
  return (text.type === 'html' ? textOf(text.value) : text.value).replace(/\s+/g, ' ').trim()
}
