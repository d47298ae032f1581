import type { Feed } from '../domain/feed.ts'
import type { PostFeedSource } from '../domain/outlet.ts'
import type { FailureReason } from '../domain/poll.ts'
import { type BloggerOrder, bloggerPageUrl, nextStartIndex } from '../posts/blogger.ts'
import type { SavedPoll } from '../store/entry-batch.ts'
import { entriesOf, metadataOf } from './feed-entries.ts'
import type { PollProgress } from './poll-progress.ts'

/** Which pages of a blog are to be read. */
export interface BackFill {
  /** 1-based index of the first entry wanted. */
  readonly from: number
  readonly order: BloggerOrder
  /** Ends at the first page that brings nothing new or changed; else at the end of the blog. */
  readonly untilKnown: boolean
  /** Where an earlier back-fill, interrupted, is to go on afterwards. */
  readonly thenFrom: number | null
  /** Larger pages are known to be too large. */
  readonly largestPage?: number
}

// What is asked for. Blogger has capped pages at 500, 150 and 100 over the years; posts with their images inside them can
// make even few too large, or too slow.
const PAGE_SIZES = [150, 50, 10, 1] as const
const WORTH_A_SMALLER_PAGE: ReadonlySet<FailureReason> = new Set<FailureReason>(['too-large', 'timeout', 'server-error'])
// So that a long blog does not keep the others waiting: the rest follows at the next tick.
const PAGES_PER_POLL = 40

/** Reads a Blogger blog page by page; where it is interrupted the next poll goes on. */
export async function backFill(poll: PollProgress, source: PostFeedSource, wanted: BackFill): Promise<void> {
  let startIndex = wanted.from
  let sizes: readonly number[] = PAGE_SIZES.filter(size => size <= (wanted.largestPage ?? PAGE_SIZES[0]))
  let before = ''
  // What was edited last has other numbers than the blog itself: an interruption there means to read all.
  const resumption = (next: number) => (wanted.order === 'published' ? next : 1)
  for (let page = 0; page < PAGES_PER_POLL; page++) {
    const read = await readPage(poll, source, { startIndex, order: wanted.order, sizes })
    if (read.kind === 'failed') return
    const feed = read.kind === 'page' ? read.feed : undefined
    const here = JSON.stringify(feed?.entries.map(({ id }) => id))
    // A server that does not know the parameter gives its first page for ever.
    const isStuck = feed !== undefined && here === before
    before = here
    const next = feed === undefined ? startIndex + 1 : isStuck ? undefined : nextStartIndex(feed, startIndex)
    if (feed === undefined) await poll.noteResumption(resumption(startIndex + 1))
    else {
      const isOver = ({ added, changed }: SavedPoll) => next === undefined || (wanted.untilKnown && added + changed === 0)
      const saved = await poll.save({ ...feed, metadata: metadataOf(feed) }, entriesOf(feed, poll), {}, counts =>
        isOver(counts) ? wanted.thenFrom : resumption(next ?? 1),
      )
      if (isOver(saved)) return
    }
    startIndex = next ?? startIndex
    sizes = read.sizes
  }
  await poll.comeBackSoon()
}

/** `sizes` are those to try for the next page. */
type Page =
  | { readonly kind: 'page'; readonly feed: Feed; readonly sizes: readonly number[] }
  | { readonly kind: 'skipped'; readonly sizes: readonly number[] }
  | { readonly kind: 'failed' }

async function readPage(
  poll: PollProgress,
  source: PostFeedSource,
  { startIndex, order, sizes }: { readonly startIndex: number; readonly order: BloggerOrder; readonly sizes: readonly number[] },
): Promise<Page> {
  let problem: readonly [FailureReason, string, (number | undefined)?] = ['internal', '']
  for (const size of sizes) {
    await poll.renewLease()
    const fetched = await poll.fetch(bloggerPageUrl(source.feedUrl, startIndex, size, order), {})
    if (fetched.kind === 'ok') {
      const parsed = await poll.parse(fetched)
      if (parsed.kind === 'feed') return { kind: 'page', feed: parsed.feed, sizes: sizesFrom(size) }
      problem = [parsed.kind, parsed.detail]
    } else if (fetched.kind === 'failed') problem = [fetched.reason, fetched.detail, fetched.retryAfterMs]
    else problem = ['server-error', 'answered 304 to a plain request']
    if (!WORTH_A_SMALLER_PAGE.has(problem[0])) break
  }
  const [reason, detail, retryAfterMs] = problem
  if (reason === 'too-large') {
    poll.skip([`Entry ${startIndex} was left out: ${detail}`])
    return { kind: 'skipped', sizes: sizesFrom(1) }
  }
  await poll.fail(reason, `page from entry ${startIndex}: ${detail}`, retryAfterMs)
  return { kind: 'failed' }
}

/** What was too large once is not asked for again in this poll; a page of one is no beginning. */
function sizesFrom(size: number): readonly number[] {
  const smaller = PAGE_SIZES.filter(candidate => candidate <= size)
  return smaller.length > 1 ? smaller : PAGE_SIZES.slice(-2)
}
