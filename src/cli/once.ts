import { openApp } from '../app.ts'
import type { CommandContext } from './command.ts'
import { cycleJson, describeCycle, isWholeSuccess } from './cycle-summary.ts'
import { EXIT } from './exit-codes.ts'

/** `kakehashi once`: one cycle, then the summary. Gives the exit code. */
export async function once(context: CommandContext, options: { readonly all: boolean; readonly acceptShrink: boolean }): Promise<number> {
  const { terminal, isJson } = context
  await using app = await openApp(context.configFolder, context)
  const cycle = app.cycle({
    which: options.all ? 'all' : 'due',
    acceptShrink: options.acceptShrink,
    signal: context.signal,
    onPoll: (_, { done, of }) => terminal.progress('polling', done, of),
    onStage: stage => {
      if (stage !== 'poll') terminal.progress(stage === 'match' ? 'matching' : 'publishing', 0, 1)
    },
  })
  const report = await cycle.finally(terminal.endProgress)
  const counts = await app.store.matches.counts()
  terminal.print(isJson ? JSON.stringify(cycleJson(report, counts)) : describeCycle(report, counts))
  return isWholeSuccess(report) ? EXIT.ok : EXIT.partial
}
