import { configError, loadConfig, openApp, sourcesOf } from '../app.ts'
import { type Config, describeProblem } from '../config/config.ts'
import type { SourceId } from '../domain/identifiers.ts'
import { isSuccess, type PollResult, type SourceMemory } from '../domain/poll.ts'
import type { PollReport } from '../pipeline/poll-progress.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { shownAddress } from './sources-address.ts'
import { plainTitle } from './sources-preview.ts'
import { clip, table } from './table.ts'

/**
 * `kakehashi check`: reads the config and says what is wrong with it; `--live` also asks each source once, and keeps what
 * comes, so that the next cycle need not ask for it again. Nothing is published. Gives the exit code.
 *
 * @throws AppError `config-invalid`; with `--live` `store-unusable` where nothing can be kept
 */
export async function check(context: CommandContext, options: { readonly live: boolean }): Promise<number> {
  const { terminal, isJson } = context
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') {
    if (!isJson) throw configError(loaded.problems)
    terminal.print(JSON.stringify({ ok: false, problems: loaded.problems }))
    return EXIT.usage
  }
  const { config, warnings } = loaded
  if (!isJson) {
    for (const warning of warnings) terminal.note(describeProblem(warning))
    terminal.print(describeConfig(config))
  }
  const trials = options.live ? await trySources(context) : []
  if (isJson) terminal.print(JSON.stringify({ ok: true, problems: warnings, ...(options.live ? { feeds: trials } : {}) }))
  else if (options.live) terminal.print(describeTrials(trials))
  return trials.every(({ result }) => isSuccess(result)) && !context.signal.aborted ? EXIT.ok : EXIT.partial
}

function describeConfig({ outlets, outletSources, postSources, feeds }: Config): string {
  return `The config is good: ${outlets.length} outlets with ${outletSources.length} feeds, ${postSources.length} post sources, ${feeds.length} configured feeds.`
}

/** One source tried. */
interface Trial {
  readonly source: SourceId
  readonly result: PollResult
  readonly title: string
  /** In the document that came, or in the last one there was. */
  readonly entries: number
  readonly detail: string
}

async function trySources(context: CommandContext): Promise<readonly Trial[]> {
  const { terminal, signal } = context
  await using app = await openApp(context.configFolder, { ...context })
  const polling = app.poll({ signal, onPoll: (_, { done, of }) => terminal.progress('trying', done, of) })
  const reports = new Map((await polling.finally(terminal.endProgress)).map(report => [report.source, report]))
  const states = await app.store.sources.states([...reports.keys()])
  // As they stand in the config; those an interruption left untried are left out.
  const tried = sourcesOf(app.config()).flatMap(({ id }) => reports.get(id) ?? [])
  return tried.map(report => trialOf(report, states.get(report.source)?.memory ?? null))
}

function trialOf({ source, result, detail, added }: PollReport, memory: SourceMemory | null): Trial {
  if (!isSuccess(result)) return { source, result, title: '', entries: 0, detail }
  const movedTo = memory?.movedTo ?? null
  // A cycle proposes a move when it has lasted; whoever checks the config wants to know at once.
  const move = movedTo === null || result === 'moved' ? [] : [`moved for good to ${shownAddress(movedTo)}`]
  const notes = [...move, ...(detail === '' ? [] : [detail])]
  return { source, result, title: plainTitle(memory?.title), entries: memory?.entries ?? added, detail: notes.join('; ') }
}

function describeTrials(trials: readonly Trial[]): string {
  const rows = trials.map(({ source, result, title, entries, detail }) => [source, result, String(entries), clip(detail || title, 90)])
  return table([['SOURCE', 'RESULT', 'ENTRIES', 'TITLE'], ...rows], '  ')
}
