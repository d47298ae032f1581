import { createHash } from 'node:crypto'
import type { Feed } from '../domain/feed.ts'
import type { OutletSource, PostFeedSource, PostFolderSource, Source } from '../domain/outlet.ts'
import type { PollState } from '../domain/poll.ts'
import type { DocumentContext } from '../parse/parse-feed.ts'
import { bloggerPageUrl, isBloggerFeed, nextStartIndex } from '../posts/blogger.ts'
import type { IncomingEntry } from '../store/entry-store.ts'
import { incomingEntry } from './incoming-entry.ts'
import { type PollDeps, PollProgress, type PollReport } from './poll-progress.ts'

// What is asked for; Blogger has capped pages at 500, 150 and 100 over the years and may give fewer.
const BLOGGER_PAGE = 150
// A blog of 20,000 posts in pages of 25; more is a server that repeats itself.
const MAX_PAGES = 1_000

/** Polls one claimed source and stores what it brought. A failure changes nothing but the source's own health. */
export async function pollSource(source: Source, state: PollState, deps: PollDeps): Promise<PollReport> {
  const poll = new PollProgress(source, state, deps)
  try {
    if (source.kind === 'post-folder') await pollFolder(poll, source)
    else await pollFeed(poll, source)
  } catch (error) {
    // One source's bug must not end the others' polls; it is the operator's to see and ours to mend.
    await poll.fail('internal', error instanceof Error ? error.message : String(error))
  }
  return poll.report()
}

async function pollFeed(poll: PollProgress, source: OutletSource | PostFeedSource): Promise<void> {
  const { state, deps } = poll
  const fetched = await poll.fetch(source.feedUrl, state.validators)
  if (fetched.kind === 'failed') return poll.fail(fetched.reason, fetched.detail, fetched.retryAfterMs)
  if (fetched.kind === 'not-modified') {
    await poll.unchanged(fetched.validators)
    if (state.resumeAt !== null && source.kind === 'post-feed') await backfill(poll, source, state.resumeAt)
    return
  }
  const bodyDigest = digestOf(fetched.bytes)
  if (bodyDigest === state.bodyDigest && state.resumeAt === null) return poll.unchanged(fetched.validators)
  const parsed = await deps.parse(fetched.bytes, contextOf(fetched))
  if (parsed.kind !== 'feed') return poll.fail(parsed.kind, parsed.detail)
  const next = source.kind === 'post-feed' ? pageToGoOnWith(parsed.feed) : undefined
  const { resumeAt } = await poll.save(
    parsed.feed,
    entriesOf(parsed.feed, poll),
    { validators: fetched.validators, bodyDigest },
    ({ added }) => {
      if (next === undefined) return null
      // A page of nothing but news may have more news behind it, before the place an interrupted back-fill had come to.
      return state.lastSuccessAt === null || added === parsed.feed.entries.length ? next : state.resumeAt
    },
  )
  if (resumeAt !== null && source.kind === 'post-feed') await backfill(poll, source, resumeAt)
}

function pageToGoOnWith(feed: Feed): number | undefined {
  return isBloggerFeed(feed) ? nextStartIndex(feed, feed.paging?.startIndex ?? 1) : undefined
}

/** Reads a Blogger blog page by page to its end; where it is interrupted the next poll goes on. */
async function backfill(poll: PollProgress, source: PostFeedSource, from: number): Promise<void> {
  let startIndex: number | undefined = from
  for (let page = 0; startIndex !== undefined && page < MAX_PAGES; page++) {
    await poll.deps.store.sources.renew(source.id, poll.deps.now() + poll.deps.leaseMs)
    const fetched = await poll.fetch(bloggerPageUrl(source.feedUrl, startIndex, BLOGGER_PAGE), {})
    if (fetched.kind !== 'ok') {
      const [reason, detail] =
        fetched.kind === 'failed'
          ? ([fetched.reason, fetched.detail] as const)
          : (['server-error', 'answered 304 to a plain request'] as const)
      return poll.fail(reason, `page from entry ${startIndex}: ${detail}`, fetched.kind === 'failed' ? fetched.retryAfterMs : undefined)
    }
    const parsed = await poll.deps.parse(fetched.bytes, contextOf(fetched))
    if (parsed.kind !== 'feed') return poll.fail(parsed.kind, `page from entry ${startIndex}: ${parsed.detail}`)
    const next: number | undefined = nextStartIndex(parsed.feed, startIndex)
    await poll.save(parsed.feed, entriesOf(parsed.feed, poll), {}, () => next ?? null)
    startIndex = next
  }
}

async function pollFolder(poll: PollProgress, source: PostFolderSource): Promise<void> {
  const { deps, state } = poll
  const folder = await deps.readFolder(source)
  if (folder.kind === 'failed') return poll.fail('not-found', folder.detail)
  const bodyDigest = digestOf(JSON.stringify([deps.judgementDigest, folder.entries]))
  poll.skip(folder.problems)
  if (bodyDigest === state.bodyDigest) return poll.unchanged({})
  const feed = {
    authors: [],
    contributors: [],
    categories: [],
    links: [],
    ...(source.title === undefined ? {} : { title: { type: 'text', value: source.title } as const }),
  }
  const entries = folder.entries.map(({ entry, facts }) => incomingEntry(entry, source, deps.directory, facts))
  await poll.save({ metadata: feed, skipped: [] }, entries, { bodyDigest }, () => null)
}

function entriesOf(feed: Feed, poll: PollProgress): readonly IncomingEntry[] {
  return feed.entries.map(entry => incomingEntry(entry, poll.source, poll.deps.directory))
}

function contextOf(fetched: { readonly url: string; readonly contentType?: string; readonly contentLocation?: string }): DocumentContext {
  const { url, contentType, contentLocation } = fetched
  return { url, ...(contentType === undefined ? {} : { contentType }), ...(contentLocation === undefined ? {} : { contentLocation }) }
}

function digestOf(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('base64url').slice(0, 22)
}
