import { configError, loadConfig } from '../app.ts'
import type { Config } from '../config/config.ts'
import { AppError } from '../domain/app-error.ts'
import { outletDirectory } from '../domain/outlet-directory.ts'
import type { StoredEntry, WithdrawnBy } from '../store/entry-store.ts'
import type { JudgedPost } from '../store/post-store.ts'
import { openStore, type Store } from '../store/store.ts'
import type { CommandContext } from './command.ts'
import { describeCandidate, describeEvidence, describeVerdict } from './describe-evidence.ts'
import { EXIT } from './exit-codes.ts'
import { type Membership, membershipsOf } from './feed-membership.ts'
import { nothingPolledYet } from './state-file.ts'

/**
 * `kakehashi explain`: why a post has its original, or none, which candidates lost, and which feeds carry it. Gives the
 * exit code.
 *
 * @throws AppError `not-found` when nothing that was polled has this address, id or key, or nothing was polled
 */
export async function explain(context: CommandContext, what: string): Promise<number> {
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  const { config } = loaded
  const nothing = nothingPolledYet(config.storeFile)
  if (nothing !== undefined) throw new AppError('not-found', nothing)
  await using store = await openStore(config.storeFile)
  const address = outletDirectory(config.outlets).address(what)
  const found = await store.entries.find(what, address)
  if (found.length === 0) throw new AppError('not-found', `expected the address or id of a post or article that was polled, got "${what}"`)
  const views = await Promise.all(found.map(entry => (entry.role === 'post' ? postView : articleView)(entry, store, config)))
  context.terminal.print(context.isJson ? JSON.stringify(views.map(({ data }) => data)) : views.map(({ text }) => text).join('\n\n'))
  return EXIT.ok
}

interface View {
  readonly data: unknown
  readonly text: string
}

async function postView(entry: StoredEntry, store: Store, config: Config): Promise<View> {
  const judged = await store.posts.byKey(entry.key)
  if (judged === undefined) return unjudgedView(entry, config)
  const { post, judgement } = judged
  const feeds = await membershipsOf(judged, config, store)
  const { id, url, title, headline, comment, outlets, labels } = post
  const lines = [
    title,
    `  post      ${url ?? id}`,
    `  headline  ${headline}`,
    ...(comment === undefined ? [] : [`  comment   ${comment}`]),
    `  outlets   ${outlets.join(', ') || 'none named'}`,
    `  labels    ${labels.join(', ') || 'none'}`,
    ...judgementLines(judged).map(line => `  ${line}`),
    feeds.length === 0 ? '  feeds     none' : '  feeds',
    ...feeds.map(feed => `    ${membershipLine(feed)}`),
  ]
  return { data: { post: { id, url, title, headline, comment, outlets, labels }, judgement, feeds }, text: lines.join('\n') }
}

/** A post is read and judged in the first cycle after it was polled, while its source is configured. */
function unjudgedView({ entry, title, source, withdrawnBy }: StoredEntry, { postSources }: Config): View {
  if (withdrawnBy !== undefined) return withdrawnView({ entry, title, source }, withdrawnBy)
  const isConfigured = postSources.some(({ id }) => id === source)
  const because = isConfigured ? 'not judged yet: run "kakehashi once"' : `in no feed: its source "${source}" is not in the config any more`
  return { data: { post: { id: entry.id, url: entry.url, title }, state: 'not judged', because }, text: `${title}\n  ${because}` }
}

function withdrawnView({ entry, title, source }: Pick<StoredEntry, 'entry' | 'title' | 'source'>, by: WithdrawnBy): View {
  const because = {
    operator: 'in no feed: an operator has withdrawn it; "kakehashi withdraw --undo" publishes it again',
    source: `in no feed: its source "${source}" has it no more`,
    both: `in no feed: an operator has withdrawn it, and its source "${source}" has it no more`,
  }[by]
  return { data: { post: { id: entry.id, url: entry.url, title }, state: 'withdrawn', because }, text: `${title}\n  ${because}` }
}

function membershipLine({ slug, carries, because, but }: Membership): string {
  if (!carries) return `not in  ${slug}: ${because ?? ''}`
  return but === undefined ? `in      ${slug}` : `in      ${slug}, but ${but}`
}

function judgementLines({ judgement }: JudgedPost): readonly string[] {
  const runnersUp = judgement.kind === 'none' ? judgement.runnersUp : judgement.match.runnersUp
  const lost = runnersUp.length === 0 ? [] : ['also weighed', ...runnersUp.map(candidate => `  ${describeCandidate(candidate)}`)]
  if (judgement.kind === 'none') return [`no original: ${judgement.because}`, ...lost]
  const { original, evidence } = judgement.match
  return [
    describeVerdict(judgement.match),
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
