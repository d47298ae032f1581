import { configError, loadConfig, sourcesOf } from '../app.ts'
import type { SourceId } from '../domain/identifiers.ts'
import type { Source } from '../domain/outlet.ts'
import type { PollState } from '../domain/poll.ts'
import type { Instant } from '../domain/time.ts'
import { hostOf } from '../pipeline/poll-progress.ts'
import { openStore } from '../store/store.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { describeInstant, describeSpan } from './span.ts'
import { nothingPolledYet } from './state-file.ts'
import { table } from './table.ts'

/** `kakehashi sources list`: every source of the config, and how its last poll ended where there was one. Gives the exit code. */
export async function listSources(context: CommandContext): Promise<number> {
  const { terminal, isJson, now } = context
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  const sources = sourcesOf(loaded.config)
  const states = await statesOf(sources, loaded.config.storeFile)
  const views = sources.map(source => sourceView(source, states.get(source.id)))
  terminal.print(isJson ? JSON.stringify({ ok: true, sources: views }) : describe(views, now()))
  return EXIT.ok
}

/** Of a source's addresses the host alone: userinfo, path and query may be secret. */
interface SourceView {
  readonly id: SourceId
  readonly kind: Source['kind']
  /** Absent for post sources. */
  readonly outlet?: string
  /** Absent for folders. */
  readonly host?: string
  readonly pollEveryMs: number
  /** Null while it has not been polled. */
  readonly lastResult: PollState['lastResult']
  readonly lastPollAt: Instant | null
  readonly nextPollAt: Instant | null
}

async function statesOf(sources: readonly Source[], storeFile: string): Promise<ReadonlyMap<SourceId, PollState>> {
  if (nothingPolledYet(storeFile) !== undefined) return new Map()
  await using store = await openStore(storeFile)
  return await store.sources.states(sources.map(({ id }) => id))
}

function sourceView(source: Source, state: PollState | undefined): SourceView {
  const { id, kind, pollEveryMs } = source
  return {
    id,
    kind,
    ...(source.kind === 'outlet' ? { outlet: source.outlet } : {}),
    ...(source.kind === 'post-folder' ? {} : { host: hostOf(source.feedUrl) }),
    pollEveryMs,
    lastResult: state?.lastResult ?? null,
    lastPollAt: state?.lastPollAt ?? null,
    nextPollAt: state?.nextPollAt ?? null,
  }
}

function describe(views: readonly SourceView[], now: Instant): string {
  if (views.length === 0) return 'The config has no sources; "kakehashi sources add <url>" adds one.'
  const rows = views.map(({ id, outlet, host, pollEveryMs, lastResult, lastPollAt, nextPollAt }) => [
    id,
    outlet ?? '(posts)',
    host ?? '(folder)',
    describeSpan(pollEveryMs),
    lastResult ?? 'never polled',
    describeInstant(lastPollAt, now),
    nextPollAt === null ? '' : describeInstant(nextPollAt, now),
  ])
  return table([['SOURCE', 'OUTLET', 'HOST', 'EVERY', 'LAST RESULT', 'POLLED', 'NEXT'], ...rows])
}
