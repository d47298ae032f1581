import { sql } from 'kysely'
import type { FeedMetadata, Text } from '../domain/feed.ts'
import type { EntryKey } from '../domain/identifiers.ts'
import type { Judgement } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import type { StoredEntry } from './entry-store.ts'
import type { Db } from './schema.ts'
import { chunks } from './source-store.ts'

/** A judged post with what of its entry is published beside it. */
export interface PostToPublish {
  readonly post: Post
  readonly judgement: Judgement
  readonly feed: FeedMetadata
  readonly rights?: Text
  /** What relative addresses in its HTML resolve against. */
  readonly base?: string
}

/** Takes from a post that was read whole what is published of it. */
export function toPublish({
  post,
  judgement,
  entry: stored,
}: Pick<PostToPublish, 'post' | 'judgement'> & { readonly entry: StoredEntry }): PostToPublish {
  const { entry, feed } = stored
  const base = entry.content?.base ?? entry.url
  return { post, judgement, feed, ...(entry.rights === undefined ? {} : { rights: entry.rights }), ...(base === undefined ? {} : { base }) }
}

/**
 * Reads posts as they are published. The entry itself, which holds the post once more, stays where it is, and so does the
 * HTML where nobody asks for it: a whole history is read several times when everything is published.
 */
export async function postsToPublish(db: Db, keys: readonly EntryKey[], withHtml: boolean): Promise<readonly PostToPublish[]> {
  const found: PostToPublish[] = []
  const document = withHtml ? sql<string>`posts.document` : sql<string>`json_set(posts.document, '$.html', '')`
  for (const chunk of chunks(keys)) {
    const rows = await db
      .selectFrom('posts')
      .innerJoin('matches', 'matches.post_key', 'posts.post_key')
      .innerJoin('entries', 'entries.entry_key', 'posts.post_key')
      .where('posts.post_key', 'in', chunk)
      .select([document.as('post'), 'matches.document as judgement', 'entries.source_metadata as feed'])
      .select(sql<string | null>`json_extract(entries.document, '$.rights')`.as('rights'))
      .select(
        sql<string | null>`coalesce(json_extract(entries.document, '$.content.base'), json_extract(entries.document, '$.url'))`.as('base'),
      )
      .execute()
    for (const { post, judgement, feed, rights, base } of rows) {
      found.push({
        post: JSON.parse(post) as Post,
        judgement: JSON.parse(judgement) as Judgement,
        feed: JSON.parse(feed) as FeedMetadata,
        ...(rights === null ? {} : { rights: JSON.parse(rights) as Text }),
        ...(base === null ? {} : { base }),
      })
    }
  }
  return found
}
