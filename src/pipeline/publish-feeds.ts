import { AppError } from '../domain/app-error.ts'
import { isFeedPath } from '../domain/site.ts'
import { aloneIn, clearDeadLock } from '../publish/folder-lock.ts'
import { intactPaths, latestModification, pathsIn, presentPaths, sweepFolder } from '../publish/published-folder.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'
import { ORPHANED, type PublishDeps, type PublishReport, type Standing } from './publish-deps.ts'
import { foldersOf, isEntryFile, isHistoryFile, slugOfFile } from './published-path.ts'
import { securityExpiry } from './security-expiry.ts'

const PUBLISHED_STATE = 'published-state'
const LAST_PUBLISH = 'last-publish'
const NEWEST_FEED = 'newest-feed'
// Publishing is under way, or came to no end: what stands may be other than what is on record.
const UNSETTLED = ''
/** Stands for the whole folder among the paths that were refused. */
export const WHOLE_FOLDER = 'publish.folder'

/**
 * Publishes every feed and page whose input changed since it was last published. Where nothing at all changed, nothing
 * is read, rendered or written.
 */
export async function publishFeeds(deps: PublishDeps): Promise<PublishReport> {
  const seen = await stateOfThings(deps)
  if (seen.isCurrent) {
    await clearDeadLock(deps.folder)
    return unchangedReport(deps, seen)
  }
  return aloneIn(deps.folder, deps, async hasWaited => {
    // Whoever had the folder has published, and perhaps the very same.
    const isAsSeen = !hasWaited && (await deps.store.notices.get(PUBLISHED_STATE))?.document === seen.before
    const current = isAsSeen ? seen : await stateOfThings(deps)
    return current.isCurrent ? unchangedReport(deps, current) : publishSeen(deps, current)
  })
}

/** What is to be published, and what is on record and stands. */
interface StateOfThings extends Pick<Standing, 'known' | 'present'> {
  readonly state: string
  readonly before: unknown
  readonly isOnRecord: boolean
  /** Nothing is to be done. */
  readonly isCurrent: boolean
}

async function stateOfThings(deps: PublishDeps): Promise<StateOfThings> {
  const { store, folder, now } = deps
  const known = await store.publications.all()
  const { site, requested, limit, hideLabels, feeds, directory, generator, stylesheet, maxAgeS, archiveSize, hubs } = deps
  const expiry = securityExpiry(site, now())
  const config = digestOf(
    JSON.stringify([site, requested, limit, hideLabels, feeds, directory.all, generator, stylesheet, maxAgeS, expiry, archiveSize, hubs]),
  )
  const state = `${config}:${await store.publications.stateDigest()}`
  const before = (await store.notices.get(PUBLISHED_STATE))?.document
  const present = await presentPaths(folder, known.keys())
  const isWhole = [...known.values()].every(({ path, inputDigest }) => inputDigest === ORPHANED || present.has(path))
  const isOnRecord = before !== UNSETTLED && isWhole && !(await isOfAnotherTime(deps, known.keys()))
  return { known, present, state, before, isOnRecord, isCurrent: before === state && isOnRecord && known.size > 0 && !deps.acceptShrink }
}

async function unchangedReport({ store }: PublishDeps, { known }: StateOfThings): Promise<PublishReport> {
  return { feeds: countFeeds(known.keys()), written: [], unchanged: known.size, withdrawn: [], ...(await lastTroubles(store)) }
}

async function publishSeen(deps: PublishDeps, { known, present, state, isOnRecord }: StateOfThings): Promise<PublishReport> {
  const { folder } = deps
  try {
    // Only a run that came to no end leaves files behind.
    if (!isOnRecord) await sweepFolder(folder, deps.now)
    const standing = isOnRecord ? { known, present, intact: present } : await lookedAt(folder, { known, present })
    return await publishChanged(deps, standing, state)
  } catch (error) {
    if (error instanceof AppError && error.code === 'publish-failed') await noteFailure(deps, error)
    throw error
  }
}

/**
 * Finds out which files are as they are on record, and takes to the record what a state now lost has published of posts, and
 * of the feeds that there are: whatever nobody wants of it is taken back.
 */
async function lookedAt(folder: string, { known, present }: Pick<Standing, 'known' | 'present'>): Promise<Standing> {
  const intact = await intactPaths(folder, known.values())
  const slugs = feedsAmong(known.keys()).flatMap(path => slugOfFile(path) ?? [])
  const found = await pathsIn(folder, foldersOf([...new Set(slugs)]))
  const strays = found.filter(path => (isEntryFile(path) || isHistoryFile(path)) && !known.has(path))
  const adopted = strays.map(path => [path, { path, inputDigest: '', byteDigest: '', entries: 0 }] as const)
  return { known: new Map([...known, ...adopted]), present: new Set([...present, ...strays]), intact }
}

async function publishChanged(deps: PublishDeps, standing: Standing, state: string): Promise<PublishReport> {
  const { store, folder, now } = deps
  await store.notices.put(PUBLISHED_STATE, UNSETTLED, now())
  // Rendering brings half of the program with it, and most cycles of a running service have nothing to render.
  const { publishAll } = await import('./publish-all.ts')
  const report = await publishAll(deps, standing)
  // What was refused is refused again until something changes; until then it is reported from here.
  await store.notices.put(LAST_PUBLISH, { refused: report.refused, leftOut: report.leftOut }, now())
  await store.notices.put(NEWEST_FEED, await latestModification(folder, feedsAmong([...standing.known.keys(), ...report.written])), now())
  await store.notices.put(PUBLISHED_STATE, state, now())
  return report
}

/** A state that was restored from a backup knows nothing of what was published since, and a folder that was has lost it. */
async function isOfAnotherTime({ store, folder }: PublishDeps, known: Iterable<string>): Promise<boolean> {
  const newest = (await store.notices.get(NEWEST_FEED))?.document
  return typeof newest === 'number' && (await latestModification(folder, feedsAmong(known))) !== newest
}

function feedsAmong(paths: Iterable<string>): readonly string[] {
  return [...paths].filter(path => isFeedPath(path) && path.endsWith('.atom'))
}

/**
 * A folder that cannot be written is what `status` shows until it can: what stands there stays, and everything is tried
 * again. On a full disk the note may not be possible either; the error says as much.
 */
async function noteFailure({ store, now }: PublishDeps, { message }: AppError): Promise<void> {
  const { leftOut } = await lastTroubles(store)
  const refused = [{ path: WHOLE_FOLDER, because: message }]
  const notes = [
    () => store.notices.put(LAST_PUBLISH, { refused, leftOut }, now()),
    () => store.notices.put(PUBLISHED_STATE, UNSETTLED, now()),
  ]
  for (const note of notes) await note().catch(() => {})
}

/** What could not be published when publishing last had something to do; it holds until then next time. */
export async function lastTroubles({ notices }: Pick<Store, 'notices'>): Promise<Pick<PublishReport, 'refused' | 'leftOut'>> {
  const document = (await notices.get(LAST_PUBLISH))?.document as Partial<PublishReport> | undefined
  return { refused: document?.refused ?? [], leftOut: document?.leftOut ?? [] }
}

function countFeeds(paths: Iterable<string>): number {
  return feedsAmong(paths).length
}
