import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Config } from './config.ts'
import type { Environment } from './environment.ts'

/** What finding the dictionary asks of the world. */
export interface DictionaryWorld extends Pick<Environment, 'installedDictionary'> {
  /** Says why a file is no dictionary, in words that finish "expected a dictionary, …". */
  readonly dictionaryFault: (file: string) => Promise<string | undefined>
}

/**
 * Finds the dictionary that `matching.dictionary` names; null where there is none, with the fault where there should be one.
 *
 * @param named `auto`, `none`, or a path relative to `folder`
 */
export async function dictionaryPlace(
  named: string,
  folder: string,
  { installedDictionary, dictionaryFault }: DictionaryWorld,
): Promise<{ readonly dictionary: Config['matching']['dictionary']; readonly fault?: string }> {
  const file = named === 'auto' ? installedDictionary : named === 'none' ? undefined : resolve(folder, named)
  const bytes = file === undefined ? undefined : await bytesOf(file)
  if (file === undefined || (named === 'auto' && bytes === undefined)) return { dictionary: null }
  const fault = await dictionaryFault(file)
  if (bytes !== undefined && fault === undefined) return { dictionary: { file, bytes } }
  return { dictionary: null, fault: `expected a dictionary in ${file}, ${fault ?? 'found no such file'}; texts are compared without it` }
}

async function bytesOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size
  } catch {
    return undefined
  }
}
