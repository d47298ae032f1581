import type { OperatorPair, Problem } from './config.ts'

const MAX_COLUMNS = 8

/**
 * Reads `pairs.csv` (RFC 4180 quoting): address of the post, address of its original, further columns are notes.
 * An original of `none` says that the post translates nothing. A first line without addresses is a heading;
 * empty lines and lines that begin with `#` are skipped. A line that cannot be read is a problem; the others count.
 */
export function readPairs(name: string, text: string): { readonly pairs: readonly OperatorPair[]; readonly problems: readonly Problem[] } {
  const pairs: OperatorPair[] = []
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    const [postUrl = '', originalUrl = ''] = cellsOf(line)
    if (index === 0 && !isAddress(postUrl) && !isAddress(originalUrl)) continue
    const fault = faultOf(postUrl, originalUrl, seen)
    if (fault === undefined) {
      seen.set(postUrl, index + 1)
      pairs.push({ postUrl, originalUrl: originalUrl === 'none' ? null : originalUrl, where: `${name}:${index + 1}` })
    } else problems.push({ severity: 'error', file: name, line: index + 1, column: fault.column, message: fault.message })
  }
  return { pairs, problems }
}

function faultOf(postUrl: string, originalUrl: string, seen: ReadonlyMap<string, number>): { column: number; message: string } | undefined {
  if (!isAddress(postUrl)) return { column: 1, message: `expected the address of a post, got "${postUrl}"` }
  if (originalUrl !== 'none' && !isAddress(originalUrl)) {
    return { column: postUrl.length + 2, message: `expected the address of the original or "none", got "${originalUrl}"` }
  }
  const first = seen.get(postUrl)
  return first === undefined ? undefined : { column: 1, message: `expected each post once, got ${postUrl} here and in line ${first}` }
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}

function cellsOf(line: string): string[] {
  const cells: string[] = []
  let rest = line
  while (cells.length < MAX_COLUMNS) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*(?:,|$)/.exec(rest)
    const cell = quoted ?? /^([^,]*)(?:,|$)/.exec(rest)
    cells.push((cell?.[1] ?? '').replaceAll('""', '"').trim())
    const end = cell?.[0] ?? rest
    if (!end.endsWith(',')) return cells
    rest = rest.slice(end.length)
  }
  return cells
}
