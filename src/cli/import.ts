import { basename } from 'node:path'
import { type App, openApp, sourcesOf } from '../app.ts'
import type { Config } from '../config/config.ts'
import { didYouMean } from '../config/did-you-mean.ts'
import { AppError } from '../domain/app-error.ts'
import type { Entry, FeedMetadata } from '../domain/feed.ts'
import type { PostSource } from '../domain/outlet.ts'
import { type OutletDirectory, outletDirectory } from '../domain/outlet-directory.ts'
import { decodeDocument } from '../parse/decode-document.ts'
import { parseFeed } from '../parse/parse-feed.ts'
import { incomingEntry } from '../pipeline/incoming-entry.ts'
import type { CycleReport } from '../pipeline.ts'
import { blogHome } from '../posts/import/blog-home.ts'
import { editionOf } from '../posts/import/edition.ts'
import { readExportFile } from '../posts/import/export-file.ts'
import type { ExportReading } from '../posts/import/export-reading.ts'
import { describeImport, type ImportReport } from '../posts/import/import-report.ts'
import { LeftOutCounts } from '../posts/import/left-out-counts.ts'
import { readExport } from '../posts/import/read-export.ts'
import type { IncomingEntry } from '../store/entry-batch.ts'
import { contentOf } from '../store/entry-digest.ts'
import type { CommandContext } from './command.ts'
import { isWholeSuccess } from './cycle-summary.ts'
import { EXIT } from './exit-codes.ts'
import { describePings } from './push-view.ts'
import { tellHubs } from './tell-hubs.ts'
import { waitingNote } from './terminal.ts'

/** What `kakehashi import` is told beside the file. */
export interface ImportOptions {
  /** The post source the posts become part of; may be left out where the config has one only. */
  readonly source?: string
  /** Host or address of the blog, for exports that name its posts below it. */
  readonly host?: string
  /** Which one of a zip with several blogs. */
  readonly blog?: string
  /** IANA name, for exports whose times carry no offset; Japan's where none is given. */
  readonly timeZone?: string
}

/**
 * `kakehashi import`: reads the posts of an export file into the store as those of a post source, then matches and
 * publishes. A second import of the same file changes nothing. Gives the exit code.
 *
 * @throws AppError `not-found` where there is no such file, source or blog, `feed-unreadable` where the file is no export,
 *   `usage` where an option is missing or makes no sense
 */
export async function importFile(context: CommandContext, file: string, options: ImportOptions): Promise<number> {
  const { terminal, signal } = context
  await using app = await openApp(context.configFolder, context)
  const source = chosenSource(app.config(), options.source)
  const home = blogHome(source, options.host)
  const reading = await readingOf(file, source, home, options)
  const report = await storePosts(reading, { source, home }, app, context)
  const cycle = await app.cycle({
    which: 'none',
    signal,
    onBusy: waitingNote(terminal),
    onMatch: (done, of) => terminal.progress('matching', done, of),
    onStage: stage => {
      if (stage !== 'poll') terminal.progress(stage === 'match' ? 'matching' : 'publishing', 0, 1)
    },
  })
  terminal.endProgress()
  const hubs = await tellHubs(app, context)
  const text = () => [...describe(file, source, report, cycle), ...describePings(hubs)].join('\n')
  terminal.print(context.isJson ? JSON.stringify({ ...importJson(file, source, report, cycle), hubs }) : text())
  if (signal.aborted) terminal.note('Interrupted: import the file again for the rest.')
  const isWhole = isWholeSuccess(cycle) && !signal.aborted && report.skipped.every(({ what }) => what !== 'unreadable post')
  return isWhole ? EXIT.ok : EXIT.partial
}

function chosenSource({ postSources }: Config, id: string | undefined): PostSource {
  const ids = postSources.map(source => source.id as string)
  const known = ids.map(name => `"${name}"`).join(', ')
  const [only] = postSources
  if (only === undefined) throw new AppError('usage', 'expected a post source under "posts" in sources.yaml to import into, got none')
  if (id === undefined && ids.length > 1) throw new AppError('usage', `--source: expected the post source to import into (${known})`)
  const chosen = id === undefined ? only : postSources.find(source => source.id === id)
  if (chosen !== undefined) return chosen
  const meant = didYouMean(id ?? '', ids)
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  throw new AppError('not-found', `--source: expected the id of a post source (${known}), got "${id}"${hint}`)
}

