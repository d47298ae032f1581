import type { Look, Sighting, Subscription } from '../support/model-reader.ts'
import type { Published, ShownEntry, ShownFeed } from './ghost-feeds.ts'
import type { Knowledge } from './ghost-knowledge.ts'

/** What a reader ought to have seen of one feed, and what is not so. */
export interface Expectations {
  /** Compares looks with what is published; gives what differs, for people. */
  readonly faultsIn: (looks: readonly Look[], published: Published, knowledge: Knowledge) => readonly string[]
  /** How often each kind was to be seen, and was. */
  readonly seen: ReadonlyMap<Sighting['kind'], number>
}

interface Kept {
  slug: string
  title: string | undefined
  order: readonly string[]
  readonly entries: Map<string, ShownEntry>
  readonly buried: Set<string>
}

/** Knows, beside a reader, what that ought to know; to be told of every look. */
export function expectations(): Expectations {
  const kept = new Map<Subscription, Kept>()
  const seen = new Map<Sighting['kind'], number>()
  return {
    seen,
    faultsIn: (looks, published, knowledge) =>
      looks.flatMap(look => {
        const own = kept.get(look.subscription) ?? nothing(slugOf(look.subscription))
        kept.set(look.subscription, own)
        return faultsOf(look, expected(own, look.subscription, published, knowledge), own, published.feeds.get(own.slug), seen)
      }),
  }
}

function nothing(slug: string): Kept {
  return { slug, title: undefined, order: [], entries: new Map(), buried: new Set() }
}

/** The feed that a subscription asks for. */
export function slugOf({ path }: Subscription): string {
  return decodeURIComponent(/^feeds\/(.+)\.(?:atom|rss|json)$/.exec(path())?.[1] ?? '')
}

/** What is to be seen of a feed since the last look at it. */
function expected(
  own: Kept,
  subscription: Subscription,
  { feeds, former, carried, refused }: Published,
  knowledge: Knowledge,
): readonly string[] {
  const sightings: string[] = []
  const today = feeds.has(own.slug) ? own.slug : former.get(own.slug)
  if (today === null) return [`gone ${subscription.path()}`]
  const feed = feeds.get(today ?? '')
  if (today === undefined || feed === undefined) return [`no feed is known as ${own.slug}`]
  const suffix = subscription.path().replace(/^.*\./, '')
  if (today !== own.slug) sightings.push(`moved feeds/${encodeURIComponent(today)}.${suffix}`)
  own.slug = today
  if (own.title !== undefined && own.title !== feed.title) sightings.push(`other-title ${feed.title}`)
  const ids = feed.entries.map(({ id }) => id)
  for (const entry of feed.entries) sightings.push(...entrySightings(own, entry))
  for (const id of own.order) if (!ids.includes(id)) sightings.push(`left ${id}`)
  const isTold = suffix === 'atom' && today !== 'untranslated' && !refused.has(today)
  for (const id of isTold ? own.entries.keys() : []) {
    const isGone = knowledge.get(id)?.role === 'post' && knowledge.get(id)?.withdrawnBy !== null
    if (!isGone || ids.includes(id) || !carried.get(today)?.has(id)) continue
    if (!own.buried.has(id)) sightings.push(`buried ${id}`)
    own.buried.add(id)
  }
  Object.assign(own, { title: feed.title, order: ids })
  return sightings
}

function entrySightings(own: Kept, entry: ShownEntry): readonly string[] {
  const { id, content, updated } = entry
  const before = own.entries.get(id)
  own.entries.set(id, entry)
  own.buried.delete(id)
  if (before === undefined) return [`new ${id}`]
  const back = own.order.includes(id) ? [] : [`back ${id}`]
  const isDated = before.updated.from !== updated.from
  if (before.content === content) return isDated ? [...back, `bumped ${id}`] : back
  return [...back, `${isDated ? 'edited' : 'reworded'} ${id}`]
}

function faultsOf(
  { subscription, sightings, status }: Look,
  wanted: readonly string[],
  own: Kept,
  feed: ShownFeed | undefined,
  seen: Map<Sighting['kind'], number>,
): readonly string[] {
  const got = sightings.map(({ kind, what }) => `${kind} ${what}`)
  for (const { kind, what } of sightings) if (wanted.includes(`${kind} ${what}`)) seen.set(kind, (seen.get(kind) ?? 0) + 1)
  const unseen = wanted.filter(sighting => !got.includes(sighting)).map(sighting => `not seen: ${sighting}`)
  const ghosts = got
    .filter((sighting, index) => !wanted.includes(sighting) || got.indexOf(sighting) !== index)
    .map(sighting => `ghost: ${sighting}`)
  const isRead = status === 200 || status === 304
  const order = isRead && subscription.order().join() !== own.order.join() ? ['the order is another'] : []
  const wrongDates = isRead ? (feed?.entries ?? []).flatMap(entry => dateFault(subscription, entry)) : []
  return [...unseen, ...ghosts, ...order, ...wrongDates].map(fault => `${decodeURIComponent(subscription.path())}: ${fault}`)
}

function dateFault({ kept }: Subscription, { id, updated: { from, to } }: ShownEntry): readonly string[] {
  const said = kept.get(id)?.updated
  const at = Date.parse(said ?? '')
  // Dates are published in whole seconds.
  return at >= from - 1_000 && at <= to ? [] : [`${id} is of ${said}, expected ${new Date(from).toISOString()}`]
}
