import { configError, loadConfig, openFetcher } from '../app.ts'
import { type Config, describeProblem, type Problem } from '../config/config.ts'
import { didYouMean } from '../config/did-you-mean.ts'
import { type Environment, fillSecrets } from '../config/environment.ts'
import { AppError } from '../domain/app-error.ts'
import type { Outlet } from '../domain/outlet.ts'
import { openFeedParser } from '../parse/feed-parser.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { type Addition, type AdditionOptions, additionOf } from './sources-addition.ts'
import { shownAddress, sourceOfFeed } from './sources-address.ts'
import { makeEdit, type PlannedEdit, planEdit } from './sources-edit.ts'
import { type Finding, type FoundFeed, findFeed, type SeveralFeeds } from './sources-find-feed.ts'
import { writeWithFirstPoll } from './sources-first-poll.ts'
import { IDENTIFIER } from './sources-names.ts'
import { dayIn, describePreview, feedPreview } from './sources-preview.ts'
import { table } from './table.ts'

/** What `kakehashi sources add` is told beside the address. */
export interface AddOptions extends AdditionOptions {
  /** The outlet whose feed it is; without it, it becomes the feed of a new one. */
  readonly outlet?: string
  readonly dryRun?: boolean
}

/**
 * `kakehashi sources add`: finds the feed that an address gives or announces, shows what it is, and writes it into the
 * config. Gives the exit code.
 *
 * @throws AppError `usage` where options make no sense or the feed is there already, `not-found` for an outlet there is not,
 *   `feed-unreadable` where there is no feed, `config-invalid` where the config is not good or would not be
 */
export async function addSource(context: CommandContext, url: string, options: AddOptions): Promise<number> {
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  const { config, warnings } = loaded
  const outlet = checkedOptions(config, options)
  const finding = await search(config, url, context)
  if (finding.kind === 'several') return choice(context, url, finding)
  const address = addressToWrite(url, finding)
  const added = additionOf(config, { ...finding, address }, options, outlet)
  const comment = `added ${dayIn(context.now(), config.site.timeZone)} by "kakehashi sources add"`
  const plan = await planEdit(context.configFolder, added.additions, { comment, environment: context.environment })
  const isDryRun = options.dryRun === true
  const addition = { planned: plan.config, id: added.source, fetched: finding.fetched, storeFile: config.storeFile }
  const isPolled = !isDryRun && (await writeWithFirstPoll(context, addition, () => makeEdit(plan)))
  report(context, { config, finding, added, plan, warnings, isDryRun, isPolled })
  return EXIT.ok
}

function checkedOptions({ outlets }: Config, { outlet: id, name, posts, id: ownId }: AddOptions): Outlet | undefined {
  if (id !== undefined && posts === true) throw new AppError('usage', '--outlet: expected no outlet beside --posts')
  if (id !== undefined && name !== undefined) throw new AppError('usage', '--name: expected no name beside --outlet, which has one')
  if (name?.trim() === '') throw new AppError('usage', '--name: expected a name, got an empty one')
  if (ownId !== undefined && !IDENTIFIER.test(ownId))
    throw new AppError('usage', `--id: expected a short name of small letters, digits and hyphens, got "${ownId}"`)
  const outlet = outlets.find(candidate => candidate.id === id)
  if (id === undefined || outlet !== undefined) return outlet
  const guess = didYouMean(
    id,
    outlets.map(candidate => candidate.id),
  )
  const hint = guess === undefined ? '' : `; did you mean "${guess}"?`
  throw new AppError('not-found', `--outlet: expected the id of an outlet, got "${id}"${hint}`)
}

async function search(config: Config, url: string, { environment, signal, now }: CommandContext): Promise<Finding> {
  const address = filledAddress(url, environment)
  const accept = (candidate: string) => {
    const owner = sourceOfFeed(config, candidate)
    if (owner !== undefined) throw new AppError('usage', `source "${owner}" polls ${shownAddress(candidate)} already`)
  }
  accept(address)
  const fetcher = openFetcher(config, { now })
  const parser = openFeedParser()
  try {
    return await findFeed(address, { fetch: fetcher.fetch, parse: parser.parse, signal, accept })
  } finally {
    await Promise.all([fetcher.close(), parser.close()])
  }
}

function filledAddress(url: string, { secret }: Environment): string {
  const filled = fillSecrets(url, secret)
  if (filled.kind === 'missing') throw new AppError('usage', `expected the environment variable ${filled.name} to be set, it is not`)
  if (/^https?:\/\//i.test(filled.text) && URL.canParse(filled.text)) return filled.text
  throw new AppError('usage', `expected an address that begins with http:// or https://, got "${url}"`)
}

/** An address with a secret in it stays as the operator wrote it: where it led holds the secret, or lacks it. */
function addressToWrite(url: string, { elsewhere, page }: FoundFeed): string {
  const isSecret = url.includes('${') || Boolean(URL.parse(url)?.username)
  return (isSecret && page === undefined ? undefined : elsewhere) ?? url
}

function choice({ terminal, isJson }: CommandContext, url: string, { links }: SeveralFeeds): number {
  const message = `${shownAddress(url)} announces ${links.length} feeds; give the address of one of them:`
  if (isJson) terminal.print(JSON.stringify({ ok: false, code: 'usage', message, feeds: links }))
  else {
    terminal.note(message)
    terminal.print(
      table(
        links.map(({ href, type, title }) => [href, type, title ?? '']),
        '  ',
      ),
    )
  }
  return EXIT.usage
}

interface Outcome {
  readonly config: Config
  readonly finding: FoundFeed
  readonly added: Addition
  readonly plan: PlannedEdit
  /** What `check` warned of before. */
  readonly warnings: readonly Problem[]
  readonly isDryRun: boolean
  /** What was fetched is kept. */
  readonly isPolled: boolean
}

function report({ terminal, isJson }: CommandContext, { config, finding, added, plan, warnings, isDryRun, isPolled }: Outcome): void {
  const preview = feedPreview(finding.feed)
  const known = new Set(warnings.map(({ message }) => message))
  const fresh = plan.warnings.filter(({ message }) => !known.has(message)).map(describeProblem)
  const notes = [...added.strangers.map(host => `Its entries are on ${host}, which is not under the outlet's hosts.`), ...fresh]
  const files = plan.files.map(({ name, diff }) => ({ file: name, diff }))
  if (isJson) {
    const { kind, source, outlet } = added
    terminal.print(JSON.stringify({ ok: true, isDryRun, isPolled, feed: preview, added: { kind, source, outlet }, notes, files }))
    return
  }
  const summary = describePreview(preview, config.site.timeZone)
  // What would change is all that a dry run prints, so that it can be piped on.
  if (isDryRun) {
    for (const line of [summary, ...notes]) terminal.note(line)
    terminal.print(files.map(({ diff }) => diff).join('\n'))
    return
  }
  terminal.print(`${summary}\nAdded ${added.what} to ${files.map(({ file }) => file).join(' and ')}.`)
  if (isPolled) terminal.print('What came is kept as its first poll.')
  for (const note of notes) terminal.note(note)
}