async function readingOf(
  file: string,
  source: PostSource,
  home: string | undefined,
  { blog, timeZone = 'Asia/Tokyo' }: ImportOptions,
): Promise<ExportReading> {
  const decode = (bytes: Uint8Array) => decodeDocument(bytes, undefined)
  const context = { name: basename(file), source: source.id, timeZone, parseFeed, decode, ...(home === undefined ? {} : { home }) }
  return readExport(await readExportFile(file), context, blog)
}

async function storePosts(
  reading: ExportReading,
  { source, home }: { readonly source: PostSource; readonly home: string | undefined },
  app: App,
  context: CommandContext,
): Promise<ImportReport> {
  const { kind, encoding } = reading
  const directory = outletDirectory(app.config().outlets)
  // Hatena's feed has ids that its export lacks, and a post must not be there twice.
  const known = kind === 'movable-type' ? await app.store.entries.postIdsByAddress(source.id) : new Map<string, string>()
  const left = new LeftOutCounts()
  const seen = new Set<string>()
  const counts = { read: 0, added: 0, changed: 0, unchanged: 0, kept: 0, withoutAddress: 0, nameless: 0 }
  const feed = named(reading.feed, source)
  for await (const { entries, skipped, nameless, done, of } of reading.batches()) {
    left.add(skipped)
    const incoming = entries.map(entry => incomingEntry(underStoredId(entry, known, directory), source, directory))
    const fresh = incoming.filter(({ key }) => seen.size < seen.add(key).size)
    if (fresh.length < incoming.length) left.add([{ what: 'repeated post', why: '', count: incoming.length - fresh.length }])
    const saved = await storeBatch(fresh, feed, source, app, context)
    for (const verdict of ['added', 'changed', 'unchanged', 'kept'] as const) counts[verdict] += saved[verdict]
    counts.read += fresh.length
    const addressless = fresh.filter(({ entry }) => entry.url === undefined).length
    counts.withoutAddress += addressless
    // Where the host is known, it is not the host that is missing.
    counts.nameless += home === undefined ? Math.min(nameless ?? 0, addressless) : addressless
    context.terminal.progress('importing', done, of)
    if (context.signal.aborted) break
  }
  return { kind, encoding, title: feed.title?.value ?? '', ...counts, skipped: left.all() }
}

function underStoredId(entry: Entry, known: ReadonlyMap<string, string>, directory: OutletDirectory): Entry {
  const address = entry.url === undefined ? undefined : directory.address(entry.url)
  const id = address === undefined ? undefined : known.get(address)
  return id === undefined ? entry : { ...entry, id }
}

function named(feed: FeedMetadata, { title }: PostSource): FeedMetadata {
  return feed.title !== undefined || title === undefined ? feed : { ...feed, title: { type: 'text', value: title } }
}

async function storeBatch(
  posts: readonly IncomingEntry[],
  feed: FeedMetadata,
  source: PostSource,
  app: App,
  { now }: CommandContext,
): Promise<Pick<ImportReport, 'added' | 'changed' | 'unchanged' | 'kept'>> {
  const { store } = app
  const activeSources = new Set(sourcesOf(app.config()).map(({ id }) => id))
  const entries: IncomingEntry[] = []
  let kept = 0
  for (const post of posts) {
    const stored = await store.entries.byKey(post.key)
    const isOthers = stored !== undefined && stored.source !== source.id && activeSources.has(stored.source)
    const edition =
      stored === undefined
        ? 'newer'
        : contentOf(post.entry, post.facts).content_digest === stored.contentDigest
          ? 'same'
          : editionOf(post.entry, stored.entry)
    if (isOthers || edition === 'older') kept++
    else if (edition === 'newer' || stored?.source !== source.id) entries.push(post)
  }
  const unchanged = posts.length - entries.length - kept
  if (entries.length === 0) return { added: 0, changed: 0, unchanged, kept }
  // An import is no poll: when the source is due, and what its server said last, stay as they are.
  const saved = await store.entries.saveEntries({ source: source.id, feed, entries, activeSources, now })
  return { ...saved, unchanged, kept }
}

function importJson(file: string, source: PostSource, report: ImportReport, { match, publish, durationMs }: CycleReport): object {
  return { file, source: source.id, ...report, match, publish, durationMs }
}

function describe(file: string, source: PostSource, report: ImportReport, { match, publish }: CycleReport): readonly string[] {
  const { feeds, written, refused, leftOut } = publish
  return [
    `${file} into source "${source.id}"`,
    ...describeImport(report),
    `${match.judged} posts judged, ${match.changed} of them anew; ${feeds} feeds, ${written.length} files written`,
    ...refused.map(({ path, because }) => `  not published: ${path}: ${because}`),
    ...leftOut.slice(0, 10).map(({ id, because }) => `  left out: ${id}: ${because}`),
  ]
}
