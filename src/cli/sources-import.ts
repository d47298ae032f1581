import { open } from 'node:fs/promises'
import { configError, loadConfig } from '../app.ts'
import type { SourceAdditions } from '../config/edit-sources.ts'
import { AppError } from '../domain/app-error.ts'
import { readOpml } from '../parse/opml.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { makeEdit, type PlannedEdit, planEdit } from './sources-edit.ts'
import { type OpmlPlan, planFromOpml } from './sources-from-opml.ts'
import { dayIn } from './sources-preview.ts'

// A list with ten thousand feeds has two.
const MAX_BYTES = 10_000_000

/**
 * `kakehashi sources import`: adds the feeds of an OPML file that the config does not have. Nothing is fetched, and a
 * second import of the same file changes nothing. Gives the exit code.
 *
 * @throws AppError `not-found` where there is no such file, `feed-unreadable` where it is no OPML, `config-invalid` where
 *   the config is not good or would not be
 */
export async function importSources(context: CommandContext, file: string, options: { readonly dryRun?: boolean }): Promise<number> {
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  const reading = readOpml(await bytesOf(file))
  if (reading.kind === 'not-opml') throw new AppError('feed-unreadable', `${file}: expected an OPML file, got ${reading.detail}`)
  const plan = planFromOpml(reading.feeds, loaded.config)
  const comment = `added ${dayIn(context.now(), loaded.config.site.timeZone)} by "kakehashi sources import"`
  const edit = await planEdit(context.configFolder, plan.additions, { comment, environment: context.environment })
  const isDryRun = options.dryRun === true
  if (!isDryRun) await makeEdit(edit)
  report(context, { plan, edit, isDryRun })
  return plan.skipped.length === 0 ? EXIT.ok : EXIT.partial
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    if (size > MAX_BYTES) throw new AppError('feed-unreadable', `${file}: expected at most ${MAX_BYTES} bytes, got ${size}`)
    return await handle.readFile()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new AppError('not-found', `${file}: expected an OPML file, found none`, { cause })
    throw new AppError('feed-unreadable', `${file}: expected a file that can be read, got: ${message}`, { cause })
  }
}

function report(
  { terminal, isJson }: CommandContext,
  { plan, edit, isDryRun }: { readonly plan: OpmlPlan; readonly edit: PlannedEdit; readonly isDryRun: boolean },
): void {
  const { known, repeated, skipped } = plan
  const files = edit.files.map(({ name, diff }) => ({ file: name, diff }))
  if (isJson) {
    terminal.print(JSON.stringify({ ok: true, isDryRun, added: counts(plan.additions), known, repeated, skipped, files }))
    return
  }
  const where = files.map(({ file }) => file).join(' and ')
  const lines = [files.length === 0 ? 'Nothing to add.' : `${isDryRun ? 'Would add' : 'Added'} ${inWords(plan.additions)} to ${where}.`]
  if (known > 0) lines.push(`Already there: ${feedsInWords(known)}.`)
  if (repeated > 0) lines.push(`More than once in the file: ${feedsInWords(repeated)}.`)
  lines.push(...skipped.map(sentence => `Left out: ${sentence}.`))
  // What would change is all that a dry run prints, so that it can be piped on.
  if (isDryRun) for (const line of lines) terminal.note(line)
  if (!isDryRun) terminal.print(lines.join('\n'))
  else if (files.length > 0) terminal.print(files.map(({ diff }) => diff).join('\n'))
}

function counts({ outlets, feeds, posts }: SourceAdditions) {
  const own = outlets.reduce((sum, { sources }) => sum + sources.length, 0)
  const joined = [...feeds.values()].reduce((sum, list) => sum + list.length, 0)
  return { outlets: outlets.length, feeds: own + joined, posts: posts.length }
}

function inWords(additions: SourceAdditions): string {
  const { outlets, feeds, posts } = counts(additions)
  const parts = [
    ...(outlets === 0 ? [] : [`${outlets} ${outlets === 1 ? 'outlet' : 'outlets'}`]),
    ...(feeds === 0 ? [] : [feedsInWords(feeds)]),
    ...(posts === 0 ? [] : [`${posts} post ${posts === 1 ? 'source' : 'sources'}`]),
  ]
  return parts.join(', ')
}

function feedsInWords(count: number): string {
  return `${count} ${count === 1 ? 'feed' : 'feeds'}`
}
