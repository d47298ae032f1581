import type { Splice } from '../config/edit-yaml-list.ts'

// As `diff -u` has it.
const CONTEXT = 3

/** Gives a change of a file as `diff -u` shows it; empty where nothing changes. */
export function unifiedDiff(name: string, before: string, splices: readonly Splice[]): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const changes = changesOf(lines, splices)
  if (changes.length === 0) return ''
  const hunks = grouped(changes, (last, next) => next.from - last.to <= 2 * CONTEXT)
  let grown = 0
  const shown = hunks.map(hunk => {
    const text = describeHunk(lines, hunk, grown)
    grown += hunk.reduce((sum, { from, to, added }) => sum + added.length - (to - from), 0)
    return text
  })
  return [`--- ${name}`, `+++ ${name}`, ...shown].join('\n')
}

/** Lines `from` to `to` (exclusive, 0-based) that give way to others. */
interface Change {
  readonly from: number
  readonly to: number
  readonly added: readonly string[]
}

function changesOf(lines: readonly string[], splices: readonly Splice[]): readonly Change[] {
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length)
  const placed = splices.map(splice => ({ splice, ...linesOf(splice, starts) }))
  return grouped(placed, (last, next) => next.from < last.to || (next.from === last.to && last.from === last.to)).map(group => {
    const from = Math.min(...group.map(one => one.from))
    const to = Math.max(...group.map(one => one.to))
    const old = lines.slice(from, to)
    const offset = starts[from] ?? 0
    const text = group
      .toReversed()
      .reduce(
        (edited, { splice }) => edited.slice(0, splice.start - offset) + splice.text + edited.slice(splice.end - offset),
        old.join(''),
      )
    return withoutCommonEnds(from, old, text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
  })
}

/** Whole lines inserted between two lines touch neither. */
function linesOf({ start, end, text }: Splice, starts: readonly number[]): { readonly from: number; readonly to: number } {
  const between = starts.indexOf(start)
  if (start === end && between >= 0 && text.endsWith('\n')) return { from: between, to: between }
  const length = starts.at(-1) ?? 0
  const lineOf = (offset: number) => starts.findLastIndex(at => at <= Math.max(0, Math.min(offset, length - 1)))
  return { from: lineOf(start), to: Math.min(lineOf(Math.max(start, end - 1)) + 1, starts.length - 1) }
}

function withoutCommonEnds(from: number, old: readonly string[], added: readonly string[]): Change {
  const shorter = Math.min(old.length, added.length)
  let head = 0
  while (head < shorter && old[head] === added[head]) head++
  let tail = 0
  while (tail < shorter - head && old.at(-1 - tail) === added.at(-1 - tail)) tail++
  return { from: from + head, to: from + old.length - tail, added: added.slice(head, added.length - tail) }
}

function describeHunk(lines: readonly string[], changes: readonly Change[], grown: number): string {
  const from = Math.max(0, (changes[0]?.from ?? 0) - CONTEXT)
  const to = Math.min(lines.length, (changes.at(-1)?.to ?? 0) + CONTEXT)
  const shown: string[] = []
  let at = from
  for (const change of changes) {
    shown.push(
      ...marked(' ', lines.slice(at, change.from)),
      ...marked('-', lines.slice(change.from, change.to)),
      ...marked('+', change.added),
    )
    at = change.to
  }
  shown.push(...marked(' ', lines.slice(at, to)))
  const added = changes.reduce((sum, change) => sum + change.added.length - (change.to - change.from), 0)
  return [`@@ -${range(from, to - from)} +${range(from + grown, to - from + added)} @@`, ...shown].join('\n')
}

function marked(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map(line => (line.endsWith('\n') ? mark + line.slice(0, -1) : `${mark}${line}\n\\ No newline at end of file`))
}

/** An empty range is named by the line before it. */
function range(from: number, length: number): string {
  return `${length === 0 ? from : from + 1},${length}`
}

/** Puts neighbours together, in their order, for as long as each belongs to the one before it. */
function grouped<T>(values: readonly T[], belongs: (last: T, next: T) => boolean): readonly (readonly T[])[] {
  const groups: T[][] = []
  for (const value of values) {
    const [group, last] = [groups.at(-1), groups.at(-1)?.at(-1)]
    if (group !== undefined && last !== undefined && belongs(last, value)) group.push(value)
    else groups.push([value])
  }
  return groups
}
