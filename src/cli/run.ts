import { configError, loadConfig, openApp } from '../app.ts'
import { startDaemon } from '../daemon.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'

/**
 * `kakehashi run`: the service, until it is asked to end. Gives the exit code.
 *
 * @param context.randomToken an unguessable name of at least 128 bits, in characters of base64url
 */
export async function run(context: CommandContext & { readonly randomToken: () => string }): Promise<number> {
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  const log = await context.openLog(context.environment.logLevel ?? loaded.config.logLevel)
  await using app = await openApp(context.configFolder, context)
  const daemon = await startDaemon(app, { log, now: context.now, randomToken: context.randomToken })
  const hangUp = () => void daemon.reload().catch(error => log.error({ event: 'config', err: error }, 'reload failed'))
  process.on('SIGHUP', hangUp)
  await ended(context.signal)
  process.off('SIGHUP', hangUp)
  await daemon.stop()
  return EXIT.ok
}

/** Resolves when the process is asked to end. */
export function ended(signal: AbortSignal): Promise<void> {
  // A pending promise does not keep the process alive; the server does.
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
