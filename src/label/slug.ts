import type { Slug } from '../domain/identifiers.ts'

// File systems hold 255 bytes of a name; 60 characters of Japanese are 180.
const MAX_CHARACTERS = 60

/**
 * Gives every label its slug: letters and digits of any script in lower case, everything else a hyphen. A label keeps the
 * slug it was once given, as that is the address its subscribers have; of newcomers, those that would share one, or take
 * one that is taken, get a short digest of the label behind it, whatever the order in which they appear.
 *
 * @param taken slugs the operator gave by hand
 * @param given slugs by label, from earlier
 */
export function labelSlugs(
  labels: readonly string[],
  taken: ReadonlySet<string> = new Set(),
  given: ReadonlyMap<string, Slug> = new Map(),
): ReadonlyMap<string, Slug> {
  const occupied = new Set<string>([...taken, ...given.values()])
  const newcomers = labels.filter(label => !given.has(label))
  const users = Map.groupBy(newcomers, plainSlug)
  const slugs = new Map<string, Slug>()
  for (const label of labels) {
    const kept = given.get(label)
    const slug = plainSlug(label)
    const isFree = slug !== '' && !occupied.has(slug) && (users.get(slug)?.length === 1 || label === slug)
    const fresh = (isFree ? slug : [slug, digest(label)].filter(Boolean).join('-')) as Slug
    slugs.set(label, kept !== undefined && !taken.has(kept) ? kept : fresh)
  }
  return slugs
}

/** Gives a slug as it is, or with a short digest behind it where another feed has it. */
export function freeSlug(slug: Slug, occupied: ReadonlySet<string>): Slug {
  return occupied.has(slug) ? (`${slug}-${digest(slug)}` as Slug) : slug
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
