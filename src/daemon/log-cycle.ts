import type { App, CycleRequest } from '../app.ts'
import { isSuccess } from '../domain/poll.ts'
import type { Log } from '../log.ts'
import type { CycleReport } from '../pipeline.ts'

/**
 * Gives what runs a cycle and logs what it did; whatever goes wrong in it, the service goes on. What could not be
 * published is logged when it changes.
 *
 * @returns whether the cycle came to its end
 */
export function loggedCycles(app: App, log: Log): (request: CycleRequest) => Promise<boolean> {
  const logTroubles = troubleLog(log)
  return async request => {
    try {
      const report = await app.cycle({ ...request, onPoll: poll => logPoll(log, poll) })
      logTroubles(report.publish)
      logCycle(log, report)
      return true
    } catch (error) {
      log.error({ event: 'cycle', err: error }, 'cycle failed')
      return false
    }
  }
}

/** Each cycle reports its troubles for as long as they last. */
function troubleLog(log: Log): (publish: CycleReport['publish']) => void {
  let before = '[[],[]]'
  return ({ refused, leftOut }) => {
    const now = JSON.stringify([refused, leftOut])
    if (now === before) return
    before = now
    for (const document of refused) log.warn({ event: 'publish', ...document }, 'not published')
    for (const { id, because } of leftOut) log.warn({ event: 'publish', id, because }, 'entry left out')
  }
}

function logPoll(log: Log, poll: CycleReport['polls'][number]): void {
  const { result, source, skipped, ...counts } = poll
  const line = { event: 'poll', source, result, ...counts, skipped: skipped.length }
  if (!isSuccess(result)) log.warn(line, 'poll failed')
  else if (result === 'ok' || result === 'not-modified') log.info(line, 'polled')
  else log.warn(line, 'polled')
}

function logCycle(log: Log, { match, publish }: CycleReport): void {
  if (match.judged > 0) log.info({ event: 'match', ...match }, 'matched')
  const { feeds, written, unchanged, withdrawn } = publish
  if (written.length > 0 || withdrawn.length > 0)
    log.info({ event: 'publish', feeds, written: written.length, unchanged, withdrawn: withdrawn.length }, 'published')
}
