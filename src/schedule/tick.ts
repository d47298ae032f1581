import { schedule, validateDetailed } from 'node-cron'

/** What a tick reports to: the log of whoever starts it. */
export interface TickLog {
  readonly info: (message: string) => void
  readonly warn: (message: string) => void
  readonly error: (message: string) => void
  readonly debug: (message: string) => void
}

/**
 * Calls `work` at the times of a cron expression, never while an earlier call is still running. What is due is not the
 * tick's business: due times live in the store, so a tick that was missed costs nothing but its wait.
 *
 * @returns ends the ticking; a call under way goes on
 */
export function startTick(expression: string, work: () => Promise<void>, log: TickLog): () => Promise<void> {
  const text = (message: string | Error) => (message instanceof Error ? message.message : message)
  const task = schedule(expression, work, {
    name: 'tick',
    noOverlap: true,
    suppressMissedWarning: true,
    // node-cron prints coloured lines of its own unless it is given somewhere to write.
    logger: { info: log.info, warn: log.warn, debug: message => log.debug(text(message)), error: message => log.error(text(message)) },
  })
  return async () => {
    await task.destroy()
  }
}

/** Why a cron expression cannot be used; undefined when it can. */
export function cronFault(expression: string): string | undefined {
  const { valid, errors } = validateDetailed(expression)
  return valid ? undefined : errors.map(({ field, message }) => `${field}: ${message}`).join('; ') || 'not a cron expression'
}
