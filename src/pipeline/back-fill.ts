import type { Feed } from '../domain/feed.ts'
import type { PostFeedSource } from '../domain/outlet.ts'
import type { FailureReason } from '../domain/poll.ts'
import type { BlogPaging } from '../posts/blog-paging.ts'
import type { SavedPoll } from '../store/entry-batch.ts'
import type { PollProgress } from './poll-progress.ts'

/** Which pages of a blog are to be read. */
export interface BackFill {
  readonly paging: BlogPaging
  /** The place of the first page wanted. */
  readonly from: number
  /** Ends at the first page that brings no news; else at the end of the blog. */
  readonly untilKnown: boolean
  /** Where an earlier back-fill, interrupted, is to go on afterwards. */
  readonly thenFrom: number | null
  /** Larger pages are known to be too large. */
  readonly largestPage?: number
  /** Ids of posts that a page before these has shown. */
  readonly shown?: readonly string[]
}

const WORTH_A_SMALLER_PAGE: ReadonlySet<FailureReason> = new Set<FailureReason>(['too-large', 'timeout', 'server-error'])
// So that a long blog does not keep the others waiting: the rest follows at the next tick.
const PAGES_PER_POLL = 40

/** Reads a blog page by page; where it is interrupted the next poll goes on. */
export async function backFill(poll: PollProgress, source: PostFeedSource, wanted: BackFill): Promise<void> {
  const { paging, thenFrom, untilKnown, largestPage = Number.POSITIVE_INFINITY } = wanted
  const feedUrl = poll.memory?.movedTo ?? source.feedUrl
  const isShown = repeatFinder(wanted.shown)
  const resumption = (next: number) => (paging.listsEdits ? paging.start : Math.min(next, thenFrom ?? next))
  let place = wanted.from
  let sizes: readonly number[] = paging.sizes.filter(size => size <= largestPage)
  for (let page = 0; page < pagesFor(poll, wanted); page++) {
    const read = await readPage(poll, { feedUrl, paging, place, sizes })
    if (read.kind === 'failed') return
    if (read.kind === 'end') return poll.keep({ resumeAt: thenFrom })
    sizes = read.sizes
    if (read.kind === 'skipped') {
      place++
      await poll.keep({ resumeAt: resumption(place) })
      continue
    }
    const { feed } = read
    // A server that does not know the parameter gives its first page for ever.
    const next = isShown(feed) ? undefined : paging.next(feed, place)
    const isOver = (saved: SavedPoll) => next === undefined || (untilKnown && newsIn(saved, paging) === 0)
    const { entriesOf, metadataOf } = await import('./feed-entries.ts')
    const entries = await entriesOf(feed, poll)
    const saved = await poll.save({ ...feed, metadata: metadataOf(feed) }, entries, {}, counts =>
      isOver(counts) ? thenFrom : resumption(next ?? paging.start),
    )
    if (isOver(saved)) return
    place = next ?? place
  }
  await poll.comeBackSoon()
}

/** Where a page was too large nothing has been read yet: one that is smaller has to show whether the feed is any good. */
function pagesFor({ deps }: PollProgress, { largestPage }: BackFill): number {
  if (deps.newsOnly !== true) return PAGES_PER_POLL
  return largestPage === undefined ? 0 : 1
}

/** How much of what was saved can be news: where edits do not come first, an edited post says nothing of those behind it. */
export function newsIn({ added, changed }: SavedPoll, { listsEdits }: BlogPaging): number {
  return listsEdits ? added + changed : added
}

/** Gives what tells whether a page shows nothing but what others before it have shown. */
function repeatFinder(shown: readonly string[] = []): (feed: Feed) => boolean {
  const seen = new Set(shown)
  return ({ entries }) => {
    const before = seen.size
    for (const { id } of entries) seen.add(id)
    return seen.size === before
  }
}

interface WantedPage {
  readonly feedUrl: string
  readonly paging: BlogPaging
  readonly place: number
  readonly sizes: readonly number[]
}

/** `sizes` are those to try for the next page. */
type Page =
  | { readonly kind: 'page'; readonly feed: Feed; readonly sizes: readonly number[] }
  | { readonly kind: 'skipped'; readonly sizes: readonly number[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed' }

async function readPage(poll: PollProgress, { feedUrl, paging, place, sizes }: WantedPage): Promise<Page> {
  let problem: readonly [FailureReason, string, (number | undefined)?] = ['internal', '']
  for (const size of sizes) {
    await poll.renewLease()
    const fetched = await poll.fetch(paging.pageUrl(feedUrl, place, size), {})
    if (fetched.kind === 'ok') {
      const parsed = await poll.parse(fetched)
      if (parsed.kind === 'feed') return { kind: 'page', feed: parsed.feed, sizes: sizesFrom(paging.sizes, size) }
      problem = [parsed.kind, parsed.detail]
    } else if (fetched.kind === 'failed') problem = [fetched.reason, fetched.detail, fetched.retryAfterMs]
    else problem = ['server-error', 'answered 304 to a plain request']
    if (!WORTH_A_SMALLER_PAGE.has(problem[0])) break
  }
  const [reason, detail, retryAfterMs] = problem
  const where = paging.describe(place)
  if (paging.endsAt(reason)) {
    if (reason !== 'not-found') poll.remark(`older posts, from ${where} on, cannot be read: ${detail}`)
    return { kind: 'end' }
  }
  if (reason === 'too-large') {
    poll.skip([`${where.replace(/^./, initial => initial.toUpperCase())} was left out: ${detail}`])
    return { kind: 'skipped', sizes: sizesFrom(paging.sizes, 1) }
  }
  await poll.fail(reason, `page from ${where}: ${detail}`, retryAfterMs)
  return { kind: 'failed' }
}

/** What was too large once is not asked for again in this poll; a page of one is no beginning. */
function sizesFrom(sizes: readonly number[], size: number): readonly number[] {
  const smaller = sizes.filter(candidate => candidate <= size)
  return smaller.length > 1 ? smaller : sizes.slice(-2)
}
