import type { Article } from '../domain/article.ts'
import type { OutputEntry } from '../domain/output-feed.ts'
import { excerptOfText } from '../html/text.ts'
import { postEntry } from '../label/output-entry.ts'
import { labelScheme } from '../label/output-feed.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import type { PostToPublish } from '../store/post-to-publish.ts'
import { originalOf, originalsOf } from './originals.ts'
import type { PublishDeps } from './publish-deps.ts'

/** A post as it is published, with what it was made from. */
export interface PublishedPost {
  readonly entry: OutputEntry
  readonly judged: PostToPublish
  /** The article it is matched with, where a polled feed has shown it. */
  readonly article: Article | undefined
}

/** Reads posts as they are published, in the order given. @param excerptCharacters 0 leaves excerpts empty */
export async function entriesOfPosts(
  posts: readonly Pick<CataloguedPost, 'key'>[],
  { store, directory, site }: Pick<PublishDeps, 'store' | 'directory' | 'site'>,
  excerptCharacters: number,
): Promise<readonly PublishedPost[]> {
  const read = await store.posts.toPublish(
    posts.map(({ key }) => key),
    false,
  )
  const byKey = new Map(read.map(judged => [judged.post.key, judged]))
  const originals = await originalsOf(read, store)
  const around = {
    directory,
    labelScheme: labelScheme(site),
    excerpt: ({ text }: { readonly text: string }) => (excerptCharacters === 0 ? '' : excerptOfText(text, excerptCharacters)),
  }
  return posts.flatMap(({ key }) => {
    const judged = byKey.get(key)
    if (judged === undefined) return []
    const article = originalOf(judged, originals)
    return [{ judged, article, entry: postEntry(judged, article, around) }]
  })
}
