import { hash } from 'node:crypto'
import type { Entry } from '../domain/feed.ts'
import type { EntryKey } from '../domain/identifiers.ts'
import type { PostFacts } from '../domain/post.ts'

/**
 * The key of an entry: the same id in the same scope gives the same key. A scheme that changed from http to https does not
 * make a new entry.
 *
 * @param scope what the id is unique in: an outlet, or a source of posts
 */
export function entryKey(scope: string, id: string): EntryKey {
  return digest([scope, id.replace(/^http:\/\//i, 'https://')]) as EntryKey
}

/** Digest of what a publisher can change in an entry; its `updated` alone is no change (FIELD-NOTES §5.24). */
export function contentDigest(entry: Entry, facts: PostFacts | undefined): string {
  const { title, summary, content, url, published, authors, categories, links, rights } = entry
  return digest([title, summary, content, url, published, authors, categories, links, rights, facts])
}

/** Digest of a title and a text: an edit of the markup alone does not change it. */
export function wordsDigest(title: string, text: string): string {
  return digest([title, text])
}

function digest(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22)
}
