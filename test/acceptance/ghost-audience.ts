import { all, readXml } from '../render/feed/read-xml.ts'
import { historyOf, type Look, modelReader } from '../support/model-reader.ts'
import type { Published } from './ghost-feeds.ts'
import type { Knowledge } from './ghost-knowledge.ts'
import { expectations, slugOf } from './ghost-sightings.ts'

/** A reader who subscribes to everything, and somebody who knows what it ought to see. */
export interface Audience {
  /** Subscribes to every feed in the list of feeds that it does not have yet. */
  readonly subscribe: (address: string) => Promise<void>
  /** Looks at every feed; gives what is not as it ought to be. */
  readonly look: (address: string, published: Published, knowledge: Knowledge) => Promise<readonly string[]>
  /** Reads the archives of all feeds (RFC 5005); gives what is missing in them, or there without reason. */
  readonly historyFaults: (address: string, published: Published) => Promise<readonly string[]>
  /** @param paths documents that the program has refused to publish */
  readonly refusalFaults: (paths: readonly string[], published: Published) => readonly string[]
  readonly counts: () => { readonly requests: number; readonly unmodified: number; readonly feeds: number }
  readonly sightings: () => Readonly<Record<string, number>>
}

const SITE = 'https://feeds.example.jp/'
// Atom is what everybody reads; these are read beside it.
const OTHER_SYNTAXES = ['feeds/all.json', `feeds/${encodeURIComponent('外交')}.rss`]

/** Opens an audience that has subscribed to nothing yet. */
export function openAudience(): Audience {
  const reader = modelReader()
  const expected = expectations()
  return {
    subscribe: async address => {
      const list = readXml(await (await fetch(`${address}feeds.opml`)).text())
      const outlines = all(list, 'body').flatMap(body => all(body, 'outline').flatMap(group => all(group, 'outline')))
      const paths = outlines.map(({ attributes }) => (attributes['xmlUrl'] ?? '').slice(SITE.length))
      const others = reader.subscriptions.length === 0 ? OTHER_SYNTAXES : []
      const had = new Set(reader.subscriptions.flatMap(subscription => (subscription.isGone() ? [] : [subscription.path()])))
      for (const path of [...paths, ...others]) if (!had.has(path)) reader.subscribe(path)
    },
    look: async (address, published, knowledge) => {
      const looks = await reader.look(address)
      return [...expected.faultsIn(looks, published, knowledge), ...contradictions(looks, published)]
    },
    historyFaults: async (address, { feeds }) => {
      const faults: string[] = []
      for (const [slug, { members }] of feeds) {
        const held = await historyOf(address, SITE, `feeds/${encodeURIComponent(slug)}.atom`)
        if ([...held].sort().join() !== [...members].sort().join())
          faults.push(`${slug}: the history has ${held.length} of ${members.length}`)
      }
      return faults
    },
    refusalFaults: (paths, { refused }) => {
      const slugs = new Set(paths.map(path => path.replace(/^feeds\/|\.\w+$/g, '')))
      return [...slugs].sort().join() === [...refused].sort().join() ? [] : [`refused ${[...slugs]}, expected ${[...refused]}`]
    },
    counts: () => ({ ...reader.counts(), feeds: reader.subscriptions.length }),
    sightings: () => Object.fromEntries(expected.seen),
  }
}

/** Entries that read otherwise in one feed than in another, though both are headed alike. */
function contradictions(looks: readonly Look[], { refused }: Published): readonly string[] {
  const seen = new Map<string, string>()
  const faults: string[] = []
  for (const { subscription } of looks) {
    const slug = slugOf(subscription)
    if (subscription.isGone() || !subscription.path().endsWith('.atom') || slug === 'reading' || refused.has(slug)) continue
    for (const id of subscription.order()) {
      const now = JSON.stringify(subscription.kept.get(id))
      if ((seen.get(id) ?? now) !== now) faults.push(`${slug}: ${id} reads otherwise in another feed`)
      seen.set(id, now)
    }
  }
  return faults
}
