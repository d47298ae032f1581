import type { App, CycleRequest } from '../app.ts'
import { AppError } from '../domain/app-error.ts'
import { isSuccess } from '../domain/poll.ts'
import { type Clock, SECOND } from '../domain/time.ts'
import type { Log } from '../log.ts'
import type { CycleReport } from '../pipeline.ts'

const FEW_POSTS = 500
const LINE_EVERY_MS = 5 * SECOND

/**
 * Gives what runs a cycle and logs what it did; whatever goes wrong in it, the service goes on. What could not be
 * published is logged when it changes.
 *
 * @returns whether the cycle came to its end
 */
export function loggedCycles(app: App, log: Log, now: Clock): (request: CycleRequest) => Promise<boolean> {
  const logTroubles = troubleLog(log)
  let lastFailure = ''
  return async request => {
    try {
      const onBusy = (holder: string) => log.info({ event: 'publish', holder }, 'waiting for another process that publishes')
      const report = await app.cycle({ ...request, onBusy, onPoll: poll => logPoll(log, poll), onMatch: matchingLog(log, now) })
      logTroubles(report.publish)
      logCycle(log, report)
      lastFailure = ''
      return true
    } catch (error) {
      // A full disk fails every cycle with the same words; once is enough.
      const failure = error instanceof AppError ? error.message : ''
      if (failure === '' || failure !== lastFailure) log.error({ event: 'cycle', err: error }, 'cycle failed')
      lastFailure = failure
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

/** Hundreds of posts are judged at once after a change of config, and somebody may wait for them. */
function matchingLog(log: Log, now: Clock): (done: number, of: number) => void {
  let lastLineAt = now()
  return (done, of) => {
    if (of <= FEW_POSTS || now() - lastLineAt < LINE_EVERY_MS) return
    lastLineAt = now()
    log.info({ event: 'match', done, of }, 'matching')
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
