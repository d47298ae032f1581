import type { Dated, Fact, Knowledge } from './ghost-knowledge.ts'
import { contentOf } from './ghost-knowledge.ts'
import { firstSettings, READING, type Settings } from './ghost-settings.ts'

/** An entry of a feed as far as the test can tell: other content reads otherwise, the same reads the same. */
export interface ShownEntry {
  readonly id: string
  readonly content: string
  readonly updated: Dated
}

export interface ShownFeed {
  readonly title: string
  readonly entries: readonly ShownEntry[]
  /** Ids of all that it selects, however many its document holds; of articles there is no history. */
  readonly members: readonly string[]
  /** What it stands for, whatever its slug. */
  readonly identity: string
  /** What it selects. */
  readonly selection: string
  readonly isRequested: boolean
}

/** What stands in the output folder, as it is to be. */
export interface Published {
  readonly feeds: Map<string, ShownFeed>
  /** Feeds that are no more under their slug, with the slug of today; null for none. */
  readonly former: Map<string, string | null>
  /** By slug the ids of posts that the feed has carried, under whatever slug. */
  readonly carried: Map<string, ReadonlySet<string>>
  readonly refused: Set<string>
  /** What each feed selected when publishing last came to its end, and from which sources. */
  selections: ReadonlyMap<string, string>
  sources: string
}

/** An original as the judgement names it. */
export interface KnownOriginal {
  readonly url: string
  readonly tier: number
}

/** What feeds are made from. */
export interface Grounds {
  readonly knowledge: Knowledge
  readonly settings: Settings
  /** Of posts that say nothing of their original: what the program has made of them. */
  readonly judged: ReadonlyMap<string, KnownOriginal>
  readonly acceptShrink: boolean
}

/** Nothing is published yet. */
export function nothingPublished(): Published {
  return { feeds: new Map(), former: new Map(), carried: new Map(), refused: new Set(), selections: new Map(), sources: '' }
}

// As the program has it: losing more than half of six entries or more at once takes the operator's word.
const SHRINK_FLOOR = 6

/** Publishes what is known, as the program is to. */
export function publish(published: Published, grounds: Grounds): void {
  const { settings, acceptShrink } = grounds
  const wanted = feedsOf(grounds)
  const sources = String(settings.hasNotes)
  const hasOtherSources = published.sources !== '' && published.sources !== sources
  const isFree = acceptShrink || hasOtherSources
  published.refused.clear()
  const before = new Map(published.feeds)
  for (const [slug, feed] of wanted) {
    const standing = before.get(slug)
    const mayShrink = isFree || slug === 'untranslated' || (published.selections.get(slug) ?? feed.selection) !== feed.selection
    const isLoss = standing !== undefined && standing.entries.length >= SHRINK_FLOOR && feed.entries.length * 2 < standing.entries.length
    if (isLoss && !mayShrink) published.refused.add(slug)
    else published.feeds.set(slug, feed)
  }
  for (const [slug, standing] of before) {
    if (wanted.has(slug)) continue
    const isAnswered = standing.isRequested || labelsOf(grounds).has(standing.identity.replace(/^label:/, ''))
    if (standing.entries.length >= SHRINK_FLOOR && !isFree && !isAnswered) {
      published.refused.add(slug)
      continue
    }
    published.feeds.delete(slug)
    retire(published, slug, [...wanted].find(([other, { identity }]) => identity === standing.identity && !before.has(other))?.[0] ?? null)
  }
  for (const slug of wanted.keys()) published.former.delete(slug)
  for (const [slug, { entries }] of published.feeds)
    published.carried.set(slug, new Set([...(published.carried.get(slug) ?? []), ...entries.map(({ id }) => id)]))
  published.sources = sources
  published.selections = new Map([...wanted].map(([slug, { selection }]) => [slug, selection]))
}

function retire({ former, carried }: Published, slug: string, today: string | null): void {
  for (const [other, target] of former) if (target === slug) former.set(other, today)
  former.set(slug, today)
  if (today !== null) carried.set(today, new Set([...(carried.get(today) ?? []), ...(carried.get(slug) ?? [])]))
}

