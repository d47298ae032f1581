import type { Article } from '../domain/article.ts'
import type { OutletId } from '../domain/identifiers.ts'
import type { FeedRule, OutputEntry, OutputFeed } from '../domain/output-feed.ts'
import type { Site } from '../domain/site.ts'
import { SANITIZER_VERSION } from '../html/sanitize.ts'
import { articleEntry, type EntrySurroundings, postEntry } from '../label/output-entry.ts'
import { outputFeed } from '../label/output-feed.ts'
import { necessaryLabels, selectsPost } from '../label/selects.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import type { JudgedPost } from '../store/post-store.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'

/** A feed to publish with what its entries' contents are made from; the contents themselves are made only when needed. */
export interface GatheredFeed {
  readonly feed: OutputFeed
  /** By entry key: unsanitised HTML with the address it resolves against; absent where no content is published. */
  readonly contents: ReadonlyMap<string, { readonly html: string; readonly base?: string; readonly digest: string }>
}

// Posts read at a time while a rule is picky.
const MIN_PAGE = 20
const MAX_PAGE = 200

/** Gathers the newest entries a rule selects. */
export async function gatherFeed(
  rule: FeedRule,
  site: Site,
  store: Pick<Store, 'entries' | 'posts'>,
  around: EntrySurroundings,
): Promise<GatheredFeed> {
  const posts = await selectedPosts(rule, store)
  const articles = rule.include === 'all' ? await store.entries.untranslated(rule.outlets, rule.limit) : []
  const originals = await originalsOf(posts, store)
  const entries: OutputEntry[] = []
  const contents = new Map<string, { html: string; base?: string; digest: string }>()
  for (const judged of posts) {
    const { post, entry } = judged
    const original = judged.judgement.kind === 'match' ? judged.judgement.match.original.entry : null
    const read = {
      post,
      judgement: judged.judgement,
      feed: entry.feed,
      ...(entry.entry.rights === undefined ? {} : { rights: entry.entry.rights }),
    }
    entries.push(postEntry(read, original === null ? undefined : originals.get(original), around))
    contents.set(post.key, contentOf(post.html, entry))
  }
  for (const stored of articles) {
    const outlet = stored.outlet === null ? undefined : around.directory.byId(stored.outlet)
    if (outlet === undefined) continue
    entries.push(articleEntry(stored, outlet, around))
    const { content } = stored.entry
    if (outlet.republish === 'full' && content?.type === 'html') contents.set(stored.key, contentOf(content.value, stored))
  }
  return { feed: outputFeed(rule, site, entries), contents }
}

async function selectedPosts(rule: FeedRule, store: Pick<Store, 'posts'>): Promise<readonly JudgedPost[]> {
  const limit = Math.min(MAX_PAGE, Math.max(rule.limit, MIN_PAGE))
  const selected: JudgedPost[] = []
  for (let offset = 0; selected.length < rule.limit; offset += limit) {
    const page = await store.posts.newest({ anyLabel: necessaryLabels(rule), limit, offset })
    selected.push(...page.filter(({ post, judgement }) => selectsPost(rule, post.labels, outletsOf(post.outlets, judgement))))
    if (page.length < limit) break
  }
  return selected.slice(0, rule.limit)
}

function outletsOf(named: readonly OutletId[], judgement: JudgedPost['judgement']): readonly OutletId[] {
  const matched = judgement.kind === 'match' && judgement.match.state === 'accepted' ? judgement.match.original.outlet : null
  return matched === null ? named : [...named, matched]
}

async function originalsOf(posts: readonly JudgedPost[], store: Pick<Store, 'entries'>): Promise<ReadonlyMap<string, Article>> {
  const keys = posts.flatMap(({ judgement }) =>
    judgement.kind === 'match' && judgement.match.original.entry !== null ? [judgement.match.original.entry] : [],
  )
  return new Map((await store.entries.articlesByKey(keys)).map(article => [article.key as string, article]))
}

function contentOf(html: string, entry: StoredEntry): { html: string; base?: string; digest: string } {
  const base = entry.entry.content?.base ?? entry.entry.url
  const digest = digestOf(`${SANITIZER_VERSION}\0${base ?? ''}\0${html}`)
  return { html, digest, ...(base === undefined ? {} : { base }) }
}
