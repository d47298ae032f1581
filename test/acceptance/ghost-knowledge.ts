import { DAY, type Instant } from '../../src/domain/time.ts'
import type { Written } from './ghost-publishers.ts'

/** A date as far as the test can know it: two readings of the program's clock, or one instant twice. */
export interface Dated {
  readonly from: Instant
  readonly to: Instant
}

/** What the program has heard of a post or an article. */
export interface Fact {
  readonly role: 'post' | 'article'
  readonly source: string
  readonly written: Written
  readonly published: Dated
  readonly updated: Dated
  readonly firstSeen: Dated
  readonly withdrawnBy: 'source' | 'operator' | 'both' | null
  /** The REST API of WordPress words a post otherwise than its feed. */
  readonly isFromApi: boolean
}

/** What one poll brought. */
export interface Heard {
  readonly role: Fact['role']
  readonly source: string
  readonly written: readonly Written[]
  /** They are all there are: what is not among them is gone. */
  readonly isComplete?: boolean
  readonly isFromApi?: boolean
  readonly seen: Dated
}

/** All that the program has heard, by the ids of the entries. */
export type Knowledge = Map<string, Fact>

/**
 * Takes in what a poll brought, as the program is to: a date that moved and nothing else is no news, a date more than a
 * day ahead is none, and words that changed under no date of their own are dated by the poll that saw them.
 */
export function hear(knowledge: Knowledge, { role, source, written, isComplete = false, isFromApi = false, seen }: Heard): void {
  for (const one of written) {
    const before = knowledge.get(one.id)
    if (before !== undefined && !isNews(before, one)) continue
    const firstSeen = before?.firstSeen ?? seen
    const published = one.published > firstSeen.to + DAY ? firstSeen : exactly(one.published)
    const updated = updatedOf(one, published, seen, before)
    const withdrawnBy = isHeld(before) ? 'operator' : null
    knowledge.set(one.id, { role, source, written: one, published, updated, firstSeen, withdrawnBy, isFromApi })
  }
  if (!isComplete) return
  const present = new Set(written.map(({ id }) => id))
  for (const [id, fact] of knowledge)
    if (fact.source === source && !present.has(id)) knowledge.set(id, { ...fact, withdrawnBy: isHeld(fact) ? 'both' : 'source' })
}

/** Takes a post out, or back in, on the operator's word. A post that is back is read anew from what is stored. */
export function withdraw(knowledge: Knowledge, id: string, isUndone = false): void {
  const fact = knowledge.get(id)
  if (fact === undefined) return
  const isGone = fact.withdrawnBy === 'source' || fact.withdrawnBy === 'both'
  const without = isGone ? 'source' : null
  knowledge.set(id, { ...fact, withdrawnBy: isUndone ? without : isGone ? 'both' : 'operator' })
}

function isHeld(fact: Fact | undefined): boolean {
  return fact?.withdrawnBy === 'operator' || fact?.withdrawnBy === 'both'
}

/** What of an entry can read otherwise, its date of change apart. */
export function contentOf({ updated: _, ...content }: Written): string {
  return JSON.stringify(content)
}

/** One instant. */
export function exactly(at: Instant): Dated {
  return { from: at, to: at }
}

function isNews({ written, withdrawnBy }: Fact, now: Written): boolean {
  return contentOf(written) !== contentOf(now) || withdrawnBy === 'source' || withdrawnBy === 'both'
}

function updatedOf(now: Written, published: Dated, seen: Dated, before: Fact | undefined): Dated {
  const claimed = now.updated
  if (claimed !== undefined && claimed <= seen.to + DAY) return exactly(Math.max(claimed, published.from))
  if (before === undefined) return published
  return wordsOf(before.written) === wordsOf(now) ? before.updated : seen
}

function wordsOf({ title, html }: Written): string {
  return title + html.replace(/<[^>]*>/g, '')
}
