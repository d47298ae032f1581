import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, parse as parseYamlText } from 'yaml'
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

/** Reads YAML 1.2 text; mistakes of syntax become problems with their place, and the data is then empty. */
export function readYaml(name: string, text: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const problems = document.errors.map((error): Problem => {
    const { line, col } = lines.linePos(error.pos[0])
    return { severity: 'error', file: name, line, column: col, message: `YAML: ${error.message}` }
  })
  const locate: YamlFile['locate'] = (path, at = 'value') => {
    const offset = offsetOf(document, path, at)
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  if (problems.length > 0) return { name, data: {}, problems, locate }
  return { name, locate, ...topLevel(name, document) }
}

/** Reads YAML text that stands on its own, such as front matter, as plain data. Throws what the parser throws. */
export function parseYaml(text: string): unknown {
  return parseYamlText(text, { maxAliasCount: MAX_ALIASES, logLevel: 'silent' })
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
    const message = `YAML: ${error instanceof Error ? error.message : String(error)}`
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
