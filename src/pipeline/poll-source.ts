import { createHash } from 'node:crypto'
import type { OutletSource, PostFeedSource, PostFolderSource, Source } from '../domain/outlet.ts'
import type { PollState, Validators } from '../domain/poll.ts'
import { DAY } from '../domain/time.ts'
import type { FetchOutcome } from '../fetch/fetch-outcome.ts'
import { bloggerNewsUrl, isBloggerFeed, nextStartIndex } from '../posts/blogger.ts'
import { rememberFeed, rememberMove } from '../schedule/source-memory.ts'
import { backFill } from './back-fill.ts'
import { entriesOf, metadataOf } from './feed-entries.ts'
import { incomingEntry } from './incoming-entry.ts'
import { type PollDeps, PollProgress, type PollReport } from './poll-progress.ts'

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

async function pollFeed(poll: PollProgress, source: OutletSource | PostFeedSource): Promise<void> {
  const { state } = poll
  const fetched = await fetchNews(poll, source)
  if (fetched.kind === 'failed') return poll.fail(fetched.reason, fetched.detail, fetched.retryAfterMs)
  poll.noteMove(rememberMove(state.memory, source.feedUrl, fetched.movedTo))
  poll.noteFreshness(fetched.freshForMs)
  if (fetched.kind === 'not-modified') {
    await poll.unchanged(fetched.validators)
    return goOn(poll, source)
  }
  const bodyDigest = digestOf(fetched.bytes)
  if (bodyDigest === state.bodyDigest) {
    await poll.unchanged(fetched.validators, poll.deps.now())
    return goOn(poll, source)
  }
  const parsed = await poll.parse(fetched)
  if (parsed.kind !== 'feed') return poll.fail(parsed.kind, parsed.detail)
  const { feed } = parsed
  poll.noteMemory(rememberFeed(poll.memory, feed, poll.deps.now()))
  const understood = { validators: fetched.validators, bodyDigest }
  const hasMore = source.kind === 'post-feed' && isBloggerFeed(feed) && nextStartIndex(feed, feed.paging?.startIndex ?? 1) !== undefined
  const isFirst = state.lastSuccessAt === null
  // A page of nothing but news may have more news behind it.
  const isAllNews = (saved: { readonly added: number; readonly changed: number }) => saved.added + saved.changed >= feed.entries.length
  const saved = await poll.save({ ...feed, metadata: metadataOf(feed) }, entriesOf(feed, poll), understood, counts =>
    // Until what is behind this page is read, an interruption means to read all.
    hasMore && (isFirst || isAllNews(counts)) ? 1 : state.resumeAt,
  )
  if (source.kind !== 'post-feed') return
  if (hasMore && isFirst) return backFill(poll, source, { from: 1, order: 'published', untilKnown: false, thenFrom: null })
  if (hasMore && isAllNews(saved)) {
    await backFill(poll, source, { from: feed.entries.length + 1, order: 'updated', untilKnown: true, thenFrom: state.resumeAt })
  }
  await goOn(poll, source)
}

/** Goes on with a back-fill that was interrupted. */
async function goOn(poll: PollProgress, source: OutletSource | PostFeedSource): Promise<void> {
  const from = poll.state.resumeAt
  if (from === null || source.kind !== 'post-feed' || poll.hasFailed) return
  await backFill(poll, source, { from, order: 'published', untilKnown: false, thenFrom: null })
}

/** Asks for the newest document, at its new address where it has moved for good. */
async function fetchNews(poll: PollProgress, source: OutletSource | PostFeedSource): Promise<FetchOutcome> {
  const { state, deps } = poll
  const configured = source.kind === 'post-feed' ? bloggerNewsUrl(source.feedUrl) : source.feedUrl
  const wholeAt = state.memory?.wholeAt ?? null
  const isStale = wholeAt !== null && deps.now() - wholeAt > LONGEST_WITHOUT_DOCUMENT
  const validators: Validators = isStale ? {} : state.validators
  const movedTo = state.memory?.movedTo ?? null
  if (movedTo === null) return poll.fetch(configured, validators)
  const fetched = await poll.fetch(movedTo, validators)
  if (fetched.kind !== 'failed') return fetched
  // The move may have been a mistake that was taken back; the configured address has the last word.
  poll.noteMove(rememberMove(null, source.feedUrl, undefined))
  return poll.fetch(configured, {})
}

async function pollFolder(poll: PollProgress, source: PostFolderSource): Promise<void> {
  const { deps, state } = poll
  const folder = await deps.readFolder(source)
  if (folder.kind === 'failed') return poll.fail('not-found', folder.detail)
  const bodyDigest = digestOf(JSON.stringify([deps.judgementDigest, folder.entries]))
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

function digestOf(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('base64url').slice(0, 22)
}
