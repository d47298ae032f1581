import { type App, type CycleRequest, sourcesOf } from './app.ts'
import type { Config } from './config/config.ts'
import { renewedCertificates } from './daemon/certificate.ts'
import { openHubService } from './daemon/hub-service.ts'
import { loggedCycles } from './daemon/log-cycle.ts'
import { describePending, pendingSettings } from './daemon/needs-restart.ts'
import { postFolderWatches } from './daemon/post-folder-watches.ts'
import { openPushService } from './daemon/push-service.ts'
import { notedReloads } from './daemon/reload-outcome.ts'
import { soonerPolls } from './daemon/sooner-polls.ts'
import { placeOf, startSite } from './daemon/start-site.ts'
import { watchConfigFolder } from './daemon/watch-config-folder.ts'
import type { SourceId } from './domain/identifiers.ts'
import type { Clock } from './domain/time.ts'
import type { Log } from './log.ts'
import { startTick } from './schedule/tick.ts'
import { PACKAGE } from './version.ts'

/** The running service: it serves, ticks, and watches its config. */
export interface Daemon {
  readonly address: string
  /** Reads the config again, as SIGHUP asks. */
  readonly reload: () => Promise<void>
  /** Stops ticking, interrupts polls, lets answers under way finish. What was interrupted is due again at the next start. */
  readonly stop: () => Promise<void>
}

interface World {
  readonly log: Log
  readonly now: Clock
}

/** What the service takes of the outside world. */
interface DaemonWorld extends World {
  /** An unguessable name of at least 128 bits, in characters of base64url. */
  readonly randomToken: () => string
}

/**
 * Starts the service on an open program: serves at once what was published before, runs a cycle, and then one whenever
 * the tick finds something due.
 *
 * @throws AppError `address-in-use`
 */
export async function startDaemon(app: App, world: DaemonWorld): Promise<Daemon> {
  const { log, now, randomToken } = world
  const stopping = new AbortController()
  const works = worksUnderWay()
  // What an earlier run was refused, or waited for, is no longer so: this one has begun with what is on disk.
  for (const notice of ['config-rejected', 'needs-restart']) await app.store.notices.remove(notice)
  let place = await placeOf(app)
  const runCycle = loggedCycles(app, log, now)
  const cycle = async (which: CycleRequest['which'], dueNow: readonly SourceId[] = []) => {
    const config = app.config()
    const isDone =
      !stopping.signal.aborted && (await runCycle({ which, dueNow, signal: stopping.signal, pushes: hubs.pushes, onWritten: push.deliver }))
    push.keepUp()
    // Another folder is served when all has been written to it, and not before.
    if (!isDone || app.config() !== config) return
    const filled = await placeOf(app)
    if (app.config() === config) place = filled
  }
  const track = (work: Promise<void>) => void works.add(work)
  const hubs = openHubService(app, { log, now, randomToken, track, signal: stopping.signal, publish: () => cycle('none') })
  const push = openPushService(app, { log, now, randomToken, track, signal: stopping.signal })
  // Hubs take their time, and nobody waits for them.
  const keepUpWithHubs = () => track(hubs.keepUp())
  const server = await startSite(app, world, { place: () => place, callbacks: hubs.callbacks, hub: push.door })
  const heartbeat = () => noteHeartbeat(app, server.address, now)
  const beat = async () => {
    await heartbeat()
    await cycle('due')
    keepUpWithHubs()
  }
  const tick = () => works.add(beat())
  const ticking = openTicking(() => startTick(app.config().polling.tick, tick, tickLog(log)))
  const folders = watchPostFolders(log, id => void works.add(cycle('due', [id])))
  const follow = followConfig(app, world)
  const reloadNoted = notedReloads(app, world)
  const renewCertificate = renewedCertificates(app, server, log)
  const reload = async () => {
    await renewCertificate()
    const isNew = await reloadNoted()
    if (!isNew || stopping.signal.aborted) return
    await heartbeat()
    const { isTickNew, isPlaceNew } = await follow()
    await folders.follow(app.config().postSources)
    if (isTickNew && !stopping.signal.aborted) await ticking.restart()
    if (isPlaceNew) await cycle('none')
    await cycle('due')
    keepUpWithHubs()
  }
  const reloadTracked = () => works.add(reload())
  const endWatch = await watchConfig(app, reloadTracked, log)
  await folders.follow(app.config().postSources)
  await heartbeat()
  log.info({ event: 'start', version: PACKAGE.version, address: server.address, folder: app.config().publish.folder }, 'started')
  await hubs.resume()
  // What was saved while nobody watched: reading a folder costs nobody anything.
  void works.add(cycle('due', folderSources(app)).then(keepUpWithHubs))
  return {
    address: server.address,
    reload: reloadTracked,
    stop: async () => {
      stopping.abort()
      endWatch()
      folders.end()
      await ticking.end()
      await Promise.all([works.settled(), server.close()])
      // What hubs delivered to the last.
      await works.settled()
      await push.close()
      log.info({ event: 'stop' }, 'stopped')
    },
  }
}

