import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { bareHost } from '../domain/article-address.ts'
import type { OutletId, Slug, SourceId } from '../domain/identifiers.ts'
import type { Outlet, OutletSource, PostSource } from '../domain/outlet.ts'
import type { Criterion, RequestedFeed } from '../domain/output-feed.ts'
import type { Site } from '../domain/site.ts'
import type { Config, GlossaryEntry, OperatorPair, Problem } from './config.ts'
import { defaultSourceId } from './cross-checks.ts'
import { parseDuration, parseSize } from './duration.ts'
import { type Environment, fillSecrets } from './environment.ts'
import type { RawConfig } from './schema.ts'
import { toServerSettings } from './server-settings.ts'
import { problemAt } from './validate.ts'
import type { YamlFile } from './yaml-file.ts'

interface Surroundings {
  readonly folder: string
  readonly files: readonly YamlFile[]
  readonly pairs: readonly OperatorPair[]
  readonly glossary: readonly GlossaryEntry[]
  readonly dictionary: Config['matching']['dictionary']
  readonly secret: Environment['secret']
}

// A new way of reading or matching posts raises this, so that what is stored is judged again.
const JUDGEMENT_VERSION = 3

/** Turns a valid config into our own units; an address that names an unset variable is a problem. */
export function toConfig(raw: RawConfig, around: Surroundings): { readonly config: Config; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const filled = (address: string, path: readonly PropertyKey[]): string => {
    const result = fillSecrets(address, around.secret)
    if (result.kind === 'filled' && URL.canParse(result.text)) return result.text
    // What the variables hold is not for messages.
    const expected =
      result.kind === 'filled' ? 'an address once its variables are filled in' : `the environment variable ${result.name} to be set`
    problems.push(problemAt(around.files, path, `expected ${expected}, it is not`))
    return address
  }
  const filledSecret = (text: string, path: readonly PropertyKey[]): string => {
    const result = fillSecrets(text, around.secret)
    if (result.kind === 'filled') return result.text
    problems.push(problemAt(around.files, path, `expected the environment variable ${result.name} to be set, it is not`))
    return text
  }
  const path = (text: string) => resolve(around.folder, text)
  const outlets = raw.outlets.map(toOutlet)
  const config: Omit<Config, 'judgementDigest'> = {
    folder: around.folder,
    site: toSite(raw.site),
    server: toServerSettings(raw.server, { path, filled: filledSecret }),
    storeFile: path(raw.store.file),
    publish: {
      folder: path(raw.publish.folder),
      limit: raw.publish.limit,
      hideLabels: raw.publish.hide_labels,
      archiveSize: raw.publish.archive_size,
      feeds: raw.publish.feeds,
    },
    polling: {
      tick: raw.polling.tick,
      timeoutMs: milliseconds(raw.polling.timeout),
      maxBytes: parseSize(raw.polling.max_size) ?? 0,
      concurrency: raw.polling.concurrency,
      perHost: raw.polling.per_host,
      contact: raw.polling.contact ?? raw.site.url,
      allowHosts: raw.polling.allow_hosts,
      usesWebSub: raw.polling.websub,
    },
    websub: toWebSub(raw.websub),
    matching: {
      windowMs: milliseconds(raw.matching.window),
      acceptAbove: raw.matching.accept_above,
      proposeAbove: raw.matching.propose_above,
      dictionary: around.dictionary,
    },
    logLevel: raw.log.level,
    outlets,
    outletSources: raw.outlets.flatMap((outlet, index) => toOutletSources(outlet, index, raw, filled)),
    postSources: raw.posts.map((post, index) => toPostSource(post, index, raw, filled, path)),
    feeds: raw.feeds.map(feed => toFeed(feed, raw)),
    pairs: around.pairs,
    glossary: around.glossary,
  }
  return { config: { ...config, judgementDigest: judgementDigest(config) }, problems }
}

function toSite(raw: RawConfig['site']): Site {
  const url = raw.url.endsWith('/') ? raw.url : `${raw.url}/`
  const { author, subtitle, rights } = raw
  return {
    title: raw.title,
    url,
    id: raw.id ?? `tag:${URL.parse(url)?.hostname ?? 'localhost'},2026:kakehashi`,
    language: raw.language,
    timeZone: raw.time_zone,
    author: { name: author.name, ...given('uri', author.uri), ...given('email', author.email) },
    ...given('subtitle', subtitle),
    ...given('rights', rights),
  }
}

