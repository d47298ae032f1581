import { configError, loadConfig } from '../app.ts'
import type { Config } from '../config/config.ts'
import { defaultSourceId } from '../config/cross-checks.ts'
import { AppError } from '../domain/app-error.ts'
import type { SourceId } from '../domain/identifiers.ts'
import type { Outlet, OutletSource, PostFeedSource } from '../domain/outlet.ts'
import type { Instant } from '../domain/time.ts'
import { escapeAttribute, escapeHtml } from '../html/escape.ts'
import { POSTS_OUTLINE } from '../parse/opml.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'

/** `kakehashi sources export`: the feeds of the config as OPML 2.0. Gives the exit code. */
export async function exportSources(context: CommandContext): Promise<number> {
  const [config, other] = await Promise.all(['1', '2'].map(filling => loadedWith(filling, context)))
  if (config === undefined || other === undefined) throw new AppError('config-missing', 'expected a config, found none')
  const secret = secretSources(config, other)
  context.terminal.print(opmlOf(config, secret, context.now()))
  if (secret.size > 0) context.terminal.note(`Left out, as their addresses hold a secret: ${[...secret].join(', ')}`)
  return EXIT.ok
}

async function loadedWith(filling: string, { configFolder, environment }: CommandContext): Promise<Config> {
  const loaded = await loadConfig(configFolder, { ...environment, secret: () => filling })
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  return loaded.config
}

/** Sources whose address has userinfo, or is another one with other variables: it names one of them. */
function secretSources(config: Config, other: Config): ReadonlySet<SourceId> {
  const filledOtherwise = new Map(feedsOf(other).map(({ id, feedUrl }) => [id, feedUrl]))
  const isSecret = ({ id, feedUrl }: OutletSource | PostFeedSource) =>
    filledOtherwise.get(id) !== feedUrl || Boolean(URL.parse(feedUrl)?.username || URL.parse(feedUrl)?.password)
  return new Set(
    feedsOf(config)
      .filter(isSecret)
      .map(({ id }) => id),
  )
}

function feedsOf({ outletSources, postSources }: Config): readonly (OutletSource | PostFeedSource)[] {
  return [...outletSources, ...postSources.filter(source => source.kind === 'post-feed')]
}

/**
 * Writes the feeds of a config as OPML 2.0: an outline for each outlet with its feeds in it, and one for the posts. An
 * outlet without a feed, and a folder of posts, have no place in a list of subscriptions.
 *
 * @param leftOut sources that are not written
 */
export function opmlOf(config: Config, leftOut: ReadonlySet<SourceId>, now: Instant): string {
  const posts = feedsOf(config).filter(source => source.kind === 'post-feed' && !leftOut.has(source.id))
  const outlets = config.outlets.flatMap(outlet => {
    const feeds = config.outletSources.filter(source => source.outlet === outlet.id)
    const lines = feeds.map((source, nth) => (leftOut.has(source.id) ? undefined : outletFeedLine(outlet, source, nth)))
    return outlineLines(
      { ...titled(outlet.name), htmlUrl: homepageOf(outlet) },
      lines.filter(line => line !== undefined),
    )
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${escapeHtml(config.site.title)}</title>`,
    `    <dateCreated>${new Date(now).toUTCString()}</dateCreated>`,
    '  </head>',
    '  <body>',
    ...outlets,
    ...outlineLines(titled(POSTS_OUTLINE), posts.map(postFeedLine)),
    '  </body>',
    '</opml>',
  ].join('\n')
}

type Attributes = Readonly<Record<string, string>>

function outlineLines(attributes: Attributes, feeds: readonly string[]): readonly string[] {
  return feeds.length === 0 ? [] : [`    <outline${written(attributes)}>`, ...feeds, '    </outline>']
}

/** A feed with an id of its own goes by it; one that the config names by itself goes by its outlet's name. */
function outletFeedLine(outlet: Outlet, { id, feedUrl }: OutletSource, nth: number): string {
  const name = id === defaultSourceId(outlet.id, nth) ? outlet.name : id
  return `      <outline${written({ type: 'rss', ...titled(name), xmlUrl: feedUrl, htmlUrl: homepageOf(outlet) })}/>`
}

function postFeedLine(source: OutletSource | PostFeedSource): string {
  const name = (source.kind === 'post-feed' ? source.title : undefined) ?? source.id
  return `      <outline${written({ type: 'rss', ...titled(name), xmlUrl: source.feedUrl })}/>`
}

function titled(name: string): Attributes {
  return { text: name, title: name }
}

/** It is what tells an outlet from a folder, so every outlet has one. */
function homepageOf({ homepage, hosts: [host = ''] }: Outlet): string {
  return homepage ?? `https://${host}${host.includes('/') ? '' : '/'}`
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('')
}
