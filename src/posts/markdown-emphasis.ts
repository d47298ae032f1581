/** The text of a block as it is rendered, with the marks of emphasis that are still open. */
export interface Emphasis {
  readonly parts: string[]
  readonly open: Mark[]
  /** Open marks by their character: without it every mark that closes nothing would search the whole stack. */
  readonly openOf: Map<string, number>
}

interface Mark {
  readonly character: string
  readonly part: number
  left: number
  tags: string
}

const LETTER = /[\p{L}\p{N}]/u

/** Nothing rendered yet. */
export function noEmphasis(): Emphasis {
  return { parts: [], open: [], openOf: new Map() }
}

/** Adds a run of `*` or `_`: it closes what it can, then opens, and is text where it does neither. */
export function addMarks(emphasis: Emphasis, run: string, before: string, after: string): void {
  const character = run.charAt(0)
  const opens = after.trim() !== '' && (character === '*' || !LETTER.test(before))
  const closes = before.trim() !== '' && (character === '*' || !LETTER.test(after))
  const left = closes ? closeMarks(emphasis, character, run.length) : run.length
  if (left > 0 && opens) push(emphasis, { character, part: emphasis.parts.push('') - 1, left, tags: '' })
  else emphasis.parts.push(character.repeat(left))
}

/** The whole text; marks still open are characters. */
export function finished(emphasis: Emphasis): string {
  while (emphasis.open.length > 0) pop(emphasis)
  return emphasis.parts.join('')
}

/** @returns how many characters of the run closed nothing */
function closeMarks(emphasis: Emphasis, character: string, length: number): number {
  let left = length
  while (left > 0 && (emphasis.openOf.get(character) ?? 0) > 0) {
    // Marks opened within, and never closed, are text.
    while (emphasis.open.at(-1)?.character !== character) pop(emphasis)
    const mark = emphasis.open.at(-1)
    if (mark === undefined) break
    const size = Math.min(left, mark.left) > 1 ? 2 : 1
    const name = size === 2 ? 'strong' : 'em'
    mark.tags = `<${name}>${mark.tags}`
    emphasis.parts.push(`</${name}>`)
    mark.left -= size
    left -= size
    if (mark.left === 0) pop(emphasis)
  }
  return left
}

function push(emphasis: Emphasis, mark: Mark): void {
  emphasis.open.push(mark)
  emphasis.openOf.set(mark.character, (emphasis.openOf.get(mark.character) ?? 0) + 1)
}

function pop({ parts, open, openOf }: Emphasis): void {
  const mark = open.pop()
  if (mark === undefined) return
  parts[mark.part] = mark.character.repeat(mark.left) + mark.tags
  openOf.set(mark.character, (openOf.get(mark.character) ?? 1) - 1)
}
