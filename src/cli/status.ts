import { configError, knownStoreFile, loadConfig, sourcesOf } from '../app.ts'
import { describeProblem } from '../config/config.ts'
import type { SourceId } from '../domain/identifiers.ts'
import type { PollState } from '../domain/poll.ts'
import type { Instant } from '../domain/time.ts'
import { hostOf } from '../pipeline/poll-progress.ts'
import { lastTroubles } from '../pipeline/publish-feeds.ts'
import { openStore, type Store } from '../store/store.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { describeHub, type HubView, hubViews } from './hub-view.ts'
import { describeIncidents, incidentViews } from './incident-view.ts'
import { describePush, pushView } from './push-view.ts'
import { describeInstant } from './span.ts'
import { nothingPolledYet } from './state-file.ts'
import { clip, table } from './table.ts'

/**
 * `kakehashi status`: the health of every source, how the posts stand, and what the daemon last said. While the config on
 * disk is wrong it shows the sources of the one the daemon keeps in force, and what is wrong. Gives the exit code.
 */
export async function status(context: CommandContext): Promise<number> {
  const { terminal, isJson, now } = context
  const loaded = await loadConfig(context.configFolder, context.environment)
  const storeFile = loaded.kind === 'ok' ? loaded.config.storeFile : await knownStoreFile(context.configFolder)
  const problems = loaded.kind === 'ok' ? [] : loaded.problems
  if (storeFile === undefined) throw configError(problems)
  const configured = loaded.kind === 'ok' ? sourcesOf(loaded.config).map(({ id }) => id) : undefined
  const message = nothingPolledYet(storeFile)
  const view =
    message === undefined
      ? await storedView(storeFile, configured, problems.map(describeProblem), now())
      : { message, ...emptyView(configured ?? []) }
  terminal.print(isJson ? JSON.stringify(view) : (message ?? describe(view, now())))
  return loaded.kind === 'ok' ? EXIT.ok : EXIT.usage
}

interface StatusView extends Overview {
  /** What is wrong with the config on disk. */
  readonly problems: readonly string[]
  readonly sources: readonly SourceView[]
}

type Overview = Awaited<ReturnType<typeof overview>>

/** Of a source's addresses the host alone: userinfo, path and query may be secret. */
interface SourceView {
  readonly id: string
  /** Absent for folders. */
  readonly host?: string
  /** Absent for a source that the store has not heard of. */
  readonly state?: ReturnType<typeof shownState>
  /** Absent where its feed names none. */
  readonly hub?: HubView
}

/** @param configured the sources to show; without it those that the daemon last said it has */
async function storedView(
  storeFile: string,
  configured: readonly SourceId[] | undefined,
  problems: readonly string[],
  now: Instant,
): Promise<StatusView> {
  await using store = await openStore(storeFile)
  const overall = await overview(store, now)
  const ids = configured ?? sourcesInForce(overall.daemon?.document)
  const states = await store.sources.states(ids)
  const hubs = await hubViews(store, now)
  return { problems, sources: ids.map(id => sourceView(id, states.get(id), hubs)), ...overall }
}

function emptyView(configured: readonly SourceId[]): StatusView {
  return {
    problems: [],
    sources: configured.map(id => ({ id })),
    entries: { articles: 0, posts: 0 },
    posts: { accepted: 0, proposed: 0, rejected: 0, none: 0 },
    daemon: undefined,
    rejected: undefined,
    restart: undefined,
    published: { refused: [], leftOut: [] },
    incidents: [],
    push: { subscribers: { count: 0, unconfirmed: 0, failing: 0, lastDeliveryAt: null }, hubs: [] },
  }
}

function sourceView(id: SourceId, known: PollState | undefined, hubs: ReadonlyMap<string, HubView>): SourceView {
  if (known === undefined) return { id }
  const host = hostOf(known.address)
  const hub = hubs.get(known.address)
  return { id, ...(host === '' ? {} : { host }), state: shownState(known), ...(hub === undefined ? {} : { hub }) }
}

function shownState({ nextPollAt, failures, lastPollAt, lastSuccessAt, lastChangeAt, lastResult, lastDetail, resumeAt }: PollState) {
  return { nextPollAt, failures, lastPollAt, lastSuccessAt, lastChangeAt, lastResult, lastDetail, resumeAt }
}

async function overview(store: Store, now: Instant) {
  const [entries, posts, daemon, rejected, restart, published, incidents, push] = await Promise.all([
    store.entries.counts(),
    store.matches.counts(),
    store.notices.get('daemon'),
    store.notices.get('config-rejected'),
    store.notices.get('needs-restart'),
    lastTroubles(store),
    incidentViews(store),
    pushView(store, now),
  ])
  return { entries, posts, daemon, rejected, restart, published, incidents, push }
}

function describe(view: StatusView, now: Instant): string {
  const { problems, sources, entries, posts, daemon, rejected, restart, published, incidents, push } = view
  // The column is there for those whose feeds name a hub.
  const hasHubs = sources.some(({ hub }) => hub !== undefined)
  const rows = sources.map(({ id, state, hub }) => [
    id,
    state?.lastResult ?? 'never polled',
    describeInstant(state?.lastPollAt ?? null, now),
    describeInstant(newest(state?.lastChangeAt, hub?.lastNewsAt), now),
    state === undefined ? '' : describeInstant(state.nextPollAt, now),
    ...(hasHubs ? [describeHub(hub)] : []),
    String(state?.failures ?? 0),
    clip([state?.lastDetail, hub?.detail].filter(Boolean).join('; '), 80),
  ])
  const head = ['SOURCE', 'HEALTH', 'POLLED', 'LAST NEWS', 'NEXT', ...(hasHubs ? ['HUB'] : []), 'FAILURES', 'NOTE']
  const lines = [table([head, ...rows])]
  lines.push(
    '',
    `${entries.articles} articles, ${entries.posts} posts: ${posts.accepted} with their original, ${posts.proposed} proposed, ${posts.none + posts.rejected} without`,
  )
  lines.push(daemon === undefined ? 'The daemon has not run.' : `The daemon was last heard of ${describeInstant(daemon.at, now)}.`)
  lines.push(...describePush(push, now))
  if (restart !== undefined) lines.push(...textsOf(restart.document))
  const wrong = problems.length > 0 ? problems : rejected?.document
  if (wrong !== undefined) {
    const since = rejected === undefined ? '' : `; the daemon rejected it ${describeInstant(rejected.at, now)}`
    lines.push(`The config on disk is not in force${since}:`, ...textsOf(wrong))
  }
  const troubles = [
    ...published.refused.map(({ path, because }) => `${path}: ${because}`),
    ...published.leftOut.map(({ id, because }) => `${id}: ${because}`),
  ]
  if (troubles.length > 0) lines.push('Not published at the last attempt:', ...textsOf(troubles))
  lines.push(...describeIncidents(incidents, now))
  return lines.join('\n')
}

function newest(...instants: readonly (Instant | null | undefined)[]): Instant | null {
  return instants.reduce<Instant | null>((latest, instant) => (instant != null && instant > (latest ?? 0) ? instant : latest), null)
}

function textsOf(document: unknown): readonly string[] {
  return Array.isArray(document) ? document.map(text => `  ${String(text)}`) : []
}

/** The sources the daemon last said it has. */
function sourcesInForce(daemon: unknown): readonly SourceId[] {
  const { sources = [] } = (daemon ?? {}) as { readonly sources?: readonly SourceId[] }
  return sources
}
