import { type App, shortestPollMs } from '../app.ts'
import type { Config } from '../config/config.ts'
import { isLoopbackHost } from '../domain/loopback-host.ts'
import type { Clock } from '../domain/time.ts'
import type { Log } from '../log.ts'
import { announcedHubs } from '../pipeline/announced-hubs.ts'
import { incidentsFile } from '../pipeline/incidents.ts'
import { messagePage } from '../render/page/message-page.ts'
import { PACKAGE } from '../version.ts'
import type { Callbacks } from '../web/callback.ts'
import type { HubDoor } from '../web/hub.ts'
import type { OperatorAccess } from '../web/operator.ts'
import { maxAgeSOf } from '../web/response-headers.ts'
import { basePathOf } from '../web/routes.ts'
import { type RunningServer, type ServedPlace, startServer } from '../web/server.ts'
import { readCertificate } from './certificate.ts'

/** What is served besides files. */
export interface SiteServices {
  /** What is served now; without it what the config says at the start. */
  readonly place?: () => ServedPlace
  readonly callbacks?: Callbacks
  readonly hub?: HubDoor
}

/**
 * Serves an app's output folder as its config says.
 *
 * @throws AppError `address-in-use`, `config-invalid` where its certificate cannot be used
 */
export async function startSite(
  app: App,
  { log, now }: { readonly log: Log; readonly now: Clock },
  { place, callbacks, hub }: SiteServices = {},
): Promise<RunningServer> {
  const { server, storeFile } = app.config()
  const { host, port, trustedProxies, tls } = server
  const atStart = await placeOf(app)
  return startServer({
    ...{ host, port, trustedProxies, now },
    place: place ?? (() => atStart),
    ...(tls === undefined ? {} : { tls: await readCertificate(tls) }),
    ...(callbacks === undefined ? {} : { callbacks }),
    ...(hub === undefined ? {} : { hub }),
    operator: () => operatorAccess({ ...app.config(), storeFile }, host),
    messagePage: kind => {
      const { site } = app.config()
      const shown = kind === 'not-ready' ? 'unavailable' : kind
      return messagePage({ site, language: site.language, kind: shown, generatorVersion: PACKAGE.version })
    },
    ...(log.isLevelEnabled('debug') ? { onRequest: request => log.debug({ event: 'request', ...request }, 'request') } : {}),
    onError: error => log.error({ event: 'request', err: error }, 'request failed'),
  })
}

/** What is to be served of an app's output: its folder, what is said of it, and where its former feeds have gone. */
export async function placeOf(app: App): Promise<ServedPlace> {
  const config = app.config()
  const { url, language } = config.site
  return {
    folder: config.publish.folder,
    basePath: basePathOf(url),
    site: { url, language, hubs: announcedHubs(config), maxAgeS: maxAgeSOf(shortestPollMs(config)) },
    formerSlugs: await app.store.movedSlugs.all(),
  }
}

/**
 * Who may read the document of incidents: whoever logs in, else whoever is at this machine, where the site is for this
 * machine alone. A site with a public address that listens on loopback has a proxy before it, and everybody comes from there.
 */
function operatorAccess(
  { server, site, storeFile }: Pick<Config, 'server' | 'site' | 'storeFile'>,
  boundHost: string,
): OperatorAccess | undefined {
  const place = { incidentsFile: incidentsFile(storeFile) }
  if (server.operator !== undefined) return { ...place, login: server.operator }
  return isLoopbackHost(boundHost) && isLoopbackHost(new URL(site.url).hostname) ? place : undefined
}
