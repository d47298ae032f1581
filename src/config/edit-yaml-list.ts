import { type Document, isMap, isNode, isPair, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { blockItem, flowItem, type ListItem } from './write-yaml-item.ts'

/** A change of a text: what stands from `start` to `end` (UTF-16 offsets, end exclusive) gives way to `text`. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A list of a YAML file, and what goes to its end. */
export interface ListEdit {
  readonly text: string
  /** The text, parsed with its source tokens kept. */
  readonly document: Document.Parsed
  /** Where the list is, or would be. */
  readonly path: readonly (string | number)[]
  /** At least one. */
  readonly items: readonly ListItem[]
  /** Stands above each item, where items have lines of their own. */
  readonly comment?: string
  /** Another edit begins a list at the end of the file, which this one is to stand behind. */
  readonly isSecond?: boolean
}

/**
 * Finds what to insert where, so that a list has further items at its end. All that stands in the file stays as it is,
 * and the new items are written as their neighbours are: block or flow style, indentation, blank lines, line ends.
 * Undefined where the list is written in a way that cannot be added to, such as through an alias.
 */
export function appendItems(edit: ListEdit): Splice | undefined {
  const { document, path, text } = edit
  const key = String(path.at(-1))
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (path.length === 1 && parent === null) return newListAtEndOfFile(edit, key)
  if (!isMap(parent)) return undefined
  const pair = parent.items.find(candidate => isNode(candidate.key) && String(candidate.key) === key)
  if (pair === undefined) return newList(edit, parent, key)
  if (!isSeq(pair.value)) return undefined
  if (pair.value.flow !== true) return behindLastItem(edit, pair.value)
  const isEmptyInBlock = pair.value.items.length === 0 && parent.flow !== true
  return (isEmptyInBlock ? inPlaceOfBrackets(edit, pair, columnOf(text, startOf(parent))) : undefined) ?? insideBrackets(edit, pair.value)
}

function behindLastItem(edit: ListEdit, list: YAMLSeq): Splice | undefined {
  const { text } = edit
  const dashes = dashesOf(list)
  const [dash, last] = [dashes.at(-1), list.items.at(-1)]
  if (dash === undefined) return undefined
  const column = columnOf(text, dash)
  const at = behindComments(text, lineBehind(text, endOf(last)), column + 1)
  const isFlow = isMap(last) && last.flow === true
  const hasGaps = dashes.length > 1 ? hasGapAbove(text, dash) : edit.comment !== undefined && !isFlow
  const lines = itemLines(edit, { column, isFlow, hasGaps })
  return insertedLines(text, at, hasGaps ? ['', ...lines] : lines)
}

function insideBrackets({ text, items }: ListEdit, list: YAMLSeq): Splice {
  const last = list.items.at(-1)
  const written = items.map(flowItem)
  if (last === undefined) return insertion(startOf(list) + 1, written.join(', '))
  const margin = text.slice(lineStart(text, startOf(last)), startOf(last))
  const hasOwnLine = /^\s*$/.test(margin) && startOf(list) < startOf(last) - margin.length
  const separator = hasOwnLine ? `,${lineEndOf(text)}${margin}` : ', '
  return insertion(endOf(last), written.map(item => separator + item).join(''))
}

/** `key: []` becomes `key:` with lines under it; undefined where the brackets hold a comment, or do not follow the key at once. */
function inPlaceOfBrackets(edit: ListEdit, pair: Pair, column: number): Splice | undefined {
  const { text } = edit
  const [keyEnd, start, end] = [endOf(pair.key), startOf(pair.value), endOf(pair.value)]
  if (!/^: *$/.test(text.slice(keyEnd, start)) || !/^\[\s*\]$/.test(text.slice(start, end))) return undefined
  const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? ''
  return { start: keyEnd + 1, end: end + rest.length, text: [rest.trimEnd(), ...listLines(edit, column)].join(lineEndOf(text)) }
}

function newList(edit: ListEdit, parent: YAMLMap, key: string): Splice {
  const { text, path, items } = edit
  if (parent.flow === true) {
    const last = parent.items.at(-1)
    const list = `${key}: [${items.map(flowItem).join(', ')}]`
    return last === undefined ? insertion(startOf(parent) + 1, ` ${list} `) : insertion(endOf(last), `, ${list}`)
  }
  if (path.length === 1) return newListAtEndOfFile(edit, key)
  const column = columnOf(text, startOf(parent))
  const at = behindComments(text, lineBehind(text, endOf(parent)), column)
  return insertedLines(text, at, [`${' '.repeat(column)}${key}:`, ...listLines(edit, column)])
}

/** Behind the comments at the end, too: they are about what stands above. */
function newListAtEndOfFile(edit: ListEdit, key: string): Splice {
  const { text, isSecond = false } = edit
  const lines = [`${key}:`, ...listLines(edit, 0)]
  const hasGap = !isSecond && /^\ufeff?$|\n\r?\n$/.test(text)
  return insertedLines(text, text.length, hasGap ? lines : ['', ...lines])
}

function listLines(edit: ListEdit, column: number): readonly string[] {
  return itemLines(edit, { column: column + stepOf(edit), isFlow: false, hasGaps: edit.comment !== undefined })
}

function itemLines(
  edit: ListEdit,
  { column, isFlow, hasGaps }: { readonly column: number; readonly isFlow: boolean; readonly hasGaps: boolean },
): readonly string[] {
  const margin = ' '.repeat(column)
  return edit.items.flatMap((item, nth) => [
    ...(hasGaps && nth > 0 ? [''] : []),
    ...(edit.comment === undefined ? [] : [`${margin}# ${edit.comment}`]),
    ...(isFlow ? [`${margin}- ${flowItem(item)}`] : blockItem(item, column, stepOf(edit))),
  ])
}

/** Columns from a key to the dashes under it, as the outermost list that the edit is in has it; 2 where it shows none. */
function stepOf({ document, path, text }: ListEdit): number {
  const list = document.get(String(path[0]), true)
  const dash = isSeq(list) ? dashesOf(list)[0] : undefined
  return dash === undefined ? 2 : columnOf(text, dash) - columnOf(text, startOf(document.contents))
}

/** Offsets of the dashes of a block list; empty for one in brackets. */
function dashesOf(list: YAMLSeq): readonly number[] {
  const token = list.srcToken
  if (token?.type !== 'block-seq') return []
  return token.items.flatMap(({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset ?? [])
}

function startOf(node: unknown): number {
  const first = isMap(node) && node.flow !== true ? node.items[0]?.key : undefined
  return isNode(first) ? (first.range?.[0] ?? 0) : isNode(node) ? (node.range?.[0] ?? 0) : 0
}

/** Behind the last character of what a node says; comments and blank lines after it do not count. */
function endOf(node: unknown): number {
  let last = node
  for (;;) {
    if (isPair(last)) last = isNode(last.value) ? last.value : last.key
    else if ((isMap(last) || isSeq(last)) && last.flow !== true && last.items.length > 0) last = last.items.at(-1)
    else return isNode(last) ? (last.range?.[1] ?? 0) : 0
  }
}

/** Comment lines that follow at once and are indented by `column` or more are about what stands above them. */
function behindComments(text: string, from: number, column: number): number {
  const comment = /( *)#[^\n]*(?:\n|$)/y
  for (let at = from; ; at = comment.lastIndex) {
    comment.lastIndex = at
    if ((comment.exec(text)?.[1]?.length ?? -1) < column) return at
  }
}

/** Whether a blank line stands above an item, or above the comments that lead it. */
function hasGapAbove(text: string, dash: number): boolean {
  for (let end = lineStart(text, dash); end > 0; end = lineStart(text, end - 1)) {
    const line = text.slice(lineStart(text, end - 1), end).trim()
    if (!line.startsWith('#')) return line === ''
  }
  return false
}

function insertion(at: number, text: string): Splice {
  return { start: at, end: at, text }
}

/** @param at the beginning of a line, or the end of a text whose last line is not ended */
function insertedLines(text: string, at: number, lines: readonly string[]): Splice {
  const lineEnd = lineEndOf(text)
  const isLineStart = at === 0 || text[at - 1] === '\n' || text.slice(0, at) === '\ufeff'
  return insertion(at, isLineStart ? lines.map(line => line + lineEnd).join('') : lines.map(line => lineEnd + line).join(''))
}

function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** Where the line after the one that ends or goes on at `offset` begins; the end of the text where there is none. */
function lineBehind(text: string, offset: number): number {
  // A block scalar ends with its last line.
  if (text[offset - 1] === '\n') return offset
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  return start === 0 && text.startsWith('\ufeff') ? 1 : start
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset)
}
