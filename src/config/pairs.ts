import type { OperatorPair, Problem } from './config.ts'

/**
 * Reads `pairs.csv`: address of the post, address of its original, further columns are notes. A row is a line, so that
 * a quote left open spoils no more than its own; within it cells are quoted as in RFC 4180 §2.
 * An original of `none` says that the post translates nothing. A first row without addresses is a heading;
 * empty lines and lines that begin with `#` are skipped. A row that cannot be read is a problem; the others count.
 */
export function readPairs(name: string, text: string): { readonly pairs: readonly OperatorPair[]; readonly problems: readonly Problem[] } {
  const pairs: OperatorPair[] = []
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  for (const [index, { line, cells }] of rowsOf(text).entries()) {
    const [post, original] = cells
    if (index === 0 && !isAddress(post.text) && !isAddress(original.text)) continue
    const fault = faultOf(post, original, seen)
    if (fault !== undefined) {
      problems.push({ severity: 'error', file: name, line, ...fault })
      continue
    }
    seen.set(post.text, line)
    pairs.push({ postUrl: post.text, originalUrl: original.text === 'none' ? null : original.text, where: `${name}:${line}` })
  }
  return { pairs, problems }
}

function faultOf(post: Cell, original: Cell, seen: ReadonlyMap<string, number>): Pick<Problem, 'column' | 'message'> | undefined {
  if (!isAddress(post.text)) return { column: post.column, message: `expected the address of a post, got "${post.text}"` }
  if (original.text !== 'none' && !isAddress(original.text)) {
    return { column: original.column, message: `expected the address of the original or "none", got "${original.text}"` }
  }
  const first = seen.get(post.text)
  if (first === undefined) return undefined
  return { column: post.column, message: `expected each post once, got ${post.text} here and in line ${first}` }
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}

interface Row {
  readonly line: number
  readonly cells: readonly [post: Cell, original: Cell]
}

/** A cell's text, trimmed, and the column, 1-based, it begins in. */
interface Cell {
  readonly column: number
  readonly text: string
}

function rowsOf(text: string): readonly Row[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  // Spreadsheets write rows they hold empty as commas.
  return lines.flatMap((line, index) => (/^(?:\s*#|[\s,]*$)/.test(line) ? [] : [{ line: index + 1, cells: firstTwoCells(line) }]))
}

function firstTwoCells(line: string): Row['cells'] {
  const post = cellAt(line, 0)
  return [post.cell, cellAt(line, post.end).cell]
}

function cellAt(line: string, start: number): { readonly cell: Cell; readonly end: number } {
  const rest = line.slice(start)
  const quoted = /^\s*"((?:[^"]|"")*)"\s*(?:,|$)/.exec(rest)
  const [whole, text = ''] = quoted ?? /^([^,]*),?/.exec(rest) ?? [rest, rest]
  return {
    cell: { column: start + 1, text: (quoted === null ? text : text.replaceAll('""', '"')).trim() },
    end: start + whole.length,
  }
}
