import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../domain/app-error.ts'
import { type Clock, type Instant, SECOND } from '../domain/time.ts'
import { byteDigestOf } from './byte-digest.ts'
import { type Inspection, inspectAtom, inspectJsonFeed, inspectOpml, inspectPage, inspectRss } from './check-document.ts'
import { hasCopiesOfItsVersion, removeFile, type StagedFile, stageFile } from './write-file.ts'

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
 * @throws AppError `publish-failed` when a file cannot be written; what stood there stays
 */
export async function publishDocuments(
  folder: string,
  documents: readonly Document[],
  options: { readonly allowShrink: boolean; readonly now: Clock },
): Promise<readonly Outcome[]> {
  const assessed: Assessed[] = []
  for (const document of documents) assessed.push(await assess(folder, document, options))
  await writeAll(assessed.flatMap(({ toWrite }) => toWrite ?? []))
  return assessed.map(({ outcome }) => outcome)
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
      throw publishFailed(`${file}: expected a file that can be removed`, cause)
    })
  }
}

interface Assessed {
  readonly outcome: Outcome
  readonly toWrite?: NewVersion
}

interface NewVersion {
  readonly file: string
  readonly bytes: Buffer
  readonly as: { readonly modifiedAt: Instant; readonly isCompressed: boolean }
}

async function assess(
  folder: string,
  document: Document,
  { allowShrink, now }: { readonly allowShrink: boolean; readonly now: Clock },
): Promise<Assessed> {
  const { path, kind } = document
  const file = join(folder, path)
  const bytes = Buffer.from(document.text, 'utf8')
  const byteDigest = byteDigestOf(bytes)
  const isCompressed = kind !== 'plain' && document.isRarelyRead !== true
  const { faults, ids } = inspect(kind, document.text)
  if (faults.length > 0) return { outcome: { kind: 'refused', path, because: faults.join('; ') } }
  const before = await readFile(file).catch(() => undefined)
  const made = { path, byteDigest, entries: ids.length }
  const mtimeMs = (await stat(file).catch(() => undefined))?.mtimeMs
  if (before?.equals(bytes)) {
    const outcome = { kind: 'unchanged', ...made } as const
    // A run that was cut off may have left copies of a version that never came.
    if (mtimeMs === undefined || !isCompressed || (await hasCopiesOfItsVersion(file))) return { outcome }
    return { outcome, toWrite: { file, bytes, as: { modifiedAt: mtimeMs, isCompressed } } }
  }
  const lost = before === undefined || allowShrink ? undefined : lostEntries(kind, before.toString('utf8'), ids)
  if (lost !== undefined) return { outcome: { kind: 'refused', path, because: lost } }
  return {
    outcome: { kind: 'written', ...made },
    toWrite: { file, bytes, as: { modifiedAt: nextModification(mtimeMs, now()), isCompressed } },
  }
}

// The disk flushes several files in the time of one, and several are compressed at once.
const STAGED_AT_ONCE = 8

async function writeAll(versions: readonly NewVersion[]): Promise<void> {
  const staged: StagedFile[] = []
  let current = ''
  try {
    for (let start = 0; start < versions.length; start += STAGED_AT_ONCE) {
      const some = versions.slice(start, start + STAGED_AT_ONCE)
      const outcomes = await Promise.allSettled(some.map(({ file, bytes, as }) => stageFile(file, bytes, as)))
      for (const outcome of outcomes) if (outcome.status === 'fulfilled') staged.push(outcome.value)
      const failed = outcomes.findIndex(({ status }) => status === 'rejected')
      current = some[failed]?.file ?? current
      const failure = outcomes[failed]
      if (failure?.status === 'rejected') throw failure.reason
    }
    for (const [index, version] of staged.entries()) {
      current = versions[index]?.file ?? ''
      await version.swapIn()
    }
  } catch (cause) {
    for (const version of staged) await version.discard()
    throw publishFailed(`${current}: expected a place that can be written`, cause)
  }
}

function publishFailed(expectation: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new AppError('publish-failed', `${expectation}, got: ${reason}`, { cause })
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
  const { ids: earlier } = inspect(kind, before)
  if (earlier.length < SHRINK_FLOOR || ids.length * 2 >= earlier.length) return undefined
  return `it would shrink from ${earlier.length} entries to ${ids.length}; if that is meant, run "kakehashi once --accept-shrink"`
}