function feedsOf(grounds: Grounds): ReadonlyMap<string, ShownFeed> {
  const { knowledge, settings } = grounds
  const { limit, labelFeed, outletNames } = settings
  const posts = postsOf(grounds)
  const feeds = new Map<string, ShownFeed>()
  const add = (
    slug: string,
    title: string,
    selected: readonly Fact[],
    about: { identity: string; isRequested?: boolean; titles?: string },
  ) => {
    const { identity, isRequested = false, titles = 'japanese' } = about
    const newest = selected.toSorted((a, b) => b.published.from - a.published.from).slice(0, limit)
    const entries = newest.map(fact => shownEntry(fact, titles, grounds))
    const members = slug === 'untranslated' ? entries : selected.map(({ written }) => written)
    feeds.set(slug, { title, entries, members: members.map(({ id }) => id), identity, isRequested, selection: `${identity} ${limit}` })
  }
  const withLabel = (...labels: readonly string[]) => posts.filter(({ written }) => labels.some(label => written.labels.includes(label)))
  add('reading', '読みもの', withLabel(...READING), { identity: 'reading', isRequested: true, titles: settings.titles })
  add('all', 'すべての翻訳', posts, { identity: 'all' })
  for (const label of labelsOf(grounds)) {
    const named = labelFeed?.label === label ? labelFeed : undefined
    add(named?.slug ?? label, named?.title ?? label, withLabel(label), { identity: `label:${label}`, isRequested: named !== undefined })
  }
  for (const outlet of ['alpha', 'beta'] as const) {
    const translations = posts.filter(post => outletsOf(post, grounds).has(outlet))
    if (translations.length > 0) add(`outlet-${outlet}`, `${outletNames[outlet]}の翻訳`, translations, { identity: `outlet:${outlet}` })
  }
  const translated = new Set(posts.map(post => originalOf(post, grounds)?.url))
  const untranslated = standing(knowledge, 'article').filter(({ written }) => !translated.has(written.url))
  add('untranslated', '未訳の記事', untranslated, { identity: 'untranslated' })
  return feeds
}

/** The original of a post: the operator's word, the address it cites, or what the program has made of it. */
export function originalOf({ written }: Pick<Fact, 'written'>, { settings, judged }: Grounds): KnownOriginal | undefined {
  const pair = settings.pairs.get(written.url)
  if (pair !== undefined) return pair === 'none' ? undefined : { url: pair, tier: 1 }
  const cited = citedIn(written.html)
  return cited === undefined ? judged.get(written.id) : { url: cited, tier: 2 }
}

/** The address of an article that a text names. */
export function citedIn(html: string): string | undefined {
  return /href="(https:\/\/(?:alpha|beta)\.example\/[^"]+)"/.exec(html)?.[1]
}

/** Every label on a post that is published. */
function labelsOf(grounds: Grounds): ReadonlySet<string> {
  return new Set(postsOf(grounds).flatMap(({ written }) => written.labels))
}

/** The posts of the sources in the config. */
export function postsOf({ knowledge, settings }: Pick<Grounds, 'knowledge' | 'settings'>): readonly Fact[] {
  return standing(knowledge, 'post').filter(({ source }) => settings.hasNotes || source !== 'notes')
}

/** What is known and not withdrawn. */
export function standing(knowledge: Knowledge, role: Fact['role']): readonly Fact[] {
  return [...knowledge.values()].filter(fact => fact.role === role && fact.withdrawnBy === null)
}

function outletsOf(post: Fact, grounds: Grounds): ReadonlySet<string> {
  const original = originalOf(post, grounds)
  return new Set([...namedIn(post, grounds), ...(original === undefined ? [] : [outletAt(original.url)])])
}

function namedIn({ written }: Fact, { settings }: Grounds): readonly ('alpha' | 'beta')[] {
  const names = [settings.outletNames, firstSettings().outletNames]
  return (['alpha', 'beta'] as const).filter(outlet => names.some(name => written.title.includes(name[outlet])))
}

function outletAt(url: string): 'alpha' | 'beta' {
  return url.startsWith('https://alpha.') ? 'alpha' : 'beta'
}

function shownEntry(fact: Fact, titles: string, grounds: Grounds): ShownEntry {
  const { outletNames } = grounds.settings
  const { written, published, updated, role, isFromApi } = fact
  if (role === 'article') {
    const content = [contentOf(written), published.from, outletNames[outletAt(written.url)]]
    return { id: written.id, content: JSON.stringify(content), updated }
  }
  const original = originalOf(fact, grounds)
  const article = [...grounds.knowledge.values()].find(one => one.role === 'article' && one.written.url === original?.url)
  const credit =
    original === undefined
      ? namedIn(fact, grounds).map(outlet => outletNames[outlet])
      : [original.url, original.tier, outletNames[outletAt(original.url)], article?.written.title, article?.published.from]
  const heading = article === undefined ? 'japanese' : titles
  return { id: written.id, content: JSON.stringify([contentOf(written), published.from, credit, heading, isFromApi]), updated }
}
