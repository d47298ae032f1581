/** Gives the slug of the feed that a published file belongs to: its documents, archives and pages; undefined for any other. */
export function slugOfFile(path: string): string | undefined {
  return /^(?:(?:en|ja)\/)?(?:feeds|labels)\/([^/]+?)(?:\/[^/]+)?\.(?:atom|rss|json|html)$/.exec(path)?.[1]
}

/** Whether a published file is the page of one post. */
export function isEntryFile(path: string): boolean {
  return /^(?:(?:en|ja)\/)?entries\//.test(path)
}
