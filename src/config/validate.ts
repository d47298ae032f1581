import { z } from 'zod'
import type { Problem } from './config.ts'
import { didYouMean } from './did-you-mean.ts'
import { type LooseConfig, looseConfig } from './loose-config.ts'
import { configSchema, type RawConfig } from './schema.ts'
import type { YamlFile } from './yaml-file.ts'

/** The files' data checked key by key: the config with defaults filled in, or every problem found. */
export type Validated =
  | { readonly kind: 'valid'; readonly raw: RawConfig }
  | {
      readonly kind: 'invalid'
      readonly problems: readonly Problem[]
      /** Where the problems are; a misspelt key counts as the one that was meant. */
      readonly faults: readonly (readonly PropertyKey[])[]
      /** What can be read all the same; undefined where a whole file cannot. */
      readonly loose: LooseConfig | undefined
    }

/** Checks the merged data of all files against the schema; each problem is located in the file its top-level key stands in. */
export function validate(files: readonly YamlFile[]): Validated {
  const syntax = files.flatMap(file => file.problems)
  const twice = keysInTwoFiles(files)
  // Not assigned key by key: `__proto__` is a key like any other here.
  const data: Readonly<Record<string, unknown>> = Object.fromEntries(files.flatMap(file => Object.entries(file.data)))
  const result = configSchema.safeParse(data)
  const mistakes = result.success ? [] : firstPerPath(result.error.issues).flatMap(issue => mistakesOf(issue, data, files))
  const problems = [...syntax, ...twice, ...mistakes.map(({ problem }) => problem)]
  if (problems.length === 0 && result.success) return { kind: 'valid', raw: result.data }
  const isReadable = syntax.length === 0 && !mistakes.some(({ fault }) => fault.length === 1 && fault[0] === 'outlets')
  return { kind: 'invalid', problems, faults: mistakes.map(({ fault }) => fault), loose: isReadable ? looseConfig(data) : undefined }
}

/** A problem at a path of the config: `outlets[2].hosts: …`. */
export function problemAt(
  files: readonly YamlFile[],
  path: readonly PropertyKey[],
  message: string,
  options: { readonly severity?: Problem['severity']; readonly at?: 'key' | 'value' } = {},
): Problem {
  // The last file that has the key, as its value is the one that counts.
  const file = files.findLast(candidate => Object.hasOwn(candidate.data, String(path[0]))) ?? files[0]
  const place = file?.locate(path, options.at) ?? { line: 0, column: 0 }
  return { severity: options.severity ?? 'error', file: file?.name ?? 'config', ...place, message: `${showPath(path)}: ${message}` }
}

function keysInTwoFiles(files: readonly YamlFile[]): Problem[] {
  const seen = new Map<string, YamlFile>()
  const problems: Problem[] = []
  for (const file of files) {
    for (const key of Object.keys(file.data)) {
      const first = seen.get(key)
      if (first === undefined) seen.set(key, file)
      else
        problems.push({
          severity: 'error',
          file: file.name,
          ...file.locate([key], 'key'),
          message: `${key}: expected once, got it here and in ${first.name}`,
        })
    }
  }
  return problems
}

/** A value can break several rules of its key; the first says what is expected. */
function firstPerPath(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return [...Map.groupBy(issues, ({ path }) => JSON.stringify(path)).values()].flatMap(group => group.slice(0, 1))
}

interface Mistake {
  readonly problem: Problem
  readonly fault: readonly PropertyKey[]
}

function mistakesOf(issue: z.core.$ZodIssue, data: unknown, files: readonly YamlFile[]): Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => {
      const known = knownKeys(configSchema, issue.path)
      const guess = didYouMean(key, known)
      const expected = guess === undefined ? `expected one of ${known.join(', ')}` : `did you mean "${guess}"?`
      const problem = problemAt(files, [...issue.path, key], `unknown key; ${expected}`, { at: 'key' })
      return { problem, fault: [...issue.path, guess ?? key] }
    })
  }
  const problem = problemAt(files, issue.path, `expected ${issue.message}, got ${show(valueAt(data, issue.path))}`)
  return [{ problem, fault: issue.path }]
}

/** The keys the schema knows at a path, list positions included. */
function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let current: z.core.$ZodType | undefined = unwrapped(schema)
  for (const step of path) {
    if (current instanceof z.ZodArray) current = unwrapped(current.element)
    else if (current instanceof z.ZodObject) {
      const next: z.core.$ZodType | undefined = current.shape[String(step)]
      current = next === undefined ? undefined : unwrapped(next)
    }
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : []
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let current = schema
  while (current instanceof z.ZodOptional || current instanceof z.ZodPrefault || current instanceof z.ZodDefault) current = current.unwrap()
  return current
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    data,
  )
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'an empty value'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a group of keys'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text
}

/** A path of the config as people write it: `outlets[2].hosts`. */
export function showPath(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`)).join('')
}
