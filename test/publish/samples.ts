import type { Document } from '../../src/publish/publish-documents.ts'

const NAMESPACE = 'xmlns="http://www.w3.org/2005/Atom"'
const BEHIND_HEAD = '<author><name>編集部</name></author><link rel="self" href="https://kakehashi.example/feeds/a.atom"/>'
const DATE = '2025-03-12T09:00:00Z'

/** An Atom entry; `extra` stands where its date is otherwise. */
export function atomEntry(id: string, dated = `<updated>${DATE}</updated>`): string {
  return `<entry><id>${id}</id><title>訳題</title>${dated}<content>本文</content></entry>`
}

export function atomFeed(entries: string, head = `<id>urn:feed</id><title>架け橋</title><updated>${DATE}</updated>`): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed ${NAMESPACE}>${head}${BEHIND_HEAD}${entries}</feed>\n`
}

/** A sound Atom document with this many entries. */
export function atomDocument(count: number, changes: Partial<Document> = {}): Document {
  const entries = Array.from({ length: count }, (_, index) => atomEntry(`urn:${index}`)).join('')
  return { path: 'feeds/米外交政策.atom', kind: 'atom', text: atomFeed(entries), ...changes }
}
