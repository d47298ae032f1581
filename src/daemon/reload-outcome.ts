import type { App } from '../app.ts'
import { describeProblem } from '../config/config.ts'
import { AppError } from '../domain/app-error.ts'
import type { Clock } from '../domain/time.ts'
import type { Log } from '../log.ts'

/**
 * Gives what reloads the config and tells how it went, in the log and for `status`. The load that began last has the
 * word on whether the config on disk is wrong: one that waited for a cycle to end may be about an older one.
 *
 * @returns whether there is a config newly in force
 */
export function notedReloads(app: App, { log, now }: { readonly log: Log; readonly now: Clock }): () => Promise<boolean> {
  let begun = 0
  let decided = 0
  return async () => {
    const load = ++begun
    const { warnings, problems } = await reloaded(app)
    const isNewest = load > decided
    decided = Math.max(decided, load)
    if (problems !== undefined) {
      log.error({ event: 'config', problems }, 'the config on disk is wrong; the one in force stays')
      if (isNewest) await app.store.notices.put('config-rejected', problems, now())
      return false
    }
    if (isNewest) await app.store.notices.remove('config-rejected')
    log.info({ event: 'config', warnings }, 'config reloaded')
    return true
  }
}

async function reloaded(app: App): Promise<{ readonly warnings: readonly string[]; readonly problems?: readonly string[] }> {
  try {
    const loaded = await app.reload()
    return loaded.kind === 'ok'
      ? { warnings: loaded.warnings.map(describeProblem) }
      : { warnings: [], problems: loaded.problems.map(describeProblem) }
  } catch (error) {
    // Files that are gone or cannot be read.
    if (error instanceof AppError) return { warnings: [], problems: [error.message] }
    throw error
  }
}
