import type { Feed } from '../domain/feed.ts'
import type { PostFolderSource, Source } from '../domain/outlet.ts'
import type { PollState, Validators } from '../domain/poll.ts'
import { DAY } from '../domain/time.ts'
import type { FailedFetch, FetchOutcome } from '../fetch/fetch-outcome.ts'
import { isBloggerAddress, isBloggerFeed, NEWS_PER_POLL, nextStartIndex } from '../posts/blogger.ts'
import { rememberFeed, rememberMove } from '../schedule/source-memory.ts'
import type { SavedPoll } from '../store/entry-batch.ts'
import { type BackFill, backFill } from './back-fill.ts'
import { digestOf } from './digest.ts'
import { entriesOf, metadataOf } from './feed-entries.ts'
import { incomingEntry } from './incoming-entry.ts'
import { type FeedSource, newsAddress, type PollDeps, PollProgress, type PollReport } from './poll-progress.ts'

// Validators can be stuck: a server that answers 304 for ever hides every new entry (FreshRSS#1680).
const LONGEST_WITHOUT_DOCUMENT = 7 * DAY

/** Polls one claimed source and stores what it brought. A failure changes nothing but the source's own health. */
export async function pollSource(source: Source, state: PollState, deps: PollDeps): Promise<PollReport> {
  const poll = new PollProgress(source, state, deps)
  try {
    if (source.kind === 'post-folder') await pollFolder(poll, source)
    else if (!(await poll.isHostPaused())) await pollFeed(poll, source)
  } catch (error) {
    // One source's bug must not end the others' polls; it is the operator's to see and ours to mend.
    const isEnding = deps.signal?.aborted === true
    await poll.fail(isEnding ? 'interrupted' : 'internal', error instanceof Error ? error.message : String(error))
  }
  return poll.report()
}

async function pollFeed(poll: PollProgress, source: FeedSource): Promise<void> {
  const { state } = poll
  const fetched = await fetchNews(poll, source)
  if (fetched.kind === 'failed') return onFailure(poll, source, fetched)
  const move = rememberMove(poll.memory, source.feedUrl, fetched.movedTo)
  poll.noteFreshness(fetched.freshForMs)
  if (fetched.kind === 'not-modified') {
    poll.noteMove(move)
    await poll.unchanged(fetched.validators)
    return goOn(poll, source)
  }
  const bodyDigest = digestOf(fetched.bytes)
  if (bodyDigest === state.bodyDigest) {
    poll.noteMove(move)
    await poll.unchanged(fetched.validators, poll.deps.now())
    return goOn(poll, source)
  }
  const parsed = await poll.parse(fetched)
  if (parsed.kind !== 'feed') {
    // A redirect to a page that says "back soon" is no move: next time the configured address is asked.
    forgetMove(poll, source)
    return poll.fail(parsed.kind, parsed.detail)
  }
  poll.noteMove(move)
  poll.noteMemory(rememberFeed(poll.memory, parsed.feed, poll.deps.now()))
  await takeNews(poll, source, parsed.feed, { validators: fetched.validators, bodyDigest })
}

async function takeNews(
  poll: PollProgress,
  source: FeedSource,
  feed: Feed,
  understood: { readonly validators: Validators; readonly bodyDigest: string },
): Promise<void> {
  const { state } = poll
  const hasMore = source.kind === 'post-feed' && isBloggerFeed(feed) && nextStartIndex(feed, feed.paging?.startIndex ?? 1) !== undefined
  const isFirst = state.lastSuccessAt === null
  // A page of nothing but news may have more news behind it.
  const isAllNews = (saved: SavedPoll) => saved.added + saved.changed >= feed.entries.length
  const saved = await poll.save({ ...feed, metadata: metadataOf(feed) }, entriesOf(feed, poll), understood, counts =>
    // Until what is behind this page is read, an interruption means to read all.
    hasMore && (isFirst || isAllNews(counts)) ? 1 : state.resumeAt,
  )
  if (source.kind !== 'post-feed') return
  if (hasMore && isFirst) return backFill(poll, source, WHOLE_BLOG)
  if (hasMore && isAllNews(saved)) await backFill(poll, source, { ...NEWS, from: feed.entries.length + 1, thenFrom: state.resumeAt })
  await goOn(poll, source)
}

const WHOLE_BLOG: BackFill = { from: 1, order: 'published', untilKnown: false, thenFrom: null }
const NEWS = { order: 'updated', untilKnown: true } as const

/** A blog whose news do not fit into one document is read in smaller ones; any other failure ends the poll. */
async function onFailure(poll: PollProgress, source: FeedSource, { reason, detail, retryAfterMs }: FailedFetch): Promise<void> {
  const { resumeAt: thenFrom, lastSuccessAt } = poll.state
  if (reason !== 'too-large' || source.kind !== 'post-feed' || !isBloggerAddress(source.feedUrl))
    return poll.fail(reason, detail, retryAfterMs)
  const largestPage = NEWS_PER_POLL - 1
  if (lastSuccessAt === null) return backFill(poll, source, { ...WHOLE_BLOG, largestPage })
  await backFill(poll, source, { ...NEWS, from: 1, thenFrom, largestPage })
  await goOn(poll, source)
}

/** Goes on with a back-fill that was interrupted. */
async function goOn(poll: PollProgress, source: FeedSource): Promise<void> {
  const from = poll.state.resumeAt
  if (from === null || source.kind !== 'post-feed' || poll.hasFailed) return
  await backFill(poll, source, { ...WHOLE_BLOG, from })
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
  if (fetched.kind !== 'failed' || fetched.reason === 'interrupted' || fetched.retryAfterMs !== undefined) return fetched
  // The move may have been a mistake that was taken back; the configured address has the last word.
  forgetMove(poll, source)
  return poll.fetch(newsAddress(source), {})
}

function forgetMove(poll: PollProgress, source: FeedSource): void {
  poll.noteMove(rememberMove(null, source.feedUrl, undefined))
}

async function pollFolder(poll: PollProgress, source: PostFolderSource): Promise<void> {
  const { deps, state } = poll
  const folder = await deps.readFolder(source)
  if (folder.kind === 'failed') return poll.fail('not-found', folder.detail)
  const bodyDigest = digestOf(JSON.stringify([deps.judgementDigest, folder.entries, folder.problems]))
  poll.skip(folder.problems)
  if (bodyDigest === state.bodyDigest) return poll.unchanged({})
  const title = source.title === undefined ? {} : { title: { type: 'text', value: source.title } as const }
  const metadata = { authors: [], contributors: [], categories: [], links: [], ...title }
  const entries = folder.entries.map(({ entry, facts }) => incomingEntry(entry, source, deps.directory, facts))
  // A folder is all there is: a file that is gone, or has become a draft, takes its post back. One that cannot be read
  // any more takes nothing back.
  const isWhole = folder.problems.length === 0
  await poll.save({ metadata, skipped: [] }, entries, { bodyDigest }, () => null, isWhole)
}
