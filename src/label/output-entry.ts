import type { Article } from '../domain/article.ts'
import type { Category, Entry, FeedMetadata } from '../domain/feed.ts'
import type { EntryKey } from '../domain/identifiers.ts'
import type { Judgement, Original } from '../domain/match.ts'
import type { Outlet } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { Credit, OutputEntry } from '../domain/output-feed.ts'
import type { Post } from '../domain/post.ts'
import type { Instant } from '../domain/time.ts'

/** What is shared by all entries of a publication. */
export interface EntrySurroundings {
  readonly directory: OutletDirectory
  /** The IRI that scopes our label terms (RFC 4287 §4.2.2.2). */
  readonly labelScheme: string
  readonly excerpt: (post: { readonly html: string; readonly text: string }) => string
}

/** A post as it is published. Its content is left out; who renders it adds it sanitised. */
export function postEntry(
  read: { readonly post: Post; readonly judgement: Judgement; readonly feed: FeedMetadata; readonly rights?: Entry['rights'] },
  article: Article | undefined,
  around: EntrySurroundings,
): OutputEntry {
  const { post, judgement } = read
  const match = judgement.kind === 'match' && judgement.match.state === 'accepted' ? judgement.match : undefined
  const outlets = post.outlets.flatMap(id => around.directory.byId(id) ?? [])
  return {
    key: post.key,
    kind: 'post',
    id: post.id,
    title: post.headline,
    language: post.language,
    published: post.published,
    updated: post.updated,
    authors: post.authors,
    labels: post.labels.map((label): Category => ({ term: label, scheme: around.labelScheme, label })),
    outlets: outlets.map(({ id, name }) => ({ id, name })),
    excerpt: around.excerpt(post),
    source: read.feed,
    ...(post.url === undefined ? {} : { url: post.url }),
    ...(post.comment === undefined ? {} : { comment: post.comment }),
    ...(match === undefined ? {} : { original: creditOf(match.original, match.tier, article, around.directory) }),
    ...(read.rights === undefined ? {} : { rights: read.rights }),
  }
}

/** An article nobody has translated, as far as its outlet's policy lets it be published. */
export function articleEntry(
  stored: {
    readonly key: EntryKey
    readonly entry: Entry
    readonly feed: FeedMetadata
    readonly title: string
    readonly published: Instant
    readonly updated: Instant
    readonly plainText: string
  },
  outlet: Outlet,
  around: EntrySurroundings,
): OutputEntry {
  const { entry } = stored
  const rights = outlet.rights === undefined ? entry.rights : ({ type: 'text', value: outlet.rights } as const)
  return {
    key: stored.key,
    kind: 'article',
    id: entry.id,
    title: stored.title,
    language: entry.language ?? outlet.language,
    published: stored.published,
    updated: stored.updated,
    authors: entry.authors,
    labels: entry.categories,
    outlets: [{ id: outlet.id, name: outlet.name }],
    excerpt: outlet.republish === 'link' ? '' : around.excerpt({ html: '', text: stored.plainText }),
    source: stored.feed,
    ...(entry.url === undefined ? {} : { url: entry.url }),
    ...(rights === undefined ? {} : { rights }),
  }
}

function creditOf(original: Original, tier: Credit['tier'], article: Article | undefined, directory: OutletDirectory): Credit {
  const outlet = original.outlet === null ? undefined : directory.byId(original.outlet)
  const url = article?.url ?? original.url
  const title = article?.title ?? original.title
  return {
    authors: article?.authors ?? [],
    language: outlet?.language ?? 'en',
    tier,
    ...(outlet === undefined
      ? {}
      : { outlet: { id: outlet.id, name: outlet.name, ...(outlet.homepage === undefined ? {} : { homepage: outlet.homepage }) } }),
    ...(url === null ? {} : { url }),
    ...(title === null ? {} : { title }),
    ...(article === undefined ? {} : { published: article.published }),
  }
}