/** The tick, to which a reload may give another rhythm. */
function openTicking(start: () => () => Promise<void>) {
  let endCurrent = start()
  return {
    restart: async () => {
      // In one step: whoever ends the ticking meanwhile ends the one there is.
      const endFormer = endCurrent
      endCurrent = start()
      await endFormer()
    },
    end: () => endCurrent(),
  }
}

function folderSources(app: App): readonly SourceId[] {
  return app.config().postSources.flatMap(({ kind, id }) => (kind === 'post-folder' ? [id] : []))
}

function noteHeartbeat(app: App, address: string, now: Clock): Promise<void> {
  const sources = sourcesOf(app.config()).map(({ id }) => id)
  return app.store.notices.put('daemon', { version: PACKAGE.version, pid: process.pid, address, sources }, now())
}

/** Gives what brings a running service in line with a config newly in force, and tells what else has changed. */
function followConfig(app: App, { log, now }: World): () => Promise<{ readonly isTickNew: boolean; readonly isPlaceNew: boolean }> {
  const started = app.config()
  let inForce = started
  let told = ''
  return async () => {
    const [before, after] = [inForce, app.config()]
    inForce = after
    const pending = pendingSettings(started, after)
    const texts = pending.map(describePending)
    if (pending.length > 0 && texts.join() !== told) {
      log.warn({ event: 'config', keys: pending.map(({ key }) => key) }, 'takes effect after a restart')
    }
    told = texts.join()
    if (pending.length > 0) await app.store.notices.put('needs-restart', texts, now())
    else await app.store.notices.remove('needs-restart')
    await pollSooner(app, before, after, now)
    return {
      isTickNew: before.polling.tick !== after.polling.tick,
      isPlaceNew: before.publish.folder !== after.publish.folder || before.site.url !== after.site.url,
    }
  }
}

async function pollSooner({ store }: App, before: Config, after: Config, now: Clock): Promise<void> {
  const sources = sourcesOf(after)
  const states = await store.sources.states(sources.map(({ id }) => id))
  for (const [id, state] of soonerPolls({ before: sourcesOf(before), after: sources }, states, now())) await store.sources.save(id, state)
}

/** Reloads when a config file changes, as long as the system can tell. */
async function watchConfig(app: App, reload: () => Promise<void>, log: Log): Promise<() => void> {
  const changed = () => void reload().catch(error => log.error({ event: 'config', err: error }, 'reload failed'))
  try {
    return await watchConfigFolder(app.config().folder, changed)
  } catch (error) {
    log.warn({ event: 'config', err: error }, 'the config folder cannot be watched; SIGHUP reloads')
    return () => {}
  }
}

function watchPostFolders(log: Log, changed: (source: SourceId) => void) {
  return postFolderWatches(changed, (source, error) =>
    log.warn({ event: 'watch', source, err: error }, 'a folder of posts cannot be watched; it is read at its interval'),
  )
}

/** Keeps track of what must end before what it works with is closed. */
function worksUnderWay() {
  const works = new Set<Promise<unknown>>()
  return {
    add: <T>(work: Promise<T>): Promise<T> => {
      works.add(work)
      const done = () => works.delete(work)
      work.then(done, done)
      return work
    },
    settled: async () => {
      while (works.size > 0) await Promise.allSettled(works)
    },
  }
}

function tickLog(log: Log) {
  const at = (level: 'debug' | 'warn' | 'error') => (message: string) => log[level]({ event: 'tick' }, message)
  // An overlap is the normal course of a cycle that takes longer than a minute.
  return { info: at('debug'), debug: at('debug'), warn: at('debug'), error: at('error') }
}
