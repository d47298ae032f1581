import type { Category } from '../domain/feed.ts'

// Blogger's own classification of an entry as a post, page or comment (FIELD-NOTES §1, exports).
const KIND_SCHEME = 'http://schemas.google.com/g/2005#kind'

// Blogger allows twenty labels on a post and 200 characters in all.
const MOST_LABELS = 100
const MOST_CHARACTERS = 200

/**
 * Gives the labels among an entry's categories as readers see them (RFC 4287 §4.2.2: `label`, else `term`): trimmed,
 * in Unicode NFC, in order and without repeats. Categories that are addresses classify for programs and are left out; so are
 * those beyond the first hundred, and what is too long to be a name: each label may become a feed.
 */
export function postLabels(categories: readonly Category[]): readonly string[] {
  const names = categories
    .filter(({ scheme, term }) => scheme !== KIND_SCHEME && !/^https?:\/\/\S+$/i.test(term.trim()))
    .map(({ label, term }) => (label?.trim() || term).toWellFormed().normalize('NFC').replace(/\s+/g, ' ').trim())
  return [...new Set(names.filter(name => name !== '' && name.length <= MOST_CHARACTERS))].slice(0, MOST_LABELS)
}
