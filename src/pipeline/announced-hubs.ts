import { HUB_PATH, type Site, siteAddress } from '../domain/site.ts'
import { isReachableSite } from '../fetch/reachable-site.ts'

/** What decides which hubs the feeds name. */
export interface HubConfig {
  readonly site: Pick<Site, 'url'>
  readonly websub: { readonly hubs: readonly string[]; readonly isHub: boolean }
  readonly polling: { readonly allowHosts: readonly string[] }
}

/** The hubs that the feeds name (WebSub §4), our own first. */
export function announcedHubs(config: HubConfig): readonly string[] {
  return [...(config.websub.isHub ? [ownHub(config.site)] : []), ...toldHubs(config)]
}

/**
 * The hubs of others that are told of changes: none where they could not fetch a feed, as they would be told for nothing,
 * and their subscribers would wait for nothing.
 */
export function toldHubs({ site, websub, polling }: HubConfig): readonly string[] {
  return isReachableSite(site.url, polling.allowHosts) ? websub.hubs.filter(hub => hub !== ownHub(site)) : []
}

/** Where the site's own hub is. */
function ownHub(site: Pick<Site, 'url'>): string {
  return siteAddress(site, HUB_PATH)
}
