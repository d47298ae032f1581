import { type App, openApp, sourcesOf } from '../app.ts'
import type { Config } from '../config/config.ts'
import { AppError } from '../domain/app-error.ts'
import type { Source } from '../domain/outlet.ts'
import { isSuccess } from '../domain/poll.ts'
import { MINUTE } from '../domain/time.ts'
import type { FetchedDocument } from '../fetch/fetch-outcome.ts'
import { newsAddress } from '../pipeline/poll-progress.ts'
import { scheduled } from '../pipeline.ts'
import type { CommandContext } from './command.ts'
import { nothingPolledYet } from './state-file.ts'

/** A feed that was fetched before its source was written into the config. */
export interface FetchedFeed {
  /** The address that was asked. */
  readonly asked: string
  readonly document: FetchedDocument
}

// Longer than the config takes to be written and the document to be read.
const MEANWHILE = 5 * MINUTE

/**
 * Writes a new source into the config so that what was fetched of it counts as its first poll: a service that runs sees
 * the change at once, and would ask the publisher for the same document a second time. Where there is no state yet, no
 * service runs here, and the config alone is written.
 *
 * @param planned the config as it will be
 * @param write writes it
 * @returns whether the document was taken; the source is polled like any other if not
 */
export async function writeWithFirstPoll(
  context: CommandContext,
  addition: { readonly planned: Config; readonly id: string; readonly fetched: FetchedFeed; readonly storeFile: string },
  write: () => Promise<void>,
): Promise<boolean> {
  const { planned, id, fetched, storeFile } = addition
  const source = sourcesOf(planned).find(candidate => candidate.id === id)
  const document = source === undefined ? undefined : documentOf(source, fetched)
  await using app = document === undefined ? undefined : await openIfUsed(context, storeFile)
  if (app === undefined || source === undefined || document === undefined) {
    await write()
    return false
  }
  const now = context.now()
  const all = sourcesOf(planned).map(each => scheduled(each, each === source ? now + MEANWHILE : now))
  // Known, and not due: whoever reads the new config leaves it alone.
  await app.store.sources.sync(all)
  await write()
  if ((await app.reload()).kind === 'rejected') return false
  const replay = async () => document
  const [report] = await app.poll({ sources: new Set([source.id]), fetch: replay })
  return report !== undefined && isSuccess(report.result)
}

/** What a poll of the source would bring now; undefined where it would ask for something else than what was fetched. */
function documentOf(source: Source, { asked, document }: FetchedFeed): FetchedDocument | undefined {
  if (source.kind === 'post-folder') return undefined
  const isAt = (address: string | undefined) => address !== undefined && URL.parse(address)?.href === URL.parse(newsAddress(source))?.href
  const { movedTo, ...rest } = document
  return isAt(asked) ? document : isAt(movedTo) ? rest : undefined
}

async function openIfUsed(context: CommandContext, storeFile: string): Promise<App | undefined> {
  if (nothingPolledYet(storeFile) !== undefined) return undefined
  try {
    return await openApp(context.configFolder, { ...context })
  } catch (error) {
    // The config can be written all the same.
    if (error instanceof AppError && error.code === 'store-unusable') return undefined
    throw error
  }
}
