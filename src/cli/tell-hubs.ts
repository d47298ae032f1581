import type { App } from '../app.ts'
import { SECOND } from '../domain/time.ts'
import { toldHubs } from '../pipeline/announced-hubs.ts'
import { type PingReport, pingHubs } from '../pipeline/ping-hubs.ts'
import type { CommandContext } from './command.ts'

// Whoever corrects something by hand does not wait for hubs: those that have not been told by then are told by the next cycle.
const MOST_MS = 10 * SECOND

/** Tells the hubs of others of what a command has published, once each; what fails is left to the next cycle. */
export async function tellHubs(app: App, { now, signal }: Pick<CommandContext, 'now' | 'signal'>): Promise<readonly PingReport[]> {
  const { site } = app.config()
  const limit = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)])
  return pingHubs({ store: app.store, site, hubs: toldHubs(app.config()), post: app.post, now, signal: limit })
}
