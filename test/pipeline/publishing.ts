import type { SourceId } from '../../src/domain/identifiers.ts'
import type { PostFeedSource } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import { HOUR } from '../../src/domain/time.ts'
import { fragmentCache } from '../../src/pipeline/fragment-cache.ts'
import type { PublishDeps } from '../../src/pipeline/publish-deps.ts'

/** The one source of posts there is. */
export const BLOG: PostFeedSource = {
  kind: 'post-feed',
  id: 'blog' as SourceId,
  feedUrl: 'https://blog.example.jp/feed',
  pollEveryMs: HOUR,
  language: 'ja',
  onlyLabels: [],
}

/** What publishing works with, by a config of which tests change one key at a time. */
export function publishingOn({ store, folder, now }: Pick<PublishDeps, 'store' | 'folder' | 'now'>): PublishDeps {
  return {
    site: {
      title: '対訳帖',
      url: 'https://feeds.example.jp/',
      id: 'tag:example.jp,2026:kakehashi',
      language: 'ja',
      author: { name: '架け橋' },
      timeZone: 'Asia/Tokyo',
    },
    ...{ store, folder, now, generator: { version: '1.0.0' }, directory: outletDirectory([]), fragments: fragmentCache(1_000_000) },
    ...{
      requested: [],
      limit: 50,
      hideLabels: [],
      archiveSize: 50,
      feeds: { all: false, outlets: false, untranslated: false },
      postSources: [BLOG],
      stylesheet: 'p {}',
      maxAgeS: 900,
      acceptShrink: false,
    },
  }
}
