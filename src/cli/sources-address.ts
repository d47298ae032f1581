import type { Config } from '../config/config.ts'
import type { SourceId } from '../domain/identifiers.ts'

/**
 * Gives the form in which addresses of feeds are compared: without scheme, userinfo, `www.`, fragment and trailing slash.
 * Two that differ elsewhere are two feeds, as `?alt=rss` can be another document.
 */
export function feedAddressKey(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address
  return `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/$/, '')}${url.search}`
}

/** The source that polls an address already. */
export function sourceOfFeed({ outletSources, postSources }: Config, address: string): SourceId | undefined {
  const key = feedAddressKey(address)
  const feeds = [...outletSources, ...postSources.filter(source => source.kind === 'post-feed')]
  return feeds.find(({ feedUrl }) => feedAddressKey(feedUrl) === key)?.id
}

/**
 * An address that somebody else wrote, as it may stand in the config; undefined unless it is absolute, http or https.
 * Its braces are percent-encoded, because `${NAME}` in the config stands for a secret of the operator's.
 */
export function addressFromOutside(text: string): string | undefined {
  // Readers register the scheme `feed:`, which stands before an address or in place of its scheme.
  const written = text
    .trim()
    .replace(/^feed:(?=https?:)/i, '')
    .replace(/^feed:(?:\/\/)?/i, 'http://')
  const url = URL.parse(written)
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined
  if (/^https?:\/\/[^\s\p{Cc}{}]+$/iu.test(written)) return written
  return url.href.replaceAll('{', '%7B').replaceAll('}', '%7D')
}

/** An address without userinfo and query, where keys and passwords stand. */
export function shownAddress(address: string): string {
  const url = URL.parse(address)
  return url === null ? 'an address' : `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`
}
