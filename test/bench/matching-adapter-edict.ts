// The same matcher with a dictionary: the one that the variable EDICT names, or else the one that is installed.
import { readEnvironment } from '../../src/config/environment.ts'
import { readDictionary } from '../../src/match/dictionary-file.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { ranker } from './matching-adapter.ts'

const { secret, installedDictionary = '' } = readEnvironment()
const file = secret('EDICT') ?? installedDictionary
const { dictionary, fault } = await readDictionary(file)
if (fault !== undefined) throw new Error(`expected a dictionary in ${file}, ${fault}`)

export const rank = ranker(languageKnowledge({ dictionary }))
