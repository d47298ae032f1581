/** Gives the slug of the feed that a published file belongs to: its documents, archives and pages; undefined for any other. */
export function slugOfFile(path: string): string | undefined {
  return /^(?:(?:en|ja)\/)?(?:feeds|labels)\/([^/]+?)(?:\/[^/]+)?\.(?:atom|rss|json|html)$/.exec(path)?.[1]
}

/** The folders that hold the pages of posts, in either language of a site. */
export const ENTRY_FOLDERS = ['entries', 'en/entries', 'ja/entries'] as const

/** Whether a published file is the page of one post. */
export function isEntryFile(path: string): boolean {
  return /^(?:(?:en|ja)\/)?entries\/[\w-]{22}\.html$/.test(path)
}
