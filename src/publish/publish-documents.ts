import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../domain/app-error.ts'
import type { Clock } from '../domain/time.ts'
import { type Inspection, inspectAtom, inspectJsonFeed, inspectPage, inspectRss } from './check-document.ts'
import { removeFile, writeFileWhole } from './write-file.ts'

/** A file to publish. `path` is below the output folder, not percent-encoded. */
export interface Document {
  readonly path: string
  readonly kind: 'atom' | 'rss' | 'json' | 'page' | 'style'
  readonly text: string
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
 * entries, is refused and what stood there stays.
 *
 * @param options.allowShrink the config changed or the operator said so: losing entries is meant
 * @throws AppError `publish-failed` when a file cannot be written; what stood there stays
 */
export async function publishDocuments(
  folder: string,
  documents: readonly Document[],
  options: { readonly allowShrink: boolean; readonly now: Clock },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const document of documents) outcomes.push(await publishDocument(folder, document, options))
  return outcomes
}

/** Takes files out of the folder; ones that are gone already are no error. */
export async function withdrawDocuments(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await removeFile(join(folder, path))
}

async function publishDocument(
  folder: string,
  document: Document,
  options: { readonly allowShrink: boolean; readonly now: Clock },
): Promise<Outcome> {
  const { path } = document
  const file = join(folder, path)
  const bytes = Buffer.from(document.text, 'utf8')
  const byteDigest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  const { faults, ids } = inspect(document.kind, document.text)
  if (faults.length > 0) return { kind: 'refused', path, because: faults.join('; ') }
  const before = await readFile(file).catch(() => undefined)
  if (before?.equals(bytes)) return { kind: 'unchanged', path, byteDigest, entries: ids.length }
  const lost = before === undefined || options.allowShrink ? undefined : lostEntries(document.kind, before.toString('utf8'), ids)
  if (lost !== undefined) return { kind: 'refused', path, because: lost }
  await writeFileWhole(file, bytes, options.now()).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('publish-failed', `${file}: expected a place that can be written, got: ${reason}`, { cause })
  })
  return { kind: 'written', path, byteDigest, entries: ids.length }
}

function inspect(kind: Document['kind'], text: string): Inspection {
  switch (kind) {
    case 'atom':
      return inspectAtom(text)
    case 'rss':
      return inspectRss(text)
    case 'json':
      return inspectJsonFeed(text)
    case 'page':
      return inspectPage(text)
    case 'style':
      return { faults: [], ids: [] }
  }
}

function lostEntries(kind: Document['kind'], before: string, ids: readonly string[]): string | undefined {
  const { ids: earlier } = inspect(kind, before)
  if (earlier.length < SHRINK_FLOOR || ids.length * 2 >= earlier.length) return undefined
  return `it would shrink from ${earlier.length} entries to ${ids.length}; if that is meant, run "kakehashi once --accept-shrink"`
}
