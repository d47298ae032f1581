import { configError, loadConfig, sourcesOf } from '../app.ts'
import type { PollState } from '../domain/poll.ts'
import type { Instant } from '../domain/time.ts'
import { openStore, type Store } from '../store/store.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { describeInstant } from './span.ts'
import { clip, table } from './table.ts'

/** `kakehashi status`: the health of every source, how the posts stand, and what the daemon last said. Gives the exit code. */
export async function status(context: CommandContext): Promise<number> {
  const { terminal, isJson, now } = context
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  await using store = await openStore(loaded.config.storeFile)
  const ids = sourcesOf(loaded.config).map(({ id }) => id)
  const states = await store.sources.states(ids)
  const view = { sources: ids.map(id => ({ id, state: states.get(id) })), ...(await overview(store)) }
  terminal.print(isJson ? JSON.stringify(view) : describe(view, now()))
  return EXIT.ok
}

interface StatusView extends Awaited<ReturnType<typeof overview>> {
  readonly sources: readonly { readonly id: string; readonly state: PollState | undefined }[]
}

async function overview(store: Store) {
  const [entries, posts, daemon, rejected, published] = await Promise.all([
    store.entries.counts(),
    store.matches.counts(),
    store.notices.get('daemon'),
    store.notices.get('config-rejected'),
    store.notices.get('last-publish'),
  ])
  return { entries, posts, daemon, rejected, published }
}

function describe({ sources, entries, posts, daemon, rejected, published }: StatusView, now: Instant): string {
  const rows = sources.map(({ id, state }) => [
    id,
    state?.lastResult ?? 'never polled',
    describeInstant(state?.lastPollAt ?? null, now),
    describeInstant(state?.lastChangeAt ?? null, now),
    state === undefined ? '' : describeInstant(state.nextPollAt, now),
    String(state?.failures ?? 0),
    clip(state?.lastDetail ?? '', 80),
  ])
  const lines = [table([['SOURCE', 'HEALTH', 'POLLED', 'LAST NEWS', 'NEXT', 'FAILURES', 'NOTE'], ...rows])]
  lines.push(
    '',
    `${entries.articles} articles, ${entries.posts} posts: ${posts.accepted} with their original, ${posts.proposed} proposed, ${posts.none + posts.rejected} without`,
  )
  lines.push(daemon === undefined ? 'The daemon has not run.' : `The daemon was last heard of ${describeInstant(daemon.at, now)}.`)
  if (rejected !== undefined)
    lines.push(`The config on disk is not in force; it was rejected ${describeInstant(rejected.at, now)}:`, ...textsOf(rejected.document))
  const troubles = textsOf(published?.document)
  if (troubles.length > 0) lines.push('Not published at the last attempt:', ...troubles)
  return lines.join('\n')
}

function textsOf(document: unknown): readonly string[] {
  return Array.isArray(document) ? document.map(text => `  ${String(text)}`) : []
}
