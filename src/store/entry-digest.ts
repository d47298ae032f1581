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
  return digestOfText(JSON.stringify([scope, id.replace(/^http:\/\//i, 'https://')])) as EntryKey
}

/**
 * An entry as JSON text, and a digest of what its publisher can change in it. Its `updated` alone is no change (FIELD-NOTES
 * §5.24), nor is what the feed it was copied from says of itself.
 */
export function contentOf(
  entry: Entry,
  facts: PostFacts | undefined,
): {
  readonly document: string
  readonly content_digest: string
} {
  const { updated, source, ...content } = entry
  const text = JSON.stringify(content)
  const moving =
    source === undefined ? (updated === undefined ? '' : `,"updated":${updated}`) : `,${JSON.stringify({ updated, source }).slice(1, -1)}`
  return {
    document: `${text.slice(0, -1)}${moving}}`,
    content_digest: digestOfText(facts === undefined ? text : text + JSON.stringify(facts)),
  }
}

function digestOfText(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22)
}
