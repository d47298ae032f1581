import type { Feed } from '../domain/feed.ts'
import type { PostFolderSource, Source } from '../domain/outlet.ts'
import type { PollState, Validators } from '../domain/poll.ts'
import { DAY, type Instant } from '../domain/time.ts'
import type { FailedFetch, FetchOutcome } from '../fetch/fetch-outcome.ts'
import type { PagedBlog } from '../posts/blog-paging.ts'
import { bloggerPaging, isBloggerAddress, NEWS_PER_POLL, pagedBloggerBlog } from '../posts/blogger.ts'
import { pagedWordpressBlog, WORDPRESS_PAGING } from '../posts/wordpress.ts'
import { NO_MEMORY, rememberAnswer, rememberFeed } from '../schedule/source-memory.ts'
import type { SavedPoll } from '../store/entry-batch.ts'
import { backFill, newsIn } from './back-fill.ts'
import { digestOf } from './digest.ts'
import { type FeedSource, newsAddress, type PollDeps, PollProgress, type PollReport } from './poll-progress.ts'
import { noteAnnouncement, watchHub } from './pushed-source.ts'

// Validators can be stuck: a server that answers 304 for ever hides every new entry (FreshRSS#1680).
const LONGEST_WITHOUT_DOCUMENT = 7 * DAY

/**
 * Polls one claimed source and stores what it brought. A failure changes nothing but the source's own health.
 *
 * @param notBefore when it would have been due, where it was claimed before that
 */
export async function pollSource(source: Source, state: PollState, deps: PollDeps, notBefore?: Instant): Promise<PollReport> {
  const poll = new PollProgress(source, state, deps, notBefore)
  try {
    if (source.kind === 'post-folder') await pollFolder(poll, source)
    else if (!(await poll.isHostPaused())) {
      await pollFeed(poll, source)
      if (source.kind === 'post-feed' && deps.newsOnly !== true) await (await blogEdits()).takeEdits(poll, source)
    }
  } catch (error) {
    // One source's bug must not end the others' polls; it is the operator's to see and ours to mend.
    const isEnding = deps.signal?.aborted === true
    await poll.fail(isEnding ? 'interrupted' : 'internal', error instanceof Error ? error.message : String(error))
  }
  return poll.report()
}

/** Reading what a blog says of its posts brings much of the program with it, and outlets are no blogs. */
function blogEdits() {
  return import('./wordpress-edits.ts')
}

async function pollFeed(poll: PollProgress, source: FeedSource): Promise<void> {
  const { state } = poll
  const fetched = await fetchNews(poll, source)
  if (fetched.kind === 'failed') return onFailure(poll, source, fetched)
  const answer = rememberAnswer(poll.memory, source.feedUrl, fetched)
  if (fetched.kind === 'not-modified') {
    poll.noteMemory(answer)
    await poll.unchanged(fetched.validators)
    return goOn(poll, source)
  }
  const bodyDigest = digestOf(fetched.bytes)
  if (bodyDigest === state.bodyDigest) {
    poll.noteMemory(answer)
    await poll.unchanged(fetched.validators, poll.deps.now())
    return goOn(poll, source)
  }
  const parsed = await poll.parse(fetched)
  if (parsed.kind !== 'feed') {
    // A redirect to a page that says "back soon" is no move: next time the configured address is asked.
    forgetMove(poll)
    return poll.fail(parsed.kind, parsed.detail)
  }
  const memory = rememberFeed(answer, parsed.feed, poll.deps.now())
  poll.noteMemory(source.kind === 'post-feed' ? (await blogEdits()).rememberWordpress(memory, parsed.feed, fetched) : memory)
  await noteAnnouncement(poll, source, fetched, parsed.feed)
  await takeNews(poll, source, parsed.feed, { validators: fetched.validators, bodyDigest })
}

async function takeNews(
  poll: PollProgress,
  source: FeedSource,
  feed: Feed,
  understood: { readonly validators: Validators; readonly bodyDigest: string },
): Promise<void> {
  const { state } = poll
  const blog = source.kind === 'post-feed' ? pagedBlog(poll, feed) : undefined
  const isFirst = state.lastSuccessAt === null
  // A page of nothing but news may have more news behind it.
  const { entriesOf, metadataOf } = await import('./feed-entries.ts')
  const isAllNews = (saved: SavedPoll) => blog !== undefined && newsIn(saved, blog.news) >= feed.entries.length
  const entries = await entriesOf(feed, poll)
  await watchHub(poll, source, entries)
  const saved = await poll.save({ ...feed, metadata: metadataOf(feed) }, entries, understood, counts =>
    // Until what is behind this page is read, an interruption means to read all.
    blog !== undefined && (isFirst || isAllNews(counts)) ? blog.whole.start : state.resumeAt,
  )
  if (source.kind !== 'post-feed') return
  if (blog !== undefined && (isFirst || isAllNews(saved))) {
    const { whole, news, newsFrom, shown } = blog
    if (isFirst) return backFill(poll, source, { paging: whole, from: whole.start, untilKnown: false, thenFrom: null, shown })
    await backFill(poll, source, { paging: news, from: newsFrom, untilKnown: true, thenFrom: state.resumeAt, shown })
  }
  await goOn(poll, source)
}