function toWebSub(raw: RawConfig['websub']): Config['websub'] {
  const { hubs, hub, max_subscriptions: maxSubscriptions, max_per_host: maxPerHost, allow_hosts: allowHosts } = raw
  // A hub is told under the same address as subscribers are.
  const addresses = new Set(hubs.map(address => new URL(address).href))
  return { hubs: [...addresses], isHub: hub, maxSubscriptions, maxPerHost, allowHosts }
}

function toOutlet(raw: RawConfig['outlets'][number]): Outlet {
  return {
    id: raw.id as OutletId,
    name: raw.name,
    hosts: raw.hosts.map(bareAddress),
    movedHosts: raw.moved_hosts.map(({ from, to }) => ({ from: bareAddress(from), to: bareAddress(to) })),
    aliases: raw.aliases,
    language: raw.language,
    republish: raw.republish,
    ...given('homepage', raw.homepage),
    ...given('rights', raw.rights),
  }
}

function toOutletSources(
  outlet: RawConfig['outlets'][number],
  index: number,
  raw: RawConfig,
  filled: (address: string, path: readonly PropertyKey[]) => string,
): OutletSource[] {
  return outlet.sources.map((source, nth) => ({
    kind: 'outlet',
    id: (source.id ?? defaultSourceId(outlet.id, nth)) as SourceId,
    outlet: outlet.id as OutletId,
    feedUrl: filled(source.url, ['outlets', index, 'sources', nth, 'url']),
    pollEveryMs: milliseconds(source.poll_every ?? raw.polling.poll_every),
  }))
}

function toPostSource(
  post: RawConfig['posts'][number],
  index: number,
  raw: RawConfig,
  filled: (address: string, path: readonly PropertyKey[]) => string,
  path: (text: string) => string,
): PostSource {
  const common = {
    id: post.id as SourceId,
    pollEveryMs: milliseconds(post.poll_every ?? raw.polling.poll_every),
    language: post.language,
    onlyLabels: post.labels,
    ...given('title', post.title),
    ...given('translator', post.translator),
  }
  if (post.folder === undefined) return { ...common, kind: 'post-feed', feedUrl: filled(post.feed ?? '', ['posts', index, 'feed']) }
  const { original_url: originalUrl, original_title: originalTitle, ...keys } = post.front_matter
  return {
    ...common,
    kind: 'post-folder',
    folder: path(post.folder),
    urlTemplate: post.url_template ?? '',
    frontMatter: { ...keys, originalUrl, originalTitle },
  }
}

function toFeed(feed: RawConfig['feeds'][number], raw: RawConfig): RequestedFeed {
  return {
    any: feed.any.map(toCriterion),
    all: feed.all.map(toCriterion),
    none: feed.none.map(toCriterion),
    outlets: feed.outlets.map(id => id as OutletId),
    include: feed.include,
    titles: feed.titles,
    content: feed.content,
    excerptCharacters: feed.excerpt,
    limit: feed.limit ?? raw.publish.limit,
    ...(feed.slug === undefined ? {} : { slug: feed.slug as Slug }),
    ...given('label', feed.label),
    ...given('title', feed.title),
    ...given('subtitle', feed.subtitle),
  }
}

function toCriterion(raw: RawConfig['feeds'][number]['any'][number]): Criterion {
  if (typeof raw === 'string') return { kind: 'label', label: raw }
  if ('label' in raw) return { kind: 'label', label: raw.label }
  if ('outlet' in raw) return { kind: 'outlet', outlet: raw.outlet as OutletId }
  if ('author' in raw) return { kind: 'author', name: raw.author }
  if ('match' in raw) return { kind: 'match', state: raw.match }
  return { kind: 'keyword', text: raw.keyword }
}

function judgementDigest(config: Pick<Config, 'outlets' | 'postSources' | 'pairs' | 'glossary' | 'matching'>): string {
  const outlets = config.outlets.map(({ id, name, hosts, movedHosts, aliases }) => ({ id, name, hosts, movedHosts, aliases }))
  const sources = config.postSources.map(({ pollEveryMs: _, ...source }) => source)
  // What a dictionary says counts, not where it lies.
  const matching = { ...config.matching, dictionary: config.matching.dictionary?.bytes ?? null }
  const basis = [JUDGEMENT_VERSION, outlets, sources, config.pairs, config.glossary, matching]
  return createHash('sha256').update(JSON.stringify(basis)).digest('base64url').slice(0, 22)
}

function bareAddress(text: string): string {
  const [host = '', ...path] = text.replace(/\/+$/, '').split('/')
  return [bareHost(host), ...path].join('/')
}

function milliseconds(duration: string): number {
  return parseDuration(duration) ?? 0
}

/** `{ key: value }`, or nothing where there is no value: absent and undefined are told apart throughout. */
function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V })
}
