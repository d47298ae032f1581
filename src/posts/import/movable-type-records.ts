import { AppError } from '../../domain/app-error.ts'

/** One entry of a Movable Type export, its keys and sections as written. */
export interface MovableTypeRecord {
  /** By key in capitals; several lines of one key in order. */
  readonly fields: ReadonlyMap<string, readonly string[]>
  /** By name in capitals, without comments. */
  readonly sections: ReadonlyMap<string, string>
  readonly comments: number
  readonly trackbacks: number
}

const SECTION_NAMES = ['BODY', 'EXTENDED BODY', 'EXCERPT', 'KEYWORDS', 'COMMENT', 'PING'] as const
const KEYS = [
  ...['AUTHOR', 'AUTHOR EMAIL', 'TITLE', 'BASENAME', 'STATUS', 'DATE', 'CATEGORY', 'PRIMARY CATEGORY', 'TAGS', 'NO ENTRY', 'IMAGE'],
  ...['ALLOW COMMENTS', 'ALLOW PINGS', 'CONVERT BREAKS', 'PERMALINK', 'UNIQUE URL', 'URL', 'PATH', 'MODIFIED', 'MODIFIED DATE'],
] as const

const KEY = new RegExp(`^(${KEYS.join('|')}):[ \\t]?(.*)$`)
const SECTION = new RegExp(`^(${SECTION_NAMES.join('|')}):[ \\t]*(.*)$`)
const SECTION_END = /^-----\s*$/
const ENTRY_END = /^--------\s*$/
// What an entry begins with in the exports of Movable Type, Hatena, livedoor, FC2, goo and Seesaa.
const FIRST_KEY = /^(?:AUTHOR|TITLE):/
/** How much is looked at to tell an export from any other text, in bytes. */
const HEAD_BYTES = 64_000
// Each takes memory before it is read.
const MOST_ENTRIES = 2_000_000

/** Tells whether a document in UTF-8 is a Movable Type export: it begins with a key and goes on with another or a line of dashes. */
export function isMovableType(bytes: Buffer): boolean {
  const lines = bytes
    .toString('utf8', 0, HEAD_BYTES)
    .split(/\r?\n/, 200)
    .filter(line => line.trim() !== '')
  return KEY.test(lines[0] ?? '') && lines.slice(1).some(line => KEY.test(line) || SECTION_END.test(line))
}

/**
 * Where the entries of an export lie, in bytes: between lines of eight dashes that an entry or the end follows.
 *
 * @throws AppError `feed-unreadable` where there are more than two million
 */
export function movableTypeSpans(bytes: Buffer): readonly (readonly [start: number, end: number])[] {
  const spans: (readonly [number, number])[] = []
  let start = 0
  for (let at = bytes.indexOf('\n--------'); at >= 0; at = bytes.indexOf('\n--------', at + 1)) {
    const lineEnd = endOfLine(bytes, at + 1)
    if (!ENTRY_END.test(bytes.toString('latin1', at + 1, Math.min(lineEnd, at + 100))) || !isEntryNext(bytes, lineEnd)) continue
    spans.push([start, at + 1])
    start = lineEnd
    if (spans.length > MOST_ENTRIES) throw new AppError('feed-unreadable', `expected at most ${MOST_ENTRIES} entries in one export`)
  }
  spans.push([start, bytes.length])
  return spans
}

/**
 * Reads the entries within a stretch of an export: one, or several where the lines between them are missing. A line of
 * five dashes ends a section only where another section, an entry or the end follows; otherwise the author drew it.
 */
export function movableTypeRecords(text: string): readonly MovableTypeRecord[] {
  const lines = text.split('\n').map(line => (line.endsWith('\r') ? line.slice(0, -1) : line))
  const following = followingLines(lines)
  const records: RecordWriter[] = []
  let record: RecordWriter | undefined
  for (const [index, line] of lines.entries()) {
    const isDashes = SECTION_END.test(line) || ENTRY_END.test(line)
    const next = following[index]
    const isDrawn = isDashes && next !== undefined && !SECTION.test(next) && !FIRST_KEY.test(next)
    if (record?.isInText() === true && (!isDashes || isDrawn)) record.addText(line)
    else if (isDashes) record = next !== undefined && FIRST_KEY.test(next) ? undefined : endSection(record)
    else {
      if (record === undefined && KEY.test(line)) {
        record = new RecordWriter()
        records.push(record)
      }
      record?.addLine(line)
    }
  }
  return records.map(writer => writer.record())
}

function endSection(record: RecordWriter | undefined): RecordWriter | undefined {
  record?.endSection()
  return record
}

class RecordWriter {
  private readonly fields = new Map<string, string[]>()
  private readonly sections = new Map<string, string[]>()
  private readonly counts = { COMMENT: 0, PING: 0 }
  private section: string | undefined
  private isPastFields = false

  isInText(): boolean {
    return this.section !== undefined
  }

  /** A key, or the line that begins a section. */
  addLine(line: string): void {
    const [, section, rest = ''] = SECTION.exec(line) ?? []
    const [, key, value = ''] = this.isPastFields ? [] : (KEY.exec(line) ?? [])
    if (section !== undefined) this.beginSection(section, rest)
    else if (key !== undefined) append(this.fields, key, value.trim())
  }

  addText(line: string): void {
    if (this.section !== undefined) this.sections.get(this.section)?.push(line)
  }

  endSection(): void {
    this.section = undefined
    this.isPastFields = true
  }

  record(): MovableTypeRecord {
    const sections = new Map([...this.sections].map(([name, lines]) => [name, lines.join('\n').trim()]))
    return { fields: this.fields, sections, comments: this.counts.COMMENT, trackbacks: this.counts.PING }
  }

  private beginSection(name: string, rest: string): void {
    this.section = name
    if (name === 'COMMENT' || name === 'PING') this.counts[name]++
    else append(this.sections, name, rest)
  }
}

function append(lists: Map<string, string[]>, name: string, value: string): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [value])
  else list.push(value)
}

/** For every line the one after it that says something; gathered from the end, as dashes may follow dashes by the million. */
function followingLines(lines: readonly string[]): readonly (string | undefined)[] {
  const following: (string | undefined)[] = new Array(lines.length)
  let next: string | undefined
  for (let index = lines.length - 1; index >= 0; index--) {
    following[index] = next
    const line = lines[index] ?? ''
    if (line.trim() !== '' && !ENTRY_END.test(line)) next = line
  }
  return following
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf('\n', from)
  return end < 0 ? bytes.length : end + 1
}

/** Only white space may stand between two entries. */
function isEntryNext(bytes: Buffer, from: number): boolean {
  let at = from
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at++
  return at === bytes.length || KEY.test(bytes.toString('latin1', at, Math.min(endOfLine(bytes, at), at + 40)).trimEnd())
}
