/** A bracketed part of a title that stands in no other bracket or quotation; offsets are UTF-16 units. */
export interface Group {
  readonly start: number
  /** Behind the closing bracket. */
  readonly end: number
  /** What stands between the brackets. */
  readonly inner: string
}

/** A run of dash characters outside brackets and quotations. */
export interface Dash {
  readonly start: number
  readonly end: number
  /**
   * `long` (― — ─) separates wherever it stands; `short` (– － -- " - " and a free-standing ー) is one by its
   * surroundings; `doubtful` could belong to a word and separates only right behind a cited outlet.
   */
  readonly strength: 'long' | 'short' | 'doubtful'
}

/** The top level of a title, in order of appearance. */
export interface TitleStructure {
  readonly groups: readonly Group[]
  readonly dashes: readonly Dash[]
  /** Offsets of `:` and `：`. */
  readonly colons: readonly number[]
}

const OPEN_TO_KIND: ReadonlyMap<string, string> = new Map(
  Object.entries({ '(': '(', '（': '(', '[': '[', '［': '[', '【': '【', '〔': '〔', '＜': '＜', '〈': '〈', '《': '《' }),
)
const CLOSE_TO_KIND: ReadonlyMap<string, string> = new Map(
  Object.entries({ ')': '(', '）': '(', ']': '[', '］': '[', '】': '【', '〕': '〔', '＞': '＜', '〉': '〈', '》': '《' }),
)
const OPEN_QUOTES: ReadonlyMap<string, string> = new Map(Object.entries({ '「': '「', '『': '『', '“': '“', '〝': '〝' }))
const CLOSE_QUOTES: ReadonlyMap<string, string> = new Map(Object.entries({ '」': '「', '』': '『', '”': '“', '〟': '〝' }))

// The three kinds never join into one run: in "レーダー―" the first mark belongs to the word.
const DASH_RUN = /[―—─]+|[–－‐‑−-]+|[ーｰ]+/y
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}ーｰ〜～]/u
const LATIN_OR_DIGIT = /[\p{Script=Latin}\p{N}]/u

/**
 * Takes a title apart at its top level. Brackets of either width close each other; a bracket or quotation that is
 * never closed is an ordinary character. Linear in the length of the title.
 */
export function titleStructure(title: string): TitleStructure {
  const pairs = pairedBrackets(title)
  const groups: Group[] = []
  const dashes: Dash[] = []
  const colons: number[] = []
  let at = 0
  while (at < title.length) {
    const close = pairs.get(at)
    if (close !== undefined) {
      if (OPEN_TO_KIND.has(title.charAt(at))) groups.push({ start: at, end: close + 1, inner: title.slice(at + 1, close) })
      at = close + 1
      continue
    }
    const run = dashRunAt(title, at)
    if (run > at) dashes.push({ start: at, end: run, strength: strengthOf(title, at, run) })
    else if (title[at] === ':' || title[at] === '：') colons.push(at)
    at = Math.max(run, at + 1)
  }
  return { groups, dashes, colons }
}

/** Opening offset to closing offset of everything that is closed. */
function pairedBrackets(title: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>()
  const open: { readonly kind: string; readonly at: number }[] = []
  const openOfKind = new Map<string, number>()
  for (let at = 0; at < title.length; at++) {
    const character = title.charAt(at)
    const closes = closedKind(character, openOfKind)
    if (closes !== undefined) {
      // What is still open inside was never closed; each element is popped once, so this stays linear.
      for (let top = open.pop(); top !== undefined; top = open.pop()) {
        openOfKind.set(top.kind, (openOfKind.get(top.kind) ?? 1) - 1)
        if (top.kind !== closes) continue
        pairs.set(top.at, at)
        break
      }
      continue
    }
    const opens = OPEN_TO_KIND.get(character) ?? OPEN_QUOTES.get(character) ?? (character === '"' ? '"' : undefined)
    if (opens === undefined) continue
    open.push({ kind: opens, at })
    openOfKind.set(opens, (openOfKind.get(opens) ?? 0) + 1)
  }
  return pairs
}

/** The kind a character closes, where something of that kind is open. */
function closedKind(character: string, openOfKind: ReadonlyMap<string, number>): string | undefined {
  const kind = CLOSE_TO_KIND.get(character) ?? CLOSE_QUOTES.get(character) ?? (character === '"' ? '"' : undefined)
  return kind !== undefined && (openOfKind.get(kind) ?? 0) > 0 ? kind : undefined
}

function dashRunAt(title: string, at: number): number {
  DASH_RUN.lastIndex = at
  return DASH_RUN.test(title) ? DASH_RUN.lastIndex : at
}

function strengthOf(title: string, start: number, end: number): Dash['strength'] {
  const [mark, before, after] = [title.charAt(start), title.charAt(start - 1), title.charAt(end)]
  if (mark === '―' || mark === '—' || mark === '─') return 'long'
  if (mark === 'ー' || mark === 'ｰ') return before === '' || KANA.test(before) ? 'doubtful' : 'short'
  if (end - start > 1 || (isSpaceOrEdge(before) && isSpaceOrEdge(after))) return 'short'
  const joinsWords = mark !== '–' && mark !== '－' ? true : LATIN_OR_DIGIT.test(before) && LATIN_OR_DIGIT.test(after)
  return joinsWords ? 'doubtful' : 'short'
}

function isSpaceOrEdge(character: string): boolean {
  return character.trim() === ''
}
