/** A file's text, divided. */
export type DividedFile =
  | {
      readonly kind: 'divided'
      readonly fields: FrontMatter
      readonly body: string
    }
  | { readonly kind: 'problem'; readonly line: number; readonly message: string }

/** The front matter of one file; empty where the file has none. */
export interface FrontMatter {
  readonly data: Readonly<Record<string, unknown>>
  /** 1-based line of a top-level key, or 1. */
  readonly lineOf: (key: string) => number
}

/** A value with the key it was found under. */
export interface Found {
  readonly key: string
  readonly value: unknown
}

const FENCE = /^---[ \t]*$/
const CLOSING_FENCE = /^(?:---|\.\.\.)[ \t]*$/
const EXPECTED = 'expected YAML front matter between two lines of ---'

/**
 * Divides the text of a file into front matter and body. Front matter is YAML between `---` lines at the very top;
 * TOML (`+++`), JSON (`{`), a missing end and YAML that is no mapping are problems that say what is expected.
 *
 * @param parseYaml may throw; the message, and the line where the error carries `linePos`, are passed on
 */
export function divideFile(text: string, parseYaml: (text: string) => unknown): DividedFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
  const first = lines[0] ?? ''
  if (/^\+\+\+[ \t]*$/.test(first)) return problem(1, `${EXPECTED}, got TOML (+++)`)
  if (/^\{\s*(?:"|$)/.test(first)) return problem(1, `${EXPECTED}, got JSON ({)`)
  if (!FENCE.test(first)) return { kind: 'divided', fields: { data: {}, lineOf: () => 1 }, body: lines.join('\n') }
  const end = lines.findIndex((line, index) => index > 0 && CLOSING_FENCE.test(line))
  if (end < 0) return problem(1, `${EXPECTED}, got no second one`)
  return readFields(lines.slice(1, end), lines.slice(end + 1).join('\n'), parseYaml)
}

/** Finds the first of `keys` that holds something; `a.b` reads `b` of the mapping `a` where no key is spelt so. */
export function found({ data }: FrontMatter, keys: readonly string[]): Found | undefined {
  return allFound({ data }, keys)[0]
}

/** Finds all of `keys` that hold something, in the order of `keys`. */
export function allFound({ data }: Pick<FrontMatter, 'data'>, keys: readonly string[]): readonly Found[] {
  const values = keys.map(key => ({ key, value: own(data, key) ?? key.split('.').reduce<unknown>(own, data) }))
  return values.filter(({ value }) => value !== undefined && value !== null && value !== '')
}

/** Gives a scalar as trimmed text; undefined for anything else and for blank text. */
export function textOfValue(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return String(value).trim() || undefined
}

/** Gives the texts of a list, or of one text in which commas divide. */
export function textsOfValue(value: unknown): readonly string[] {
  const values = Array.isArray(value) ? value : (textOfValue(value)?.split(/[,、，]/) ?? [])
  return values.flatMap(item => textOfValue(item) ?? [])
}

function readFields(lines: readonly string[], body: string, parseYaml: (text: string) => unknown): DividedFile {
  let data: unknown
  try {
    data = parseYaml(lines.join('\n')) ?? {}
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
    return problem(1 + (errorLine(error) ?? 0), `${EXPECTED}: ${message}`)
  }
  if (!isMapping(data)) return problem(1, `${EXPECTED} with keys such as "title:", got something else`)
  const lineOf = (key: string) => {
    const [top = key] = key.split('.')
    return (
      Math.max(
        lines.findIndex(line => line.startsWith(`${key}:`) || line.startsWith(`${top}:`)),
        -1,
      ) + 2
    )
  }
  return { kind: 'divided', fields: { data, lineOf }, body }
}

/** The `yaml` package's errors tell where they are. */
function errorLine(error: unknown): number | undefined {
  const [start] = (own(error, 'linePos') ?? []) as readonly unknown[]
  const line = own(start, 'line')
  return typeof line === 'number' ? line : undefined
}

/** Own properties only: a key such as `constructor` holds nothing unless the file says so. */
function own(data: unknown, key: string): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, key) ? (data as Record<string, unknown>)[key] : undefined
}

function isMapping(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data) && !(data instanceof Date)
}

function problem(line: number, message: string): DividedFile {
  return { kind: 'problem', line, message }
}
