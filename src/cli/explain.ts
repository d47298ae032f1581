import { configError, loadConfig } from '../app.ts'
import type { Config } from '../config/config.ts'
import { AppError } from '../domain/app-error.ts'
import type { OutletId } from '../domain/identifiers.ts'
import { outletDirectory } from '../domain/outlet-directory.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import { feedRules } from '../label/feed-rules.ts'
import { whyNotPost } from '../label/selects.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import type { JudgedPost } from '../store/post-store.ts'
import { openStore, type Store } from '../store/store.ts'
import type { CommandContext } from './command.ts'
import { describeCandidate, describeEvidence, TIER_NAMES } from './describe-evidence.ts'
import { EXIT } from './exit-codes.ts'

/**
 * `kakehashi explain`: why a post has its original, or none, which candidates lost, and which feeds carry it. Gives the
 * exit code.
 *
 * @throws AppError `not-found` when nothing that was polled has this address, id or key
 */
export async function explain(context: CommandContext, what: string): Promise<number> {
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  const { config } = loaded
  await using store = await openStore(config.storeFile)
  const address = outletDirectory(config.outlets).address(what)
  const found = await store.entries.find(what, address)
  if (found.length === 0) throw new AppError('not-found', `expected the address or id of a post or article that was polled, got "${what}"`)
  const rules = feedRules(config.feeds, await store.posts.labels(), config.publish)
  const views = await Promise.all(
    found.map(entry => (entry.role === 'post' ? postView(entry, rules, store) : articleView(entry, store, config))),
  )
  context.terminal.print(context.isJson ? JSON.stringify(views.map(({ data }) => data)) : views.map(({ text }) => text).join('\n\n'))
  return EXIT.ok
}

interface View {
  readonly data: unknown
  readonly text: string
}

async function postView(entry: StoredEntry, rules: readonly FeedRule[], store: Store): Promise<View> {
  const judged = await store.posts.byKey(entry.key)
  if (judged === undefined)
    return { data: { post: entry.entry.id, state: 'not judged' }, text: `${entry.title}\n  not judged yet: run "kakehashi once"` }
  const { post, judgement } = judged
  const feeds = rules.map(rule => ({ rule, because: whyNotPost(rule, post.labels, outletsOf(judged)) }))
  const data = {
    post: {
      id: post.id,
      url: post.url,
      title: post.title,
      headline: post.headline,
      comment: post.comment,
      outlets: post.outlets,
      labels: post.labels,
    },
    judgement,
    feeds: feeds.map(({ rule, because }) => ({
      slug: rule.slug,
      carries: because === undefined,
      ...(because === undefined ? {} : { because }),
    })),
  }
  const lines = [
    post.title,
    `  post      ${post.url ?? post.id}`,
    `  headline  ${post.headline}`,
    ...(post.comment === undefined ? [] : [`  comment   ${post.comment}`]),
    `  outlets   ${post.outlets.join(', ') || 'none named'}`,
    `  labels    ${post.labels.join(', ') || 'none'}`,
    ...judgementLines(judged).map(line => `  ${line}`),
    '  feeds',
    ...feeds.map(
      ({ rule, because }) =>
        `    ${because === undefined ? 'in    ' : 'not in'}  ${rule.slug}${because === undefined ? '' : `: ${because}`}`,
    ),
  ]
  return { data, text: lines.join('\n') }
}

function judgementLines({ judgement }: JudgedPost): readonly string[] {
  const runnersUp = judgement.kind === 'none' ? judgement.runnersUp : judgement.match.runnersUp
  const lost = runnersUp.length === 0 ? [] : ['also weighed', ...runnersUp.flatMap(candidate => [`  ${describeCandidate(candidate)}`])]
  if (judgement.kind === 'none') return [`no original: ${judgement.because}`, ...lost]
  const { state, tier, score, original, evidence, decidedBy } = judgement.match
  return [
    `${state} by the ${decidedBy} on ${TIER_NAMES[tier]}, score ${score.toFixed(2)}`,
    `original  ${original.title ?? 'title unknown: no polled feed has shown this article'}`,
    ...(original.url === null ? [] : [`          ${original.url}`]),
    'because',
    ...evidence.map(item => `  ${describeEvidence(item)}`),
    ...lost,
  ]
}

async function articleView(entry: StoredEntry, store: Store, config: Config): Promise<View> {
  const posts = await store.posts.translationsOf(entry.key, entry.address)
  const outlet = config.outlets.find(({ id }) => id === entry.outlet)?.name ?? entry.outlet ?? ''
  const translations = posts.flatMap(({ post, judgement }) => (judgement.kind === 'match' ? [{ post, match: judgement.match }] : []))
  const data = {
    article: { id: entry.entry.id, url: entry.entry.url, title: entry.title, outlet: entry.outlet, source: entry.source },
    translations: translations.map(({ post, match }) => ({
      id: post.id,
      url: post.url,
      title: post.title,
      state: match.state,
      evidence: match.evidence,
    })),
  }
  const lines = [
    entry.title,
    `  article   ${entry.entry.url ?? entry.entry.id}`,
    `  outlet    ${outlet}, through source "${entry.source}"`,
    translations.length === 0 ? '  no post translates it, as far as is known' : '  translated by',
    ...translations.flatMap(({ post, match }) => [
      `    ${match.state}: ${post.title}`,
      ...match.evidence.map(item => `      ${describeEvidence(item)}`),
    ]),
  ]
  return { data, text: lines.join('\n') }
}

function outletsOf({ post, judgement }: JudgedPost): readonly OutletId[] {
  const matched = judgement.kind === 'match' && judgement.match.state === 'accepted' ? judgement.match.original.outlet : null
  return matched === null ? post.outlets : [...post.outlets, matched]
}
