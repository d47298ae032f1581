/** Opening offset to closing offset of every pair of `[` and `]` that is not escaped by a backslash. */
export function pairedSquareBrackets(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>()
  const open: number[] = []
  for (const { 0: character, index } of text.matchAll(/\\[\s\S]|[[\]]/g)) {
    if (character === '[') open.push(index)
    const start = character === ']' ? open.pop() : undefined
    if (start !== undefined) pairs.set(start, index)
  }
  return pairs
}

/** Start to end of every code span and HTML comment. */
export function literalSpans(text: string): ReadonlyMap<number, number> {
  const spans = codeSpans(text)
  for (let start = text.indexOf('<!--'); start >= 0; ) {
    const end = text.indexOf('-->', start + 4)
    if (end < 0) break
    spans.set(start, end + 3)
    start = text.indexOf('<!--', end + 3)
  }
  return spans
}

/** A run of backticks is closed by the next run of the same length. */
function codeSpans(text: string): Map<number, number> {
  const spans = new Map<number, number>()
  const runs = [...text.matchAll(/`+/g)]
  const nextOfLength = new Map<number, number>()
  const closers = new Map<number, number>()
  for (const [index, run] of [...runs.entries()].reverse()) {
    const closer = nextOfLength.get(run[0].length)
    if (closer !== undefined) closers.set(index, closer)
    nextOfLength.set(run[0].length, index)
  }
  for (let index = 0; index < runs.length; index++) {
    const closer = closers.get(index)
    const [start, end] = [runs[index], closer === undefined ? undefined : runs[closer]]
    if (start === undefined || end === undefined || closer === undefined) continue
    spans.set(start.index, end.index + end[0].length)
    index = closer
  }
  return spans
}
