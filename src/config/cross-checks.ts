import { bareHost } from '../domain/article-address.ts'
import { outletNameKey } from '../domain/outlet-directory.ts'
import type { Problem } from './config.ts'
import { didYouMean } from './did-you-mean.ts'
import type { RawConfig } from './schema.ts'
import { problemAt } from './validate.ts'
import type { YamlFile } from './yaml-file.ts'

type Report = (path: readonly PropertyKey[], message: string, severity?: Problem['severity']) => void

/** Finds what no single key can show: names used twice, references to nothing, feeds that can never hold an entry. */
export function crossCheck(
  raw: RawConfig,
  files: readonly YamlFile[],
  cronFault: (expression: string) => string | undefined,
): readonly Problem[] {
  const problems: Problem[] = []
  const report: Report = (path, message, severity = 'error') => problems.push(problemAt(files, path, message, { severity }))
  const fault = cronFault(raw.polling.tick)
  if (fault !== undefined)
    report(['polling', 'tick'], `expected a cron expression such as "* * * * *", got "${raw.polling.tick}" (${fault})`)
  checkIdentifiers(raw, report)
  checkOutletNames(raw, report)
  checkPostSources(raw, report)
  checkFeeds(raw, report)
  return problems
}

function checkIdentifiers(raw: RawConfig, report: Report): void {
  const outlets = firstUses(report, 'outlet id')
  for (const [index, outlet] of raw.outlets.entries()) outlets(outlet.id, ['outlets', index, 'id'])
  const sources = firstUses(report, 'source id')
  for (const [index, outlet] of raw.outlets.entries()) {
    for (const [nth, source] of outlet.sources.entries()) {
      const path = ['outlets', index, 'sources', nth, ...(source.id === undefined ? [] : ['id'])]
      sources(source.id ?? defaultSourceId(outlet.id, nth), path)
    }
  }
  for (const [index, post] of raw.posts.entries()) sources(post.id, ['posts', index, 'id'])
  const addresses = firstUses(report, 'feed address', 'warning')
  for (const [index, outlet] of raw.outlets.entries()) {
    for (const [nth, source] of outlet.sources.entries()) addresses(source.url, ['outlets', index, 'sources', nth, 'url'])
  }
}

/** The id of an outlet's nth source that names none. */
export function defaultSourceId(outletId: string, nth: number): string {
  return nth === 0 ? outletId : `${outletId}-${nth + 1}`
}

function checkOutletNames(raw: RawConfig, report: Report): void {
  const names = new Map<string, { readonly outlet: string; readonly name: string }>()
  const hosts = new Map<string, string>()
  for (const [index, outlet] of raw.outlets.entries()) {
    const named: readonly (readonly [string, readonly PropertyKey[]])[] = [
      [outlet.name, ['outlets', index, 'name']],
      ...outlet.aliases.map((alias, nth) => [alias, ['outlets', index, 'aliases', nth]] as const),
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

function checkPostSources(raw: RawConfig, report: Report): void {
  for (const [index, post] of raw.posts.entries()) {
    const path = ['posts', index]
    if (post.feed === undefined && post.folder === undefined) report(path, 'expected `feed` or `folder`, got neither')
    if (post.feed !== undefined && post.folder !== undefined) report([...path, 'folder'], 'expected either `feed` or `folder`, got both')
    if (post.folder !== undefined && post.url_template === undefined)
      report([...path, 'folder'], 'expected `url_template` beside it, got none')
  }
}

function checkFeeds(raw: RawConfig, report: Report): void {
  const known = raw.outlets.map(outlet => outlet.id)
  const slugs = firstUses(report, 'slug')
  const labels = firstUses(report, 'label')
  for (const [index, feed] of raw.feeds.entries()) {
    const path = ['feeds', index]
    if (feed.slug !== undefined) slugs(feed.slug, [...path, 'slug'])
    if (feed.label !== undefined) labels(feed.label, [...path, 'label'])
    if (feed.slug === undefined && feed.label === undefined) report(path, 'expected `slug` or `label`, got neither')
    for (const [nth, id] of feed.outlets.entries()) {
      if (known.includes(id)) continue
      const guess = didYouMean(id, known)
      report(
        [...path, 'outlets', nth],
        `expected the id of an outlet, got "${id}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
      )
    }
    checkLabels(raw, feed, path, report)
  }
}

function checkLabels(raw: RawConfig, feed: RawConfig['feeds'][number], path: readonly PropertyKey[], report: Report): void {
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
    report([...path, 'label'], `"${feed.label}" stands under publish.hide_labels too; the feed is published all the same`, 'warning')
  }
  if (feed.include === 'translated' && raw.posts.length === 0) report(path, 'there are no posts: the feed stays empty', 'warning')
}

/** Reports the second use of a value that must be used once. */
function firstUses(report: Report, what: string, severity: Problem['severity'] = 'error') {
  const seen = new Map<string, string>()
  return (value: string, path: readonly PropertyKey[]) => {
    const first = seen.get(value)
    const here = path.map(String).join('.')
    if (first === undefined) seen.set(value, here)
    else report(path, `expected each ${what} once, got "${value}", which ${first} has`, severity)
  }
}
