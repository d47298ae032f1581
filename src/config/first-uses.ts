import type { Problem } from './config.ts'
import { showPath } from './validate.ts'

/** A place in the config. */
export type Path = readonly PropertyKey[]

/** Takes a finding; `keys` are those of the group at `path` that it is about. */
export type Report = (
  path: Path,
  message: string,
  about?: { readonly severity?: Problem['severity']; readonly keys?: readonly string[] },
) => void

/** Reports each use of a value but the first, and says whether a use is the first. */
export function firstUses(report: Report, what: string, severity: Problem['severity'] = 'error') {
  const seen = new Map<string, Path>()
  return (value: string, path: Path): boolean => {
    const first = seen.get(value)
    if (first === undefined) seen.set(value, path)
    else report(path, `expected each ${what} once, got "${value}", which ${showPath(first)} has`, { severity })
    return first === undefined
  }
}
