import type { EntryKey } from '../domain/identifiers.ts'

/** One archive of a feed, with the posts in it that the feed still selects, oldest first. */
export interface ArchivePage<Post> {
  readonly page: number
  readonly posts: readonly Post[]
}

/** How a feed's posts are divided into its own document and archives. */
export interface ArchivePlan<Post> {
  /** Posts that were in no archive yet, with the archive they are in from now on. */
  readonly assigned: ReadonlyMap<EntryKey, number>
  /** Oldest first; archives that have lost all their posts are left out. */
  readonly pages: readonly ArchivePage<Post>[]
  /** The feed's own document holds all there is, and there is no archive. */
  readonly isComplete: boolean
}

/**
 * Divides a feed's posts into archives (RFC 5005 §4). Posts stay in the archive they once came to; an archive is made,
 * whole, of the oldest that are in none as soon as one of them has left the feed's own document. The very first comes in
 * two halves, as an archive without a neighbour is a history without a path. A post that turns up late, with an old date,
 * waits until there are enough for an archive.
 *
 * @param posts all that the feed selects, oldest first
 * @param given the archives posts are in, from earlier; 0 for none
 * @param size posts in an archive; no more than the feed's own document holds, or some would be in neither
 */
export function archivePlan<Post extends { readonly key: EntryKey }>(
  posts: readonly Post[],
  inDocument: ReadonlySet<EntryKey>,
  given: ReadonlyMap<EntryKey, number>,
  size: number,
): ArchivePlan<Post> {
  const assigned = new Map<EntryKey, number>()
  let newest = Math.max(0, ...given.values())
  let free = posts.filter(({ key }) => (given.get(key) ?? 0) === 0)
  if (newest === 0 && free.length <= inDocument.size) return { assigned, pages: [], isComplete: true }
  while (free.length >= size && free.some(({ key }) => !inDocument.has(key))) {
    const isFirst = newest === 0 && free.length < 2 * size && size > 1
    const count = isFirst ? Math.floor(size / 2) : size
    newest++
    for (const { key } of free.slice(0, count)) assigned.set(key, newest)
    free = free.slice(count)
    if (!isFirst) continue
    newest++
    for (const { key } of free.slice(0, size - count)) assigned.set(key, newest)
    free = free.slice(size - count)
  }
  const pageOf = ({ key }: Post) => assigned.get(key) ?? given.get(key) ?? 0
  const pages = [...Map.groupBy(posts, pageOf)].flatMap(([page, members]) => (page === 0 ? [] : [{ page, posts: members }]))
  return { assigned, pages: pages.toSorted((a, b) => a.page - b.page), isComplete: false }
}
