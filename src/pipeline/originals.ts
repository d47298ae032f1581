import type { Article } from '../domain/article.ts'
import type { PostToPublish } from '../store/post-to-publish.ts'
import type { Store } from '../store/store.ts'

type Judged = Pick<PostToPublish, 'judgement'>

/** Reads the articles that these posts are matched with, as far as polled feeds have shown them, by their keys. */
export async function originalsOf(posts: readonly Judged[], store: Pick<Store, 'entries'>): Promise<ReadonlyMap<string, Article>> {
  const keys = posts.flatMap(({ judgement }) =>
    judgement.kind === 'match' && judgement.match.original.entry !== null ? [judgement.match.original.entry] : [],
  )
  return new Map((await store.entries.articlesByKey(keys)).map(article => [article.key as string, article]))
}

/** Gives the article among these that a post is matched with. */
export function originalOf({ judgement }: Judged, originals: ReadonlyMap<string, Article>): Article | undefined {
  const key = judgement.kind === 'match' ? judgement.match.original.entry : null
  return key === null ? undefined : originals.get(key)
}
