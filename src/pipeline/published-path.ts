/** Gives the slug of the feed that a published file belongs to: its documents, archives and pages; undefined for any other. */
export function slugOfFile(path: string): string | undefined {
  return /^(?:(?:en|ja)\/)?(?:feeds|labels)\/([^/]+?)(?:\/[^/]+)?\.(?:atom|rss|json|html)$/.exec(path)?.[1]
}

const ENTRY_FOLDERS = ['entries', 'en/entries', 'ja/entries']

/** The folders that hold the pages of posts, and the archives and lists of these feeds. */
export function foldersOf(slugs: readonly string[]): readonly string[] {
  return [...ENTRY_FOLDERS, ...slugs.flatMap(slug => ['feeds', 'labels', 'en/labels', 'ja/labels'].map(parent => `${parent}/${slug}`))]
}

/** Whether a published file is an archive of a feed, or a list of its posts by year. */
export function isHistoryFile(path: string): boolean {
  return /^(?:feeds\/[^/]+\/archive-\d+\.atom|(?:(?:en|ja)\/)?labels\/[^/]+\/\d{4}(?:-\d+)?\.html)$/.test(path)
}

/** Whether a published file is the page of one post. */
export function isEntryFile(path: string): boolean {
  return /^(?:(?:en|ja)\/)?entries\/[\w-]{22}\.html$/.test(path)
}
