import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/config/config.ts'
import { readConfigFolder } from '../../src/config/read-config-folder.ts'
import { dictionaryFault } from '../../src/match/dictionary-file.ts'
import { cronFault } from '../../src/schedule/tick.ts'
import { configFolder } from './config-folder.ts'

const EDICT = '艦隊 [かんたい] /(n) (naval) fleet/armada/(P)/\n'

/** The config of a folder with one dictionary in it, on a system with or without another one. */
async function loaded(yaml: string, installed: 'none' | 'good' | 'broken' = 'none') {
  const folder = await configFolder({ 'kakehashi.yaml': yaml, 'own.txt': EDICT })
  await mkdir(join(folder, 'folder'))
  const installedDictionary = join(folder, 'installed.txt')
  if (installed !== 'none') await writeFile(installedDictionary, installed === 'good' ? EDICT + EDICT : 'nothing')
  const result = await readConfigFolder(folder, { secret: () => undefined, cronFault, dictionaryFault, installedDictionary })
  if (result.kind === 'rejected') throw new Error(result.problems.map(describeProblem).join('\n'))
  const { dictionary } = result.config.matching
  const inFolder = (text: string) => text.replaceAll(`${folder}/`, '')
  return {
    dictionary: dictionary === null ? null : { ...dictionary, file: inFolder(dictionary.file) },
    warnings: result.warnings.map(warning => inFolder(describeProblem(warning))),
  }
}

const named = (name: string) => `matching:\n  dictionary: ${name}\n`
const [OWN, INSTALLED] = [
  { file: 'own.txt', bytes: Buffer.byteLength(EDICT) },
  { file: 'installed.txt', bytes: 2 * Buffer.byteLength(EDICT) },
]

describe('matching.dictionary', () => {
  const cases: readonly [name: string, yaml: string, installed: 'none' | 'good', expected: typeof OWN | null][] = [
    ['takes the one that is installed, unless it says otherwise', '', 'good', INSTALLED],
    ['is content where none is installed', '', 'none', null],
    ['takes the one it names, relative to the folder', named('own.txt'), 'good', OWN],
    ['takes none where it says so', named('none'), 'good', null],
  ]
  for (const [name, yaml, installed, dictionary] of cases)
    it(name, async () => expect(await loaded(yaml, installed)).toEqual({ dictionary, warnings: [] }))

  const faults: readonly [name: string, dictionary: string, reason: RegExp][] = [
    ['is not there', 'missing.txt', /in missing\.txt, found no such file; texts are compared without it$/],
    ['is a folder', 'folder', /in folder, got EISDIR/],
    ['is something else', 'kakehashi.yaml', /in kakehashi\.yaml, got a file in another form than EDICT or JMdict/],
  ]
  for (const [name, dictionary, reason] of faults)
    it(`warns of a file that ${name}, and goes on without`, async () => {
      const { dictionary: found, warnings } = await loaded(named(dictionary), 'good')
      expect(found).toBeNull()
      expect(warnings).toEqual([expect.stringMatching(reason)])
      expect(warnings[0]).toMatch(/^config\/kakehashi\.yaml:2:15: warning: matching\.dictionary: expected a dictionary in /)
    })

  it('warns of an installed one that is none', async () => {
    expect((await loaded('', 'broken')).warnings).toEqual([expect.stringContaining('expected a dictionary in installed.txt, got')])
  })
})
