import { bareHost } from '../domain/article-address.ts'
import { outletNameKey } from '../domain/outlet-directory.ts'
import type { Problem } from './config.ts'
import { didYouMean } from './did-you-mean.ts'
import type { LooseConfig } from './loose-config.ts'
import { problemAt, showPath } from './validate.ts'
import type { YamlFile } from './yaml-file.ts'

type Path = readonly PropertyKey[]
type Report = (path: Path, message: string, about?: { readonly severity?: Problem['severity']; readonly keys?: readonly string[] }) => void

/**
 * Finds what no single key can show: names used twice, references to nothing, feeds that can never hold an entry.
 *
 * @param faults places already reported; what follows from them alone is not reported again
 */
export function crossCheck(
  raw: LooseConfig,
  files: readonly YamlFile[],
  cronFault: (expression: string) => string | undefined,
  faults: readonly Path[] = [],
): readonly Problem[] {
  const problems: Problem[] = []
  const report: Report = (path, message, { severity = 'error', keys = [] } = {}) => {
    const places = keys.length === 0 ? [path] : keys.map(key => [...path, key])
    if (!places.some(place => faults.some(fault => isWithin(place, fault) || isWithin(fault, place))))
      problems.push(problemAt(files, path, message, { severity }))
  }
  const { tick } = raw.polling
  const fault = tick === undefined ? undefined : cronFault(tick)
  if (fault !== undefined) report(['polling', 'tick'], `expected a cron expression such as "* * * * *", got "${tick}" (${fault})`)
  checkIdentifiers(raw, report)
  checkOutletNames(raw, report)
  checkPostSources(raw, report)
  checkFeeds(raw, report)
  return problems
}

function isWithin(inner: Path, outer: Path): boolean {
  return outer.every((step, index) => inner[index] === step)
}

function checkIdentifiers(raw: LooseConfig, report: Report): void {
  const outlets = firstUses(report, 'outlet id')
  const sources = firstUses(report, 'source id')
  const addresses = firstUses(report, 'feed address', 'warning')
  for (const [index, outlet] of raw.outlets.entries()) {
    const isFirst = outlets(outlet.id, ['outlets', index, 'id'])
    for (const [nth, source] of outlet.sources.entries()) {
      const path = ['outlets', index, 'sources', nth]
      addresses(source.url, [...path, 'url'])
      if (source.id !== undefined) sources(source.id, [...path, 'id'])
      // An id made from a repeated one is repeated for no reason of its own.
      else if (isFirst && outlet.id !== '') sources(defaultSourceId(outlet.id, nth), path)
    }
  }
  for (const [index, post] of raw.posts.entries()) {
    sources(post.id, ['posts', index, 'id'])
    if (post.feed !== undefined) addresses(post.feed, ['posts', index, 'feed'])
  }
}

/** The id of an outlet's nth source that names none. */
export function defaultSourceId(outletId: string, nth: number): string {
  return nth === 0 ? outletId : `${outletId}-${nth + 1}`
}

function checkOutletNames(raw: LooseConfig, report: Report): void {
  const names = new Map<string, { readonly outlet: string; readonly name: string }>()
  const hosts = new Map<string, string>()
  for (const [index, outlet] of raw.outlets.entries()) {
    const named: readonly (readonly [string, Path])[] = [
      [outlet.name, ['outlets', index, 'name']],
      ...outlet.aliases.map((alias, nth) => [alias, ['outlets', index, 'aliases', nth]] as const),
      // Posts may cite an outlet by its id, too.
      [outlet.id, ['outlets', index, 'id']],
    ]
    for (const [name, path] of named) {
      const key = outletNameKey(name)
      const other = names.get(key)
      if (key === '') report(path, `expected a name with letters or digits, got "${name}"`)
      else if (other !== undefined && other.outlet !== outlet.id) {
        report(path, `expected a name no other outlet has, got "${name}", which outlet "${other.outlet}" has as "${other.name}"`)
      }
      if (other === undefined) names.set(key, { outlet: outlet.id, name })
    }
    for (const [nth, host] of outlet.hosts.entries()) {
      const other = hosts.get(bareHost(host))
      if (other === undefined) hosts.set(bareHost(host), outlet.id)
      else if (other !== outlet.id)
        report(['outlets', index, 'hosts', nth], `expected a host no other outlet has, got "${host}", which outlet "${other}" has`)
    }
  }
}

function checkPostSources(raw: LooseConfig, report: Report): void {
  for (const [index, post] of raw.posts.entries()) {
    const path = ['posts', index]
    if (post.feed === undefined && post.folder === undefined)
      report(path, 'expected `feed` or `folder`, got neither', { keys: ['feed', 'folder'] })
    if (post.feed !== undefined && post.folder !== undefined) report([...path, 'folder'], 'expected either `feed` or `folder`, got both')
    else if (post.folder !== undefined && post.url_template === undefined)
      report(path, 'expected `url_template` beside `folder`, got none', { keys: ['url_template'] })
  }
}

function checkFeeds(raw: LooseConfig, report: Report): void {
  const known = raw.outlets.map(outlet => outlet.id)
  const slugs = firstUses(report, 'slug')
  const labels = firstUses(report, 'label')
  for (const [index, feed] of raw.feeds.entries()) {
    const path = ['feeds', index]
    if (feed.slug !== undefined) slugs(feed.slug, [...path, 'slug'])
    if (feed.label !== undefined) labels(feed.label, [...path, 'label'])
    if (feed.slug === undefined && feed.label === undefined)
      report(path, 'expected `slug` or `label`, got neither', { keys: ['slug', 'label'] })
    for (const [nth, id] of feed.outlets.entries()) {
      // While an outlet's own id is unreadable, nobody can say that it is not the one meant.
      if (known.includes(id) || known.includes('')) continue
      const guess = didYouMean(id, known)
      const hint = guess === undefined ? '' : `; did you mean "${guess}"?`
      report([...path, 'outlets', nth], `expected the id of an outlet, got "${id}"${hint}`)
    }
    checkLabels(raw, feed, path, report)
  }
}

function checkLabels(raw: LooseConfig, feed: LooseConfig['feeds'][number], path: Path, report: Report): void {
  const wanted = new Set([...(feed.label === undefined ? [] : [feed.label]), ...feed.all])
  for (const [nth, label] of feed.none.entries()) {
    if (wanted.has(label))
      report([...path, 'none', nth], `expected a label the feed does not also ask for, got "${label}": no post can be in this feed`)
    else if (feed.any.length > 0 && feed.any.every(other => feed.none.includes(other))) {
      report([...path, 'none', nth], `every label under \`any\` stands under \`none\` too: no post can be in this feed`)
      return
    }
  }
  if (feed.label !== undefined && raw.publish.hide_labels.includes(feed.label)) {
    report([...path, 'label'], `"${feed.label}" stands under publish.hide_labels too; the feed is published all the same`, {
      severity: 'warning',
    })
  }
  if (feed.include === 'translated' && raw.posts.length === 0)
    report(path, 'there are no posts: the feed stays empty', { severity: 'warning' })
}

/** Reports each use of a value but the first, and says whether a use is the first. */
function firstUses(report: Report, what: string, severity: Problem['severity'] = 'error') {
  const seen = new Map<string, Path>()
  return (value: string, path: Path): boolean => {
    const first = seen.get(value)
    if (first === undefined) seen.set(value, path)
    else report(path, `expected each ${what} once, got "${value}", which ${showPath(first)} has`, { severity })
    return first === undefined
  }
}
