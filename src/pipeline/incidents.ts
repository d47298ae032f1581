import { chmod, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../domain/app-error.ts'
import type { Source } from '../domain/outlet.ts'
import type { Site } from '../domain/site.ts'
import { type Clock, DAY } from '../domain/time.ts'
import { sweepBeside } from '../publish/published-folder.ts'
import { stageFile, swapIn } from '../publish/write-file.ts'
import { incidentDocument } from '../render/feed/incident-document.ts'
import type { Store } from '../store/store.ts'
import { currentConditions, type Sightings } from './current-conditions.ts'
import { incidentChanges } from './incident-changes.ts'
import { lastTroubles } from './publish-feeds.ts'

/** What noting incidents works with. */
export interface IncidentDeps {
  readonly store: Pick<Store, 'sources' | 'notices' | 'incidents'>
  readonly sources: readonly Pick<Source, 'id'>[]
  readonly site: Site
  /** Where the operator's document is written. */
  readonly file: string
  readonly now: Clock
}

// As many as a reader shows, and as long as an operator asks about.
const SHOWN = 100
const KEPT_MS = 90 * DAY

/** Where the operator's document of incidents lies: beside the state, and never among what is published. */
export function incidentsFile(storeFile: string): string {
  return join(dirname(storeFile), 'incidents.atom')
}

/** Does a cycle's work and notes what is amiss after it, be that the work itself. */
export async function withIncidents<T>(deps: IncidentDeps, work: () => Promise<T>): Promise<T> {
  let result: T
  try {
    result = await work()
  } catch (error) {
    // The failure itself is what matters: a full disk may well refuse this, too.
    await noteIncidents(deps, failureOf(error)).catch(() => {})
    throw error
  }
  await noteIncidents(deps)
  return result
}

/** Publishing has noted its own failure. */
function failureOf(error: unknown): string | undefined {
  if (error instanceof AppError && error.code === 'publish-failed') return undefined
  return error instanceof Error ? error.message : String(error)
}

/** Opens, changes and ends incidents as things stand, and writes the document where it would read otherwise. */
export async function noteIncidents(deps: IncidentDeps, failure?: string): Promise<void> {
  const { store, sources, site, file, now } = deps
  await sweepBeside(file, now)
  const open = await store.incidents.open()
  const rejected = (await store.notices.get('config-rejected'))?.document
  const sightings: Sightings = {
    polls: await store.sources.states(sources.map(({ id }) => id)),
    publish: await lastTroubles(store),
    configProblems: Array.isArray(rejected) ? rejected.map(String) : [],
    ...(failure === undefined ? {} : { failure }),
  }
  const changes = incidentChanges(open, currentConditions(sightings, open), now())
  if (changes.length > 0) await store.incidents.save(changes)
  await store.incidents.prune(now() - KEPT_MS)
  await writePrivate(file, Buffer.from(incidentDocument(site, await store.incidents.newest(SHOWN))), now)
}

async function writePrivate(file: string, bytes: Buffer, now: Clock): Promise<void> {
  const before = await readFile(file).catch(() => undefined)
  if (before?.equals(bytes)) return
  swapIn(await stageFile(file, bytes, { modifiedAt: now(), isCompressed: false }))
  // It names sources and what is wrong with them, which is nobody's business but the operator's.
  await chmod(file, 0o600)
}
