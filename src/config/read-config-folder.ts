import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { AppError } from '../domain/app-error.ts'
import type { Config, Problem } from './config.ts'
import { crossCheck } from './cross-checks.ts'
import { type DictionaryWorld, dictionaryPlace } from './dictionary-place.ts'
import type { Environment } from './environment.ts'
import { readGlossary } from './glossary.ts'
import { readPairs } from './pairs.ts'
import { toConfig } from './to-config.ts'
import { problemAt, validate } from './validate.ts'
import { readYaml } from './yaml-file.ts'

/** What a config folder came to; warnings come with a good config too. */
export type LoadedConfig =
  | { readonly kind: 'ok'; readonly config: Config; readonly warnings: readonly Problem[] }
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] }

/** The files of a config folder; a change to one of them is a change of the config. */
export const CONFIG_FILES = ['kakehashi.yaml', 'sources.yaml', 'pairs.csv', 'glossary.tsv'] as const

/**
 * Reads and checks a config folder; all problems of all files are reported together.
 *
 * @throws AppError `config-missing` when neither YAML file is there
 */
export async function readConfigFolder(
  folder: string,
  world: Pick<Environment, 'secret'> & DictionaryWorld & { readonly cronFault: (expression: string) => string | undefined },
): Promise<LoadedConfig> {
  const root = resolve(folder)
  const label = basename(root)
  const [service, sources, pairList, words] = await Promise.all(CONFIG_FILES.map(name => textOf(join(root, name))))
  if (service === undefined && sources === undefined) {
    throw new AppError('config-missing', `${folder}: expected kakehashi.yaml or sources.yaml in this folder, found neither`)
  }
  const files = [readYaml(`${label}/kakehashi.yaml`, service ?? ''), readYaml(`${label}/sources.yaml`, sources ?? '')]
  const { pairs, problems: pairProblems } = readPairs(`${label}/pairs.csv`, pairList ?? '')
  const { glossary, problems: wordProblems } = readGlossary(`${label}/glossary.tsv`, words ?? '')
  const lineProblems = [...pairProblems, ...wordProblems]
  const validated = validate(files)
  if (validated.kind === 'invalid') {
    const { problems, faults, loose } = validated
    const crossed = loose === undefined ? [] : crossCheck(loose, files, world.cronFault, faults)
    return { kind: 'rejected', problems: inOrder([...problems, ...crossed, ...lineProblems]) }
  }
  const crossed = crossCheck(validated.raw, files, world.cronFault)
  const { dictionary, fault } = await dictionaryPlace(validated.raw.matching.dictionary, root, world)
  const converted = toConfig(validated.raw, { folder: root, files, pairs, glossary, dictionary, secret: world.secret })
  // Nothing depends on a dictionary: one that another package or volume holds must not stop the service, or an edit.
  const missed = fault === undefined ? [] : [problemAt(files, ['matching', 'dictionary'], fault, { severity: 'warning' })]
  const problems = inOrder([...crossed, ...converted.problems, ...missed, ...lineProblems])
  if (problems.some(problem => problem.severity === 'error')) return { kind: 'rejected', problems }
  return { kind: 'ok', config: converted.config, warnings: problems }
}

/** A digest of the folder's files as they are now: equal digests mean nothing was saved in between. */
export async function digestConfigFolder(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of CONFIG_FILES) hash.update(`${name}\0${(await textOf(join(folder, name))) ?? '\0absent'}\0`)
  return hash.digest('base64url')
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new AppError(
      'config-missing',
      `${file}: expected a readable file, got ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    )
  }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column))
}
