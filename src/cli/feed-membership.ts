import type { Config } from '../config/config.ts'
import type { Slug } from '../domain/identifiers.ts'
import { outletDirectory } from '../domain/outlet-directory.ts'
import type { FeedRule, OutputEntry } from '../domain/output-feed.ts'
import type { Post } from '../domain/post.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath } from '../domain/site.ts'
import { type EntryFacts, postFacts } from '../label/entry-facts.ts'
import { labelScheme } from '../label/output-feed.ts'
import { whyNot } from '../label/selects.ts'
import { currentRules } from '../pipeline/current-rules.ts'
import { gatherFeed } from '../pipeline/gather-feed.ts'
import type { PublishReport } from '../pipeline/publish-deps.ts'
import { lastTroubles } from '../pipeline/publish-feeds.ts'
import type { JudgedPost } from '../store/post-store.ts'
import type { Store } from '../store/store.ts'

/** Whether a feed carries a post. */
export interface Membership {
  readonly slug: Slug
  readonly carries: boolean
  /** Why it does not. */
  readonly because?: string
  /** Why the feed as it is published may not show the post yet. */
  readonly but?: string
}

/** How every feed that could carry posts stands to a post, as gathering the feed anew would have it; in the order of the feeds. */
export async function membershipsOf(judged: JudgedPost, config: Config, store: Store): Promise<readonly Membership[]> {
  const { post } = judged
  const { site } = config
  const directory = outletDirectory(config.outlets)
  const around = { directory, labelScheme: labelScheme(site) }
  const { limit, hideLabels, feeds } = config.publish
  const { postSources, feeds: requested } = config
  const rules = await currentRules({ store, site, directory, requested, limit, hideLabels, feeds, postSources })
  const forPosts = rules.filter(({ include }) => include !== 'untranslated')
  const facts = await factsOf(judged, store)
  const troubles = await lastTroubles(store)
  const notTaken = whyNotTaken(post, config)
  const memberships: Membership[] = []
  for (const rule of forPosts) {
    const { slug } = rule
    const notSelected = whyNot(rule, facts)
    const entries = notSelected === undefined ? (await gatherFeed(rule, site, store, around)).feed.entries : []
    const isIn = entries.some(({ key }) => key === post.key)
    const because = isIn ? whyLeftOut(post, troubles) : (notTaken ?? notSelected ?? whyAbsent(post, entries, rule))
    const but = because === undefined ? whyRefused(slug, troubles) : undefined
    memberships.push({
      slug,
      carries: because === undefined,
      ...(because === undefined ? {} : { because }),
      ...(but === undefined ? {} : { but }),
    })
  }
  return memberships
}

function whyNotTaken({ source, labels }: Post, { postSources }: Config): string | undefined {
  const only = postSources.find(({ id }) => id === source)?.onlyLabels ?? []
  const isTaken = only.length === 0 || only.some(label => labels.includes(label.normalize('NFC')))
  return isTaken ? undefined : `its source takes only posts with other labels (${only.join(', ')})`
}

function whyLeftOut({ id }: Post, { leftOut }: Pick<PublishReport, 'leftOut'>): string | undefined {
  const found = leftOut.find(entry => entry.id === id)
  return found === undefined ? undefined : `left out: ${found.because}`
}

/** The rule selects it, and yet it is not there. */
function whyAbsent(post: Post, entries: readonly OutputEntry[], { limit }: FeedRule): string {
  if (entries.some(({ id }) => id === post.id)) return 'it carries another entry with the same id'
  const oldest = entries.at(-1)
  const isOlder = entries.length >= limit && oldest !== undefined && post.published <= oldest.published
  return isOlder ? `older than its newest ${limit}` : 'the config changed since posts were last judged: run "kakehashi once"'
}

function whyRefused(slug: Slug, { refused }: Pick<PublishReport, 'refused'>): string | undefined {
  const paths = (Object.keys(FEED_SYNTAXES) as FeedSyntax[]).map(syntax => feedPath(slug, syntax))
  const found = refused.find(({ path }) => paths.includes(path))
  return found === undefined ? undefined : `not published at the last attempt: ${found.because}`
}

async function factsOf({ post, judgement }: JudgedPost, { entries }: Pick<Store, 'entries'>): Promise<EntryFacts> {
  const key = judgement.kind === 'match' ? judgement.match.original.entry : null
  const [original] = key === null ? [] : await entries.articlesByKey([key])
  return postFacts(post, judgement, original)
}
