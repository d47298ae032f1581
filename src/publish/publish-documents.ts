import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getSystemErrorMessage } from 'node:util'
import { AppError } from '../domain/app-error.ts'
import { type Clock, type Instant, SECOND } from '../domain/time.ts'
import { byteDigestOf } from './byte-digest.ts'
import { type Inspection, inspectAtom, inspectJsonFeed, inspectOpml, inspectPage, inspectRss } from './check-document.ts'
import { inLanes } from './in-lanes.ts'
import { discard, hasCopiesOfItsVersion, modificationOf, removeFile, type StagedFile, stageFile, swapIn } from './write-file.ts'

/**
 * A file to publish. `path` is below the output folder, not percent-encoded. What is `plain` is for servers and robots:
 * it is not read back, and gets no compressed copies.
 */
export interface Document {
  readonly path: string
  readonly kind: 'atom' | 'rss' | 'json' | 'opml' | 'page' | 'style' | 'plain'
  readonly text: string
  /** There are many of them and each is seldom asked for: no compressed copies are made beforehand. */
  readonly isRarelyRead?: boolean
}

/** What became of one document. */
export type Outcome =
  | { readonly kind: 'written'; readonly path: string; readonly byteDigest: string; readonly entries: number }
  | { readonly kind: 'unchanged'; readonly path: string; readonly byteDigest: string; readonly entries: number }
  | { readonly kind: 'refused'; readonly path: string; readonly because: string }

// Losing more than half of at least this many entries at once is an accident, not an edit (lost state, failing parser).
const SHRINK_FLOOR = 6

/**
 * Publishes documents into a folder: each is read back the way a strict reader would and compared with what stands there;
 * only one that is sound and different is written. A document that is not sound, or has suddenly lost most of its
 * entries, is refused and what stood there stays. All of them are written under other names before the first is put in
 * place, in the order given: a full disk changes none.
 *
 * @param options.allowShrink the config changed or the operator said so: losing entries is meant
 * @param options.turn awaited when all of them are written, before the first is put in place; if it fails, none is
 * @throws AppError `publish-failed` when a file cannot be written; what stood there stays
 */
export async function publishDocuments(
  folder: string,
  documents: readonly Document[],
  options: { readonly allowShrink: boolean; readonly now: Clock; readonly turn?: () => Promise<void>; readonly prepare?: Prepare },
): Promise<readonly Outcome[]> {
  const { allowShrink, now, turn, prepare = prepareDocuments } = options
  const { outcomes, staged } = await prepare(folder, documents, { allowShrink, now: now() })
  try {
    await turn?.()
    for (const version of staged) putInPlace(folder, version)
  } catch (error) {
    for (const version of staged) await discard(version)
    throw error
  }
  return outcomes
}

function putInPlace(folder: string, version: StagedFile): void {
  try {
    swapIn(version)
  } catch (error) {
    unwritable(folder, version.file)(error)
  }
}

/** Documents that were looked at: what becomes of each, and the new versions of those that differ, ready to be put in place. */
export interface Prepared {
  readonly outcomes: readonly Outcome[]
  readonly staged: readonly StagedFile[]
}

export type Prepare = (
  folder: string,
  documents: readonly Document[],
  options: { readonly allowShrink: boolean; readonly now: Instant },
) => Promise<Prepared>

/**
 * Does of `publishDocuments` what comes before the first is put in place.
 *
 * @throws AppError `publish-failed` when a file cannot be written; nothing is left behind
 */
export async function prepareDocuments(
  folder: string,
  documents: readonly Document[],
  options: { readonly allowShrink: boolean; readonly now: Instant },
): Promise<Prepared> {
  const assessed: Assessed[] = []
  for (const document of documents) assessed.push(await assess(folder, document, options))
  const staged = await stageAll(
    folder,
    assessed.flatMap(({ toWrite }) => toWrite ?? []),
  )
  return { staged, outcomes: assessed.map(({ outcome }) => outcome) }
}

/**
 * Takes files out of the folder; ones that are gone already are no error.
 *
 * @throws AppError `publish-failed` when one cannot be removed
 */
export async function withdrawDocuments(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const file = join(folder, path)
    await removeFile(file).catch(cause => {
      throw publishFailed(folder, file, 'expected a file that can be removed', cause)
    })
  }
}

interface Assessed {
  readonly outcome: Outcome
  readonly toWrite?: NewVersion
}

interface NewVersion {
  readonly file: string
  readonly bytes: Uint8Array
  readonly as: { readonly modifiedAt: Instant; readonly isCompressed: boolean }
}

