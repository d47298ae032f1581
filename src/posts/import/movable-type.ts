import type { ExportContext, ImportBatch, LeftOut } from './export-reading.ts'
import { type EntryMaker, isHatenaExport, isNameless, leftOutOf, movableTypeEntry } from './movable-type-entry.ts'
import { type MovableTypeRecord, movableTypeRecords, movableTypeSpans } from './movable-type-records.ts'
import { wallTime } from './wall-time.ts'

const BATCH = 200
// A post with pictures in its text can be some megabytes; a longer one is no post.
const LONGEST_ENTRY = 32_000_000
// Entries looked at to tell whose export it is.
const SAMPLE = 20

/**
 * Reads a Movable Type export in UTF-8, as Movable Type, Hatena Blog, livedoor, FC2 and goo write it.
 *
 * @throws AppError `usage` where there is no such time zone
 */
export function movableTypeBatches(bytes: Buffer, context: ExportContext): () => AsyncIterable<ImportBatch> {
  const spans = movableTypeSpans(bytes).filter(
    ([start, end]) => bytes.toString('latin1', start, Math.min(end, start + 1_000)).trim() !== '',
  )
  const recordsAt = ([start, end]: (typeof spans)[number]) => movableTypeRecords(bytes.toString('utf8', start, end))
  const isHatena = isHatenaExport(spans.slice(0, SAMPLE).flatMap(span => (span[1] - span[0] > LONGEST_ENTRY ? [] : recordsAt(span))))
  const maker: EntryMaker = { ...context, wallTime: wallTime(context.timeZone), isHatena }
  return async function* () {
    const seen = new Set<string>()
    for (let from = 0; from < spans.length; from += BATCH) {
      const some = spans.slice(from, from + BATCH)
      const [fitting, tooLong] = [some.filter(isFitting), some.filter(span => !isFitting(span))]
      const long: LeftOut = { what: 'unreadable post', why: 'it is longer than 32 MB', count: tooLong.length }
      const { entries, skipped, nameless } = readRecords(fitting.flatMap(recordsAt), maker, seen)
      yield { entries, nameless, skipped: tooLong.length === 0 ? skipped : [...skipped, long], done: from + some.length, of: spans.length }
    }
  }
}

function isFitting([start, end]: readonly [number, number]): boolean {
  return end - start <= LONGEST_ENTRY
}

function readRecords(
  records: readonly MovableTypeRecord[],
  maker: EntryMaker,
  seen: Set<string>,
): Pick<ImportBatch, 'entries' | 'skipped'> & { readonly nameless: number } {
  const skipped: LeftOut[] = []
  let nameless = 0
  const entries = records.flatMap(record => {
    if (record.comments > 0) skipped.push({ what: 'comment', why: '', count: record.comments })
    if (record.trackbacks > 0) skipped.push({ what: 'trackback', why: '', count: record.trackbacks })
    const left = leftOutOf(record)
    const entry = left === undefined ? movableTypeEntry(record, maker) : undefined
    if (left !== undefined) skipped.push({ ...left, count: 1 })
    if (entry === undefined) return []
    if (seen.size < seen.add(entry.id).size) {
      if (isNameless(record, maker)) nameless++
      return [entry]
    }
    skipped.push({ what: 'repeated post', why: `the id ${entry.id.slice(0, 120)} stands in the file before`, count: 1 })
    return []
  })
  return { entries, skipped, nameless }
}
