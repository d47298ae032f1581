import { openApp } from '../app.ts'
import { AppError } from '../domain/app-error.ts'
import { outletDirectory } from '../domain/outlet-directory.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import type { CommandContext } from './command.ts'
import { isWholeSuccess } from './cycle-summary.ts'
import { EXIT } from './exit-codes.ts'
import { describePings } from './push-view.ts'
import { tellHubs } from './tell-hubs.ts'
import { waitingNote } from './terminal.ts'

/**
 * `kakehashi withdraw`: takes a post out of everything that is published, for good or, with `--undo`, back in, and
 * publishes. Readers are told of it where the feed's syntax can. Gives the exit code.
 *
 * @throws AppError `not-found` when no post that was polled has this address or id
 */
export async function withdraw(context: CommandContext, what: string, options: { readonly undo: boolean }): Promise<number> {
  const { terminal, signal, now } = context
  await using app = await openApp(context.configFolder, context)
  const { entries } = app.store
  const found = await entries.find(what, outletDirectory(app.config().outlets).address(what))
  const posts = found.filter(({ role }) => role === 'post')
  if (posts.length === 0) throw new AppError('not-found', notFound(what, found))
  const keys = posts.map(({ key }) => key)
  const changed = options.undo ? await entries.restore(keys, now()) : await entries.withdraw(keys, now())
  const { publish, ...cycle } = await app.cycle({ which: 'none', signal, onBusy: waitingNote(terminal) })
  const hubs = await tellHubs(app, context)
  const after = await Promise.all(keys.map(key => entries.byKey(key)))
  const gone = after.find(entry => options.undo && entry?.withdrawnBy === 'source')
  const undone =
    gone === undefined ? 'published again' : `no longer withdrawn by an operator, but its source "${gone.source}" has it no more`
  const state = options.undo ? undone : 'withdrawn'
  const names = posts.map(({ title, entry }) => ({ id: entry.id, ...(entry.url === undefined ? {} : { url: entry.url }), title }))
  terminal.print(
    context.isJson
      ? JSON.stringify({ posts: names, state, changed, publish, hubs })
      : [
          ...names.map(({ title, url, id }) => `${title}\n  ${url ?? id}`),
          changed === 0 ? `Nothing to do: ${options.undo ? 'no operator has withdrawn it' : 'it was withdrawn before'}.` : `Now ${state}.`,
          `${publish.written.length} files written, ${publish.withdrawn.length} taken back`,
          ...publish.refused.map(({ path, because }) => `  not published: ${path}: ${because}`),
          ...describePings(hubs),
        ].join('\n'),
  )
  return isWholeSuccess({ ...cycle, publish }) ? EXIT.ok : EXIT.partial
}

function notFound(what: string, found: readonly StoredEntry[]): string {
  const got = found.length === 0 ? `"${what}"` : `"${what}", an article of an outlet`
  return `expected the address or id of a post that was polled, got ${got}`
}