async function assess(
  folder: string,
  document: Document,
  { allowShrink, now }: { readonly allowShrink: boolean; readonly now: Instant },
): Promise<Assessed> {
  const { path, kind, text } = document
  const file = join(folder, path)
  const bytes = Buffer.from(text, 'utf8')
  const byteDigest = byteDigestOf(bytes)
  const isCompressed = kind !== 'plain' && document.isRarelyRead !== true
  const { faults, ids } = inspect(kind, text)
  if (faults.length > 0) return { outcome: { kind: 'refused', path, because: faults.join('; ') } }
  const mtimeMs = modificationOf(file)
  const before = mtimeMs === undefined ? undefined : await readFile(file).catch(() => undefined)
  const made = { path, byteDigest, entries: ids.length }
  if (before?.equals(bytes)) {
    const outcome = { kind: 'unchanged', ...made } as const
    // A run that was cut off may have left copies of a version that never came.
    if (mtimeMs === undefined || !isCompressed || hasCopiesOfItsVersion(file)) return { outcome }
    return { outcome, toWrite: { file, bytes, as: { modifiedAt: mtimeMs, isCompressed } } }
  }
  const lost = before === undefined || allowShrink ? undefined : lostEntries(kind, before.toString('utf8'), ids)
  if (lost !== undefined) return { outcome: { kind: 'refused', path, because: lost } }
  return {
    outcome: { kind: 'written', ...made },
    toWrite: { file, bytes, as: { modifiedAt: nextModification(mtimeMs, now), isCompressed } },
  }
}

// The disk flushes several files in the time of one, and several are compressed at once.
const STAGED_AT_ONCE = 8

async function stageAll(folder: string, versions: readonly NewVersion[]): Promise<readonly StagedFile[]> {
  const staged = new Map<NewVersion, StagedFile>()
  try {
    await inLanes(versions, STAGED_AT_ONCE, async version => {
      staged.set(version, await stageFile(version.file, version.bytes, version.as).catch(unwritable(folder, version.file)))
    })
  } catch (error) {
    for (const version of staged.values()) await discard(version)
    throw error
  }
  return versions.flatMap(version => staged.get(version) ?? [])
}

function unwritable(folder: string, file: string): (cause: unknown) => never {
  return cause => {
    throw publishFailed(folder, file, 'expected a place that can be written', cause)
  }
}

// What concerns the disk as a whole is met by this file or that.
const OF_THE_DISK = new Set(['ENOSPC', 'EDQUOT', 'EROFS'])

/** In the same words for as long as the cause lasts, so that whoever tells of it tells it once: temporary names stand in no message. */
function publishFailed(folder: string, file: string, expected: string, cause: unknown): AppError {
  const { code, errno, message } = cause as { readonly code?: string; readonly errno?: number; readonly message?: string }
  const isOfSystem = code !== undefined && errno !== undefined && errno < 0
  const reason = isOfSystem ? `${code}: ${getSystemErrorMessage(errno)}` : (message ?? String(cause))
  const place = OF_THE_DISK.has(code ?? '') ? folder : file
  return new AppError('publish-failed', `${place}: ${expected}, got: ${reason}`, { cause })
}

/**
 * Every version is at least a second younger than the one before, even if the clock was set back: Last-Modified has
 * whole seconds, and a reader that asks by it alone would keep the old one.
 */
function nextModification(beforeMs: number | undefined, now: Instant): Instant {
  return beforeMs === undefined ? now : Math.max(now, (Math.floor(beforeMs / SECOND) + 1) * SECOND)
}

function inspect(kind: Document['kind'], text: string): Inspection {
  switch (kind) {
    case 'atom':
      return inspectAtom(text)
    case 'rss':
      return inspectRss(text)
    case 'json':
      return inspectJsonFeed(text)
    case 'opml':
      return inspectOpml(text)
    case 'page':
      return inspectPage(text)
    case 'style':
    case 'plain':
      return { faults: [], ids: [] }
  }
}

function lostEntries(kind: Document['kind'], before: string, ids: readonly string[]): string | undefined {
  const isLoss = (earlier: number) => earlier >= SHRINK_FLOOR && ids.length * 2 < earlier
  if (!isLoss(mostEntries(kind, before))) return undefined
  const earlier = inspect(kind, before).ids.length
  return isLoss(earlier)
    ? `it would shrink from ${earlier} entries to ${ids.length}; if that is meant, run "kakehashi once --accept-shrink"`
    : undefined
}

const ENTRY_MARKS: Partial<Record<Document['kind'], string>> = { atom: '<entry', rss: '<item', json: '"id"' }

/** How many entries a document has at most, without reading it as a whole. */
function mostEntries(kind: Document['kind'], text: string): number {
  const mark = ENTRY_MARKS[kind]
  return mark === undefined ? 0 : text.split(mark).length - 1
}
