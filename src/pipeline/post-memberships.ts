import type { Slug } from '../domain/identifiers.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import { type EntryFacts, postFacts } from '../label/entry-facts.ts'
import { asksOf, selects } from '../label/selects.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'
import type { KnownMemberships } from './known-memberships.ts'
import { originalOf, originalsOf } from './originals.ts'

// Posts read at a time: their texts are let go again.
const READ_AT_A_TIME = 200

/**
 * Gives for every feed all the posts it selects, however many its document holds, oldest first. Posts are read only where a
 * feed asks for their authors or words, and only those that changed.
 */
export async function postMemberships(
  rules: readonly FeedRule[],
  catalogue: readonly CataloguedPost[],
  store: Pick<Store, 'posts' | 'entries'>,
  known: KnownMemberships,
): Promise<ReadonlyMap<Slug, readonly CataloguedPost[]>> {
  const withPosts = rules.filter(({ include }) => include !== 'untranslated')
  await bringUpToDate(withPosts, catalogue, store, known)
  const members = new Map<Slug, CataloguedPost[]>(withPosts.map(({ slug }) => [slug, []]))
  for (const post of catalogue) for (const slug of known.byPost.get(post.key)?.slugs ?? []) members.get(slug)?.push(post)
  return members
}

async function bringUpToDate(
  rules: readonly FeedRule[],
  catalogue: readonly CataloguedPost[],
  store: Pick<Store, 'posts' | 'entries'>,
  known: KnownMemberships,
): Promise<void> {
  const digest = digestOf(JSON.stringify(rules))
  if (known.rules !== digest) known.byPost.clear()
  known.rules = digest
  const alive = new Set(catalogue.map(({ key }) => key))
  for (const key of known.byPost.keys()) if (!alive.has(key)) known.byPost.delete(key)
  const due = catalogue.filter(({ key, stamp }) => known.byPost.get(key)?.stamp !== stamp)
  const note = ({ key, stamp }: CataloguedPost, facts: EntryFacts) => {
    known.byPost.set(key, { stamp, slugs: rules.filter(rule => selects(rule, facts)).map(({ slug }) => slug) })
  }
  if (rules.some(rule => asksOf(rule, ['author', 'keyword']))) await eachWithTexts(due, store, note)
  else for (const post of due) note(post, { ...post, kind: 'post', authors: [], texts: [] })
}

async function eachWithTexts(
  due: readonly CataloguedPost[],
  store: Pick<Store, 'posts' | 'entries'>,
  note: (post: CataloguedPost, facts: EntryFacts) => void,
): Promise<void> {
  for (let at = 0; at < due.length; at += READ_AT_A_TIME) {
    const some = new Map(due.slice(at, at + READ_AT_A_TIME).map(post => [post.key, post]))
    const posts = await store.posts.toPublish([...some.keys()], false)
    const originals = await originalsOf(posts, store)
    for (const judged of posts) {
      const post = some.get(judged.post.key)
      if (post !== undefined) note(post, postFacts(judged.post, judged.judgement, originalOf(judged, originals)))
    }
  }
}
