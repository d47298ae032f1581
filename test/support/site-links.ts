import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { all, readXml } from '../render/feed/read-xml.ts'
import { digestOfBytes } from './document-faults.ts'
import { filesIn } from './temp-folder.ts'

// Where readers and visitors come in; everything else they are led to.
const DOORS = ['index.html', 'en/index.html', 'feeds.opml']

/** Follows every link of a published site from its front pages and its list of feeds on; gives those that lead to no file. */
export async function deadLinks(folder: string, siteUrl: string): Promise<readonly string[]> {
  const files = new Set(await filesIn(folder))
  const reached = new Set(DOORS.filter(path => files.has(path)))
  const dead: string[] = []
  for (const path of reached) {
    for (const target of await linksOf(folder, path, siteUrl)) {
      const found = [target, `${target}.html`, `${target}index.html`].find(candidate => files.has(candidate))
      if (found === undefined) dead.push(`${path} leads to ${target}`)
      else reached.add(found)
    }
  }
  return dead
}

/** Ids of the entries that a reader finds who follows a feed through all its archives (RFC 5005 §4). */
export async function idsThroughHistory(folder: string, path: string, siteUrl: string): Promise<readonly string[]> {
  const ids: string[] = []
  for (let at: string | undefined = path; at !== undefined; ) {
    const feed = readXml(await readFile(join(folder, at), 'utf8'))
    ids.push(...all(feed, 'entry').map(entry => all(entry, 'id')[0]?.text ?? ''))
    const before = all(feed, 'link').find(({ attributes }) => attributes['rel'] === 'prev-archive')
    at = before === undefined ? undefined : pathOf(before.attributes['href'] ?? '', at, siteUrl)
  }
  return ids
}

const known = new Map<string, readonly string[]>()

async function linksOf(folder: string, path: string, siteUrl: string): Promise<readonly string[]> {
  if (!/\.(?:html|atom|rss|opml)$/.test(path)) return []
  const bytes = await readFile(join(folder, path))
  const key = `${path} ${digestOfBytes(bytes)}`
  const links = known.get(key) ?? linksIn(bytes.toString('utf8'), path, siteUrl)
  known.set(key, links)
  return links
}

function linksIn(text: string, path: string, siteUrl: string): readonly string[] {
  const addresses = [...text.matchAll(/\b(?:href|xmlUrl|htmlUrl)="([^"]*)"/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'))
  return [...new Set(addresses.flatMap(address => pathOf(address, path, siteUrl) ?? []))]
}

/** The path below the site that an address in a document leads to; undefined where that is elsewhere. */
function pathOf(address: string, from: string, siteUrl: string): string | undefined {
  const target = new URL(address, siteUrl + from.split('/').map(encodeURIComponent).join('/'))
  return target.href.startsWith(siteUrl) ? decodeURIComponent(target.pathname.slice(1)) : undefined
}
