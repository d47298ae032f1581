import type { Article } from '../domain/article.ts'
import type { Entry } from '../domain/feed.ts'
import type { OutletId } from '../domain/identifiers.ts'
import type { Judgement } from '../domain/match.ts'
import type { Criterion } from '../domain/output-feed.ts'
import type { Post } from '../domain/post.ts'
import { outletsOf } from '../domain/post-outlets.ts'

/** What feeds may ask of an entry. */
export interface EntryFacts {
  readonly kind: 'post' | 'article'
  readonly labels: readonly string[]
  /** Those it names or translates; its own for an article. */
  readonly outlets: readonly OutletId[]
  /** Of the entry and of its original. */
  readonly authors: readonly string[]
  readonly match: (Criterion & { readonly kind: 'match' })['state']
  /** Headline, title of the original, and text: what keywords are looked for in. */
  readonly texts: readonly string[]
}

/** What feeds may ask of a post. @param original the article it translates, where a polled feed has shown it */
export function postFacts(post: Post, judgement: Judgement, original: Article | undefined): EntryFacts {
  const match = judgement.kind === 'match' ? judgement.match : undefined
  const accepted = match?.state === 'accepted' ? match.original : undefined
  const title = original?.title ?? accepted?.title ?? null
  return {
    kind: 'post',
    labels: post.labels,
    outlets: outletsOf(post, judgement),
    authors: [...post.authors.map(({ name }) => name), ...(accepted === undefined ? [] : (original?.authors ?? []))],
    match: match === undefined || match.state === 'rejected' ? 'none' : match.state,
    texts: [post.headline, ...(accepted === undefined || title === null ? [] : [title]), post.text],
  }
}

/** What feeds may ask of an article that no post translates. @param isProposed whether a match that waits for the operator names it */
export function articleFacts(
  stored: { readonly entry: Entry; readonly outlet: OutletId | null; readonly title: string; readonly plainText: string },
  isProposed: boolean,
): EntryFacts {
  const { entry, outlet, title } = stored
  return {
    kind: 'article',
    labels: entry.categories.flatMap(({ term, label }) => (label === undefined ? [term] : [term, label])),
    outlets: outlet === null ? [] : [outlet],
    authors: entry.authors.map(({ name }) => name),
    match: isProposed ? 'proposed' : 'none',
    get texts() {
      return [title, stored.plainText]
    },
  }
}
