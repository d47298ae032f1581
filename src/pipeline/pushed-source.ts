import type { Feed } from '../domain/feed.ts'
import type { FetchedDocument } from '../fetch/fetch-outcome.ts'
import { isBloggerAddress } from '../posts/blogger.ts'
import { isReliable, shouldHaveCome } from '../schedule/back-up-poll.ts'
import type { IncomingEntry } from '../store/entry-batch.ts'
import { announcementOf } from '../websub/announcement.ts'
import type { FeedSource, PollProgress } from './poll-progress.ts'

/** Keeps which hubs a document names, for whoever subscribes. */
export async function noteAnnouncement({ deps }: PollProgress, source: FeedSource, fetched: FetchedDocument, feed: Feed): Promise<void> {
  const url = plainAddress(fetched.url)
  const { username, password } = new URL(source.feedUrl)
  const announcement = announcementOf({
    url,
    // Keys of private feeds stand in userinfo and query.
    isPublic: username === '' && password === '' && !url.includes('?'),
    links: feed.metadata.links.map(link => (link.rel === 'self' ? { ...link, href: plainAddress(link.href) } : link)),
    ...(fetched.linkHeader === undefined ? {} : { linkHeader: fetched.linkHeader }),
  })
  await deps.store.subscriptions.announce(source.feedUrl, announcement)
}

// What we, or a page of a blog, ask Blogger for; its hub is told of the plain address alone.
const BLOGGER_PARAMETERS = ['max-results', 'orderby', 'redirect', 'start-index']

function plainAddress(address: string): string {
  const url = isBloggerAddress(address) ? URL.parse(address) : null
  if (url === null) return address
  for (const name of BLOGGER_PARAMETERS) url.searchParams.delete(name)
  return url.href
}

/** Finds a hub out that is relied upon and has not delivered what this poll brings; to be called before that is stored. */
export async function watchHub(poll: PollProgress, source: FeedSource, entries: readonly IncomingEntry[]): Promise<void> {
  const { deps, state } = poll
  const now = deps.now()
  const { pushes } = deps
  const standing = pushes?.standings.get(source.feedUrl)
  if (pushes === undefined || standing === undefined || !isReliable(standing, now)) return
  if (state.lastPollAt === null || state.lastPollAt < pushes.since) return
  for (const { key, entry } of entries) {
    if (!shouldHaveCome(entry, state.lastPollAt, now) || (await deps.store.entries.byKey(key)) !== undefined) continue
    poll.distrustHub()
    return pushes.missed(source.feedUrl)
  }
}
