import type { Slug } from '../domain/identifiers.ts'

// File systems hold 255 bytes of a name; 60 characters of Japanese are 180.
const MAX_CHARACTERS = 60

/**
 * Gives every label its slug: letters and digits of any script in lower case, everything else a hyphen. Labels that would
 * share one, or take one from `taken`, get a short digest of the label behind it, so that the slug of a label does
 * not depend on the order in which labels appear.
 */
export function labelSlugs(labels: readonly string[], taken: ReadonlySet<string> = new Set()): ReadonlyMap<string, Slug> {
  const plain = new Map(labels.map(label => [label, plainSlug(label)]))
  const users = Map.groupBy(labels, label => plain.get(label) ?? '')
  const slugs = new Map<string, Slug>()
  for (const label of labels) {
    const slug = plain.get(label) ?? ''
    const rivals = users.get(slug) ?? []
    const isFree = slug !== '' && !taken.has(slug) && (rivals.length === 1 || label === slug)
    slugs.set(label, (isFree ? slug : [slug, digest(label)].filter(Boolean).join('-')) as Slug)
  }
  return slugs
}

function plainSlug(label: string): string {
  const folded = label
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  return [...folded].slice(0, MAX_CHARACTERS).join('')
}

function digest(label: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(label)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(36).padStart(7, '0')
}
