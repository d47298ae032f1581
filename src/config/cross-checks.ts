import { bareHost } from '../domain/article-address.ts'
import { outletNameKey } from '../domain/outlet-directory.ts'
import type { Problem } from './config.ts'
import { checkFeeds } from './feed-checks.ts'
import { firstUses, type Path, type Report } from './first-uses.ts'
import type { LooseConfig } from './loose-config.ts'
import { loginExposure } from './server-settings.ts'
import { problemAt } from './validate.ts'
import type { YamlFile } from './yaml-file.ts'

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
  const exposure = loginExposure(raw.server)
  if (exposure !== undefined) report(['server', 'operator'], exposure, { severity: 'warning' })
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
