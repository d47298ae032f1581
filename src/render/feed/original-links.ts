import type { Link } from '../../domain/feed.ts'
import type { PublishableEntry } from './publishable-entry.ts'

/** Gives links of the relations asked for to the original of a post; none where its address is unknown. */
export function originalLinks(original: PublishableEntry['original'], relations: readonly string[]): readonly Link[] {
  if (original?.url === undefined) return []
  const { url: href, language, title } = original
  const about = { href, type: 'text/html', ...(language !== undefined && { hreflang: language }), ...(title !== undefined && { title }) }
  return relations.map(rel => ({ rel, ...about }))
}
