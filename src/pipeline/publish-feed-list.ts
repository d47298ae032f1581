import type { FeedRule } from '../domain/output-feed.ts'
import { OPML_PATH, type Site } from '../domain/site.ts'
import { opmlDocument } from '../render/feed/opml.ts'
import { digestOf } from './digest.ts'
import type { PublishRun } from './publish-run.ts'

/** Publishes the list of all feeds, from which a reader subscribes to them at once. */
export async function publishFeedList(rules: readonly FeedRule[], site: Site, run: PublishRun): Promise<void> {
  const text = opmlDocument(site, rules)
  const inputDigest = digestOf(text)
  if (!run.isCurrent([OPML_PATH], inputDigest)) await run.publish([{ path: OPML_PATH, kind: 'opml', text }], inputDigest, true)
}
