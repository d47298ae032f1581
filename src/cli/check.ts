import { configError, loadConfig, openFetcher, sourcesOf } from '../app.ts'
import { type Config, describeProblem } from '../config/config.ts'
import type { Source } from '../domain/outlet.ts'
import type { Fetcher } from '../fetch/fetcher.ts'
import { parseFeed } from '../parse/parse-feed.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { clip, table } from './table.ts'

/** `kakehashi check`: reads the config and says what is wrong with it; `--live` also tries each feed once. Gives the exit code. */
export async function check(context: CommandContext, options: { readonly live: boolean }): Promise<number> {
  const { terminal, isJson } = context
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') {
    if (!isJson) throw configError(loaded.problems)
    terminal.print(JSON.stringify({ ok: false, problems: loaded.problems }))
    return EXIT.usage
  }
  const { config, warnings } = loaded
  const trials = options.live ? await tryFeeds(config, context) : []
  if (isJson) terminal.print(JSON.stringify({ ok: true, problems: warnings, ...(options.live ? { feeds: trials } : {}) }))
  else {
    for (const warning of warnings) terminal.note(describeProblem(warning))
    const { outlets, outletSources, postSources, feeds } = config
    terminal.print(
      `The config is good: ${outlets.length} outlets with ${outletSources.length} feeds, ${postSources.length} post sources, ${feeds.length} configured feeds.`,
    )
    const rows = trials.map(({ source, result, title, entries, detail }) => [source, result, String(entries), clip(detail || title, 90)])
    if (options.live) terminal.print(table([['SOURCE', 'RESULT', 'ENTRIES', 'TITLE'], ...rows], '  '))
  }
  return trials.every(({ result }) => result === 'ok') ? EXIT.ok : EXIT.partial
}

/** One feed tried. */
interface Trial {
  readonly source: string
  readonly result: string
  readonly title: string
  readonly entries: number
  readonly detail: string
}

async function tryFeeds(config: Config, context: CommandContext): Promise<readonly Trial[]> {
  const fetcher = openFetcher(config, context)
  const sources = sourcesOf(config).filter(source => source.kind !== 'post-folder')
  let done = 0
  try {
    return await Promise.all(
      sources.map(async source => {
        const trial = await tryFeed(source, fetcher, context.signal)
        context.terminal.progress('trying', ++done, sources.length)
        return trial
      }),
    )
  } finally {
    context.terminal.endProgress()
    await fetcher.close()
  }
}

async function tryFeed(source: Exclude<Source, { kind: 'post-folder' }>, fetcher: Fetcher, signal: AbortSignal): Promise<Trial> {
  const failed = (result: string, detail: string): Trial => ({ source: source.id, result, title: '', entries: 0, detail })
  const fetched = await fetcher.fetch({ url: source.feedUrl, validators: {} }, signal)
  if (fetched.kind === 'failed') return failed(fetched.reason, fetched.detail)
  if (fetched.kind === 'not-modified') return failed('server-error', 'answered 304 to a plain request')
  const { contentType } = fetched
  const parsed = await parseFeed(fetched.bytes, { url: fetched.url, ...(contentType === undefined ? {} : { contentType }) })
  if (parsed.kind !== 'feed') return failed(parsed.kind, parsed.detail)
  const { metadata, entries } = parsed.feed
  const moved = fetched.movedTo === undefined ? '' : `moved for good to ${withoutSecrets(fetched.movedTo)}`
  return { source: source.id, result: 'ok', title: metadata.title?.value ?? '', entries: entries.length, detail: moved }
}

/** Keys and passwords of feeds stand in userinfo and query. */
function withoutSecrets(address: string): string {
  const { origin, pathname, search } = new URL(address)
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}
