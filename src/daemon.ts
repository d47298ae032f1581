import { type App, type CycleRequest, sourcesOf } from './app.ts'
import { describeProblem } from './config/config.ts'
import type { LoadedConfig } from './config/read-config-folder.ts'
import { watchConfigFolder } from './config/watch-config-folder.ts'
import type { Clock } from './domain/time.ts'
import type { Log } from './log.ts'
import type { CycleReport } from './pipeline.ts'
import { messagePage } from './render/page/message-page.ts'
import { startTick } from './schedule/tick.ts'
import { PACKAGE } from './version.ts'
import { type RunningServer, startServer } from './web/server.ts'

/** The running service: it serves, ticks, and watches its config. */
export interface Daemon {
  readonly address: string
  /** Reads the config again, as SIGHUP asks. */
  readonly reload: () => Promise<void>
  /** Stops ticking, interrupts polls, lets answers under way finish. What was interrupted is due again at the next start. */
  readonly stop: () => Promise<void>
}

/**
 * Starts the service on an open program: serves at once what was published before, runs a cycle, and then one whenever
 * the tick finds something due.
 *
 * @throws AppError `address-in-use`
 */
export async function startDaemon(app: App, world: { readonly log: Log; readonly now: Clock }): Promise<Daemon> {
  const { log, now } = world
  const stopping = new AbortController()
  const server = await startSite(app, world)
  const logTroubles = troubleLog(log)
  const cycle = (which: CycleRequest['which']) => runLogged(app, { which, signal: stopping.signal }, { log, logTroubles })
  const heartbeat = () => {
    const sources = sourcesOf(app.config()).map(({ id }) => id)
    return app.store.notices.put('daemon', { version: PACKAGE.version, pid: process.pid, address: server.address, sources }, now())
  }
  const tick = async () => {
    await heartbeat()
    await cycle('due')
  }
  let endTick = startTick(app.config().polling.tick, tick, tickLog(log))
  const reload = async () => {
    const before = app.config()
    const loaded = await app.reload()
    await noteReload(app, loaded, world)
    if (loaded.kind === 'rejected' || stopping.signal.aborted) return
    await heartbeat()
    if (app.config().polling.tick !== before.polling.tick) {
      await endTick()
      endTick = startTick(app.config().polling.tick, tick, tickLog(log))
    }
    await cycle('due')
  }
  const endWatch = watchConfigFolder(
    app.config().folder,
    () => void reload().catch(error => log.error({ event: 'config', err: error }, 'reload failed')),
  )
  // What an earlier run was refused is no longer so: this one has begun with what is on disk.
  await app.store.notices.remove('config-rejected')
  await heartbeat()
  log.info({ event: 'start', version: PACKAGE.version, address: server.address, folder: app.config().publish.folder }, 'started')
  const first = cycle('due')
  return {
    address: server.address,
    reload,
    stop: async () => {
      stopping.abort()
      endWatch()
      await endTick()
      await first
      await server.close()
      log.info({ event: 'stop' }, 'stopped')
    },
  }
}

/** Serves an app's output folder as its config says. */
export async function startSite(app: App, { log, now }: { readonly log: Log; readonly now: Clock }): Promise<RunningServer> {
  const { server, publish, site } = app.config()
  return startServer({
    ...server,
    folder: publish.folder,
    basePath: new URL(site.url).pathname,
    now,
    messagePage: kind => {
      const current = app.config().site
      return messagePage({
        site: current,
        language: current.language,
        kind: kind === 'not-found' ? 'not-found' : 'unavailable',
        generatorVersion: PACKAGE.version,
      })
    },
    onRequest: request => log.debug({ event: 'request', ...request }, 'request'),
    onError: error => log.error({ event: 'request', err: error }, 'request failed'),
  })
}

/** Runs a cycle and logs what it did; whatever goes wrong in it, the service goes on. */
async function runLogged(
  app: App,
  request: CycleRequest,
  { log, logTroubles }: { readonly log: Log; readonly logTroubles: (publish: CycleReport['publish']) => void },
): Promise<void> {
  try {
    const report = await app.cycle({ ...request, onPoll: poll => logPoll(log, poll) })
    logTroubles(report.publish)
    logCycle(log, report)
  } catch (error) {
    log.error({ event: 'cycle', err: error }, 'cycle failed')
  }
}

/** Logs what could not be published when it changes: each cycle reports it for as long as it lasts. */
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
  if (result === 'ok' || result === 'not-modified') log.info(line, 'polled')
  else log.warn(line, 'poll failed')
}

function logCycle(log: Log, { match, publish }: CycleReport): void {
  if (match.judged > 0) log.info({ event: 'match', ...match }, 'matched')
  const { feeds, written, unchanged, withdrawn } = publish
  if (written.length > 0 || withdrawn.length > 0)
    log.info({ event: 'publish', feeds, written: written.length, unchanged, withdrawn: withdrawn.length }, 'published')
}

async function noteReload(app: App, loaded: LoadedConfig, { log, now }: { readonly log: Log; readonly now: Clock }): Promise<void> {
  if (loaded.kind === 'rejected') {
    const problems = loaded.problems.map(describeProblem)
    log.error({ event: 'config', problems }, 'the config on disk is wrong; the one in force stays')
    await app.store.notices.put('config-rejected', problems, now())
    return
  }
  await app.store.notices.remove('config-rejected')
  log.info({ event: 'config', warnings: loaded.warnings.map(describeProblem) }, 'config reloaded')
}

function tickLog(log: Log) {
  const at = (level: 'debug' | 'warn' | 'error') => (message: string) => log[level]({ event: 'tick' }, message)
  // An overlap is the normal course of a cycle that takes longer than a minute.
  return { info: at('debug'), debug: at('debug'), warn: at('debug'), error: at('error') }
}
