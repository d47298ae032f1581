import { areAllPresent, sweepFolder } from '../publish/published-folder.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'
import { ORPHANED, type PublishDeps, type PublishReport } from './publish-deps.ts'

const PUBLISHED_STATE = 'published-state'
const LAST_PUBLISH = 'last-publish'

/**
 * Publishes every feed and page whose input changed since it was last published. Where nothing at all changed, nothing
 * is read, rendered or written.
 */
export async function publishFeeds(deps: PublishDeps): Promise<PublishReport> {
  const { store, folder, now } = deps
  const known = await store.publications.all()
  const { site, requested, limit, hideLabels, directory, generator, stylesheet } = deps
  const config = digestOf(JSON.stringify([site, requested, limit, hideLabels, directory.all, generator, stylesheet]))
  const state = `${config}:${await store.publications.stateDigest()}`
  const before = (await store.notices.get(PUBLISHED_STATE))?.document
  const isWhole = await areAllPresent(
    folder,
    [...known.values()].filter(({ inputDigest }) => inputDigest !== ORPHANED).map(({ path }) => path),
  )
  if (before === state && isWhole && known.size > 0 && !deps.acceptShrink) {
    return { feeds: countFeeds(known.keys()), written: [], unchanged: known.size, withdrawn: [], ...(await lastTroubles(store)) }
  }
  await sweepFolder(folder, now)
  // Rendering brings half of the program with it, and most cycles of a running service have nothing to render.
  const { publishAll } = await import('./publish-all.ts')
  const report = await publishAll(deps, known, isWhole)
  // What was refused is refused again until something changes; until then it is reported from here.
  await store.notices.put(LAST_PUBLISH, { refused: report.refused, leftOut: report.leftOut }, now())
  await store.notices.put(PUBLISHED_STATE, state, now())
  return report
}

/** What could not be published when publishing last had something to do; it holds until then next time. */
export async function lastTroubles({ notices }: Pick<Store, 'notices'>): Promise<Pick<PublishReport, 'refused' | 'leftOut'>> {
  const document = (await notices.get(LAST_PUBLISH))?.document as Partial<PublishReport> | undefined
  return { refused: document?.refused ?? [], leftOut: document?.leftOut ?? [] }
}

function countFeeds(paths: Iterable<string>): number {
  return [...paths].filter(path => path.endsWith('.atom')).length
}
