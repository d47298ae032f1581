import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  parse as parseYamlText,
  visit,
} from 'yaml'
import type { Problem } from './config.ts'

/** A YAML file with the means to say where in it something stands. */
export interface YamlFile {
  readonly name: string
  /** The top-level mapping as plain data; empty when the file is empty or broken. */
  readonly data: Readonly<Record<string, unknown>>
  readonly problems: readonly Problem[]
  /** Line and column, 1-based, of the value at a path, or of the nearest thing that contains it. */
  readonly locate: (path: readonly PropertyKey[], at?: 'key' | 'value') => { readonly line: number; readonly column: number }
}

// Aliases multiply: 100 are plenty for people, and stop a billion-laughs file.
const MAX_ALIASES = 100
// Thousands of outlets; much more takes the parser minutes.
const MAX_CHARACTERS = 1_000_000
// One slip leads to others; the later ones say nothing new.
const MAX_MISTAKES = 5

/** Reads YAML 1.2 text; mistakes of syntax become problems with their place, and the data is then empty. */
export function readYaml(name: string, text: string): YamlFile {
  const unfit = unfitness(text)
  if (unfit !== undefined) {
    const place = { line: unfit.line, column: unfit.column }
    return { name, data: {}, problems: [{ severity: 'error', file: name, ...unfit }], locate: () => place }
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const problems = document.errors.slice(0, MAX_MISTAKES).map((error): Problem => {
    const { line, col } = lines.linePos(error.pos[0])
    return { severity: 'error', file: name, line, column: col, message: `YAML: ${plainly(error)}` }
  })
  const locate: YamlFile['locate'] = (path, at = 'value') => {
    const offset = offsetOf(document, path, at)
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  if (problems.length > 0) return { name, data: {}, problems, locate }
  const loose = looseAlias(document)
  if (loose !== undefined) {
    const { line, col } = lines.linePos(loose.offset)
    const message = `YAML: expected an alias of something above it, got *${loose.name}`
    return { name, data: {}, problems: [{ severity: 'error', file: name, line, column: col, message }], locate }
  }
  return { name, locate, ...topLevel(name, document) }
}

/** Reads YAML text that stands on its own, such as front matter, as plain data. Throws what the parser throws. */
export function parseYaml(text: string): unknown {
  // When silent, the parser keeps mistakes to itself and gives what it could read.
  return parseYamlText(text, { maxAliasCount: MAX_ALIASES, logLevel: 'error' })
}

function unfitness(text: string): Pick<Problem, 'line' | 'column' | 'message'> | undefined {
  if (text.length > MAX_CHARACTERS) {
    return { line: 1, column: 1, message: `expected at most ${MAX_CHARACTERS} characters, got ${text.length}` }
  }
  // The decoder puts U+FFFD for bytes that are not UTF-8.
  const at = text.indexOf('\uFFFD')
  if (at < 0) return undefined
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, message: 'expected UTF-8, got another encoding' }
}

/** What the parser says to programmers, in the operator's words. */
function plainly({ code, message }: Document.Parsed['errors'][number]): string {
  if (code === 'MULTIPLE_DOCS') return 'expected one document, got a second one after "---"'
  return message.startsWith('Maximum call stack') ? 'expected fewer brackets within brackets' : message
}

/** The first alias whose anchor does not stand above it. */
function looseAlias(document: Document.Parsed): { readonly name: string; readonly offset: number } | undefined {
  const anchors = new Set<string>()
  let loose: { readonly name: string; readonly offset: number } | undefined
  visit(document, (_, node) => {
    if (isAlias(node) && !anchors.has(node.source)) {
      loose = { name: node.source, offset: node.range?.[0] ?? 0 }
      return visit.BREAK
    }
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.add(node.anchor)
    return undefined
  })
  return loose
}

function topLevel(name: string, document: Document.Parsed): Pick<YamlFile, 'data' | 'problems'> {
  if (document.contents === null) return { data: {}, problems: [] }
  if (!isMap(document.contents)) {
    const message = 'expected keys such as "outlets:" at the top level, got a list or a single value'
    return { data: {}, problems: [{ severity: 'error', file: name, line: 1, column: 1, message }] }
  }
  try {
    return { data: document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>, problems: [] }
  } catch (error) {
    // Of aliases that multiply; the parser counts what they unfold to.
    if (!(error instanceof ReferenceError)) throw error
    const message = `YAML: expected aliases (*name) that repeat little, got more than ${MAX_ALIASES} repetitions`
    return { data: {}, problems: [{ severity: 'error', file: name, line: 1, column: 1, message }] }
  }
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], at: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length--) {
    const known = path.slice(0, length)
    const wantKey = length < path.length || at === 'key'
    const offset = (wantKey ? keyOffset(document, known) : undefined) ?? valueOffset(document, known)
    if (offset !== undefined) return offset
  }
  return 0
}

function valueOffset(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  const node = document.getIn(path, true)
  return isNode(node) ? node.range?.[0] : undefined
}

function keyOffset(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const key = path.at(-1)
  const pair = parent.items.find(item => isPair(item) && isScalar(item.key) && item.key.value === key)
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}
