import { openApp } from '../app.ts'
import { toldHubs } from '../pipeline/announced-hubs.ts'
import { pingHubs } from '../pipeline/ping-hubs.ts'
import type { CommandContext } from './command.ts'
import { cycleJson, describeCycle, isWholeSuccess } from './cycle-summary.ts'
import { EXIT } from './exit-codes.ts'
import { describePings } from './push-view.ts'
import { waitingNote } from './terminal.ts'

/** `kakehashi once`: one cycle, word of it to the hubs, then the summary. Gives the exit code. */
export async function once(context: CommandContext, options: { readonly all: boolean; readonly acceptShrink: boolean }): Promise<number> {
  const { terminal, isJson } = context
  await using app = await openApp(context.configFolder, context)
  const cycle = app.cycle({
    which: options.all ? 'all' : 'due',
    acceptShrink: options.acceptShrink,
    signal: context.signal,
    onBusy: waitingNote(terminal),
    onPoll: (_, { done, of }) => terminal.progress('polling', done, of),
    onMatch: (done, of) => terminal.progress('matching', done, of),
    onStage: stage => {
      if (stage !== 'poll') terminal.progress(stage === 'match' ? 'matching' : 'publishing', 0, 1)
    },
  })
  const report = await cycle.finally(terminal.endProgress)
  const counts = await app.store.matches.counts()
  const { site } = app.config()
  const { signal, now } = context
  const pings = await pingHubs({ store: app.store, site, hubs: toldHubs(app.config()), post: app.post, now, signal })
  terminal.print(
    isJson
      ? JSON.stringify({ ...cycleJson(report, counts), hubs: pings })
      : [describeCycle(report, counts), ...describePings(pings)].join('\n'),
  )
  return isWholeSuccess(report) ? EXIT.ok : EXIT.partial
}