/** What there may be of a blog behind its feed; undefined where the feed is all that can be had. */
function pagedBlog(poll: PollProgress, feed: Feed): PagedBlog | undefined {
  return poll.memory?.wordpress === undefined ? pagedBloggerBlog(feed) : pagedWordpressBlog(feed)
}

/** A blog whose news do not fit into one document is read in smaller ones; any other failure ends the poll. */
async function onFailure(poll: PollProgress, source: FeedSource, { reason, detail, retryAfterMs }: FailedFetch): Promise<void> {
  const { resumeAt: thenFrom, lastSuccessAt } = poll.state
  if (reason !== 'too-large' || source.kind !== 'post-feed' || !isBloggerAddress(source.feedUrl))
    return poll.fail(reason, detail, retryAfterMs)
  const firstPage = { from: 1, largestPage: NEWS_PER_POLL - 1 }
  if (lastSuccessAt === null)
    return backFill(poll, source, { ...firstPage, paging: bloggerPaging('published'), untilKnown: false, thenFrom: null })
  await backFill(poll, source, { ...firstPage, paging: bloggerPaging('updated'), untilKnown: true, thenFrom })
  await goOn(poll, source)
}

/** Goes on with a back-fill that was interrupted. */
async function goOn(poll: PollProgress, source: FeedSource): Promise<void> {
  const from = poll.state.resumeAt
  if (from === null || source.kind !== 'post-feed' || poll.hasFailed) return
  const paging = poll.memory?.wordpress === undefined ? bloggerPaging('published') : WORDPRESS_PAGING
  await backFill(poll, source, { paging, from, untilKnown: false, thenFrom: null })
}

/** Asks for the newest document, at its new address where it has moved for good. */
async function fetchNews(poll: PollProgress, source: FeedSource): Promise<FetchOutcome> {
  const { state, deps } = poll
  const wholeAt = state.memory?.wholeAt ?? null
  const isStale = wholeAt !== null && deps.now() - wholeAt > LONGEST_WITHOUT_DOCUMENT
  const validators: Validators = isStale ? {} : state.validators
  const movedTo = state.memory?.movedTo ?? null
  if (movedTo === null) return poll.fetch(newsAddress(source), validators)
  const fetched = await poll.fetch(movedTo, validators)
  if (fetched.kind !== 'failed' || isNoRefusal(fetched)) return fetched
  // The move may have been a mistake that was taken back; the configured address has the last word.
  forgetMove(poll)
  return poll.fetch(newsAddress(source), {})
}

/** A fetch that was called off, or put off, says nothing against the address. */
function isNoRefusal({ reason, retryAfterMs }: FailedFetch): boolean {
  return reason === 'interrupted' || reason === 'rate-limited' || retryAfterMs !== undefined
}

function forgetMove(poll: PollProgress): void {
  const { memory, state } = poll
  if (memory === null || memory.movedTo === null) return
  // The validators are those of the other address, and say nothing of this one.
  poll.state = { ...state, validators: {}, memory: { ...memory, movedTo: null, moveSightings: 0 } }
}

async function pollFolder(poll: PollProgress, source: PostFolderSource): Promise<void> {
  const { deps, state } = poll
  const folder = await deps.readFolder(source)
  if (folder.kind === 'failed') return poll.fail('not-found', folder.detail)
  const bodyDigest = digestOf(JSON.stringify([deps.judgementDigest, folder.entries, folder.problems]))
  poll.skip(folder.problems)
  const title = source.title === undefined ? {} : { title: { type: 'text', value: source.title } as const }
  poll.noteMemory({ ...(poll.memory ?? NO_MEMORY), ...title, entries: folder.entries.length })
  if (bodyDigest === state.bodyDigest) return poll.unchanged({})
  const metadata = { authors: [], contributors: [], categories: [], links: [], ...title }
  const { incomingEntry } = await import('./incoming-entry.ts')
  const entries = folder.entries.map(({ entry, facts }) => incomingEntry(entry, source, deps.directory, facts))
  // A folder is all there is: a file that is gone, or has become a draft, takes its post back. One that cannot be read
  // any more takes nothing back.
  const isWhole = folder.problems.length === 0
  await poll.save({ metadata, skipped: [] }, entries, { bodyDigest }, () => null, isWhole)
}
