import { didYouMean } from './did-you-mean.ts'
import { firstUses, type Path, type Report } from './first-uses.ts'
import type { LooseConfig } from './loose-config.ts'

type LooseFeed = LooseConfig['feeds'][number]
type LooseCriterion = LooseFeed['any'][number]

const LISTS = ['any', 'all', 'none'] as const

/** Finds feeds without a name, names used twice, outlets there are not, and feeds that can never hold an entry. */
export function checkFeeds(raw: LooseConfig, report: Report): void {
  const slugs = firstUses(report, 'slug')
  const labels = firstUses(report, 'label')
  for (const [index, feed] of raw.feeds.entries()) {
    const path = ['feeds', index]
    if (feed.slug !== undefined) slugs(feed.slug, [...path, 'slug'])
    if (feed.label !== undefined) labels(feed.label, [...path, 'label'])
    if (feed.slug === undefined && feed.label === undefined)
      report(path, 'expected `slug` or `label`, got neither', { keys: ['slug', 'label'] })
    checkOutlets(raw, feed, path, report)
    checkExclusions(feed, path, report)
    checkMatches(feed, path, report)
    warnOfFeed(raw, feed, path, report)
  }
}

function checkOutlets(raw: LooseConfig, feed: LooseFeed, path: Path, report: Report): void {
  const known = raw.outlets.map(outlet => outlet.id)
  const named = LISTS.flatMap(list =>
    feed[list].flatMap((criterion, nth) =>
      typeof criterion === 'string' || criterion.outlet === undefined ? [] : [[criterion.outlet, [...path, list, nth, 'outlet']] as const],
    ),
  )
  for (const [id, place] of [...feed.outlets.map((id, nth) => [id, [...path, 'outlets', nth]] as const), ...named]) {
    // While an outlet's own id is unreadable, nobody can say that it is not the one meant.
    if (known.includes(id) || known.includes('')) continue
    const guess = didYouMean(id, known)
    const hint = guess === undefined ? '' : `; did you mean "${guess}"?`
    report(place, `expected the id of an outlet, got "${id}"${hint}`)
  }
}

function checkExclusions(feed: LooseFeed, path: Path, report: Report): void {
  const wanted = new Set([...(feed.label === undefined ? [] : [keyOf(feed.label)]), ...feed.all.map(keyOf)])
  const excluded = new Set(feed.none.map(keyOf))
  const isAnyExcluded = feed.any.length > 0 && feed.any.every(criterion => excluded.has(keyOf(criterion)))
  for (const [nth, criterion] of feed.none.entries()) {
    const place = [...path, 'none', nth]
    if (wanted.has(keyOf(criterion))) {
      const [what, value] = described(criterion)
      report(
        place,
        `expected ${what === 'label' || what === 'match' || what === 'keyword' ? 'a' : 'an'} ${what} the feed does not also ask for, got "${value}": no post can be in this feed`,
      )
    } else if (isAnyExcluded) {
      const what = feed.any.every(other => described(other)[0] === 'label') ? 'label' : 'condition'
      report(place, `every ${what} under \`any\` stands under \`none\` too: no post can be in this feed`)
      return
    }
  }
}

/** An entry's match stands one way, and that of an untranslated article is never accepted. */
function checkMatches(feed: LooseFeed, path: Path, report: Report): void {
  const asked = feed.all.flatMap((criterion, nth) =>
    typeof criterion === 'string' || criterion.match === undefined ? [] : [[criterion.match, nth] as const],
  )
  for (const [state, nth] of asked) {
    const place = [...path, 'all', nth, 'match']
    const [first] = asked[0] ?? []
    if (state !== first) report(place, `expected "${first}" as before, got "${state}": no entry can be in this feed`)
    else if (state === 'accepted' && feed.include === 'untranslated')
      report(place, 'expected "proposed" or "none" beside `include: untranslated`, got "accepted": no entry can be in this feed')
  }
}

function warnOfFeed(raw: LooseConfig, feed: LooseFeed, path: Path, report: Report): void {
  const warn = (place: Path, message: string) => report(place, message, { severity: 'warning' })
  if (feed.label !== undefined && raw.publish.hide_labels.includes(feed.label))
    warn([...path, 'label'], `"${feed.label}" stands under publish.hide_labels too; the feed is published all the same`)
  if (feed.include === 'translated' && raw.posts.length === 0) warn(path, 'there are no posts: the feed stays empty')
  if (feed.include === 'untranslated' && raw.outlets.length > 0 && raw.outlets.every(({ sources }) => sources.length === 0))
    warn(path, 'no outlet has a feed that is polled: the feed stays empty')
}

/** The same for criteria that ask the same; unreadable ones ask nothing. */
function keyOf(criterion: LooseCriterion): string {
  return described(criterion).join(' ')
}

function described(criterion: LooseCriterion): readonly [what: string, value: string] {
  if (typeof criterion === 'string') return ['label', criterion]
  const [what = 'label', value = ''] = Object.entries(criterion).find(([, given]) => given !== undefined) ?? []
  return [what, value]
}
