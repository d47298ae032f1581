import type { App } from '../app.ts'
import { toldHubs } from '../pipeline/announced-hubs.ts'
import { pingHubs } from '../pipeline/ping-hubs.ts'
import type { HubDoor } from '../web/hub.ts'
import { type OwnHubSurroundings, openOwnHub } from './own-hub.ts'
import { repeating } from './repeating.ts'

/** What lets subscribers know of changes at once: our own hub, and the hubs of others, which are told. */
export interface PushService {
  /** For the server. */
  readonly door: HubDoor
  /** Delivers what is published to those who are subscribed here; at once, and nobody waits for it. */
  readonly deliver: () => void
  /** The same, and tells the hubs of others. */
  readonly keepUp: () => void
  /** Ends what is under way. */
  readonly close: () => Promise<void>
}

export function openPushService(app: App, around: OwnHubSurroundings): PushService {
  const { log, now, signal, track } = around
  const own = openOwnHub(app, around)
  const tell = repeating(async () => {
    const config = app.config()
    const reports = await pingHubs({ store: app.store, site: config.site, hubs: toldHubs(config), post: app.post, now, signal })
    for (const { hub, path, result, detail } of reports) {
      const line = { event: 'push', feed: path, hub: URL.parse(hub)?.host, result }
      if (result === 'told') log.info(line, 'hub told')
      else if (result !== 'interrupted') log.warn({ ...line, detail }, 'hub not told')
    }
  })
  const deliverWhatIsNew = repeating(own.keepUp)
  const failed = (error: unknown) => log.error({ event: 'push', err: error }, 'subscribers and hubs were not kept up with')
  const begin = (works: readonly (() => Promise<void>)[]) => {
    if (!signal.aborted) for (const work of works) track(work().catch(failed))
  }
  return {
    door: own.door,
    deliver: () => begin([deliverWhatIsNew]),
    keepUp: () => begin([deliverWhatIsNew, tell]),
    close: own.close,
  }
}
