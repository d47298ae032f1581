/** The languages whose names Japanese writes in kanji. */
export type NameLanguage = 'japanese' | 'chinese' | 'korean'

export const NAME_LANGUAGES: readonly NameLanguage[] = ['japanese', 'chinese', 'korean']

type Fold = readonly (readonly [RegExp, string])[]

// Hepburn as newspapers write it becomes what kana spell, without long vowels and doubled consonants: Ohtani, Ōtani and
// Ootani are one, and so are Shimbun and Sinbun.
const JAPANESE: Fold = [
  [/[^a-z]/g, ''],
  [/m(?=[bmp])/g, 'n'],
  [/tch|cch/g, 'ch'],
  [/shi/g, 'si'],
  [/chi/g, 'ti'],
  [/tsu/g, 'tu'],
  [/[jd]i|ji/g, 'zi'],
  [/du|dzu/g, 'zu'],
  [/fu/g, 'hu'],
  [/sh/g, 'sy'],
  [/ch/g, 'ty'],
  [/jy?/g, 'zy'],
  [/oh(?![aeiouy])|o[ou]/g, 'o'],
  [/(.)\1+/g, '$1'],
]
const CHINESE: Fold = [[/[^a-z]/g, '']]
// There are several systems and everybody's own spelling: voice, length and the vowels of eo and u make no difference.
const KOREAN: Fold = [
  [/[^a-z]/g, ''],
  [/oo|ou|eo|eu/g, 'u'],
  [/ee/g, 'i'],
  [/a[eiy]/g, 'e'],
  [/sh/g, 's'],
  [/wh/g, 'hw'],
  [/ch/g, 'j'],
  [/[hr](?![aeiouwy])/g, ''],
  [/c?k/g, 'g'],
  [/t/g, 'd'],
  [/p/g, 'b'],
  [/r/g, 'l'],
  [/w(?=u)/g, ''],
]
const FOLDS: Readonly<Record<NameLanguage, Fold>> = { japanese: JAPANESE, chinese: CHINESE, korean: KOREAN }

const MORAE = /^(?:(?:[bghkmnprstz]?y?|[dw])[aeiou]|n(?![aeiouy]))+$/
const SYLLABLES = /^(?:(?:[bdfgjklmpqrtvxy]|[cz]h?|s[hsz]?|t[sz]|hs?|ng?)?[wy]?[aeiou]{1,3}(?:ng|[bghklmnprtwy])?){1,4}$|^ng$/
const LONGEST_NAME = 16

/** The form in which the spellings of a name are compared; `word` is in lower case. */
export function foldedName(word: string, language: NameLanguage): string {
  return FOLDS[language].reduce((folded, [pattern, by]) => folded.replace(pattern, by), word)
}

/** Whether a word has the form of names in a language. */
export function couldSpell(folded: string, language: NameLanguage): boolean {
  return folded.length <= LONGEST_NAME && (language === 'japanese' ? MORAE : SYLLABLES).test(folded)
}

/** A folded beginning and the folded reading that follows it, as one word is folded: 大 o and 内 uti are oti, as Ouchi is. */
export function joined(beginning: string, reading: string, language: NameLanguage): string {
  if (language !== 'japanese' || beginning === '') return beginning + reading
  const last = beginning.at(-1)
  if (last === reading[0] || (last === 'o' && reading[0] === 'u')) return beginning + reading.slice(1)
  return beginning + reading
}

const WADE_GILES: Fold = [
  [/^zhi$/g, 'chih'],
  [/^chi$/g, 'chih'],
  [/^shi$/g, 'shih'],
  [/^ri$/g, 'jih'],
  [/^[zc]i$/g, 'tzu'],
  [/^si$/g, 'szu'],
  [/ong$/g, 'ung'],
  [/ian$/g, 'ien'],
  [/^yan$/g, 'yen'],
  [/([iu]e)$/g, '$1h'],
  [/^ye$/g, 'yeh'],
  [/^you$/g, 'yu'],
  [/^([gk])ui$/g, '$1uei'],
  [/^([gkh])e$/g, '$1o'],
  [/^([dtnl])uo$/g, '$1o'],
  [/^(zh|ch|z|c|s|r)uo$/g, '$1o'],
  [/^zh|^[jq]/g, 'ch'],
  [/^x/g, 'hs'],
  [/^[zc](?!h)/g, 'ts'],
  [/^r/g, 'j'],
  [/^b/g, 'p'],
  [/^d/g, 't'],
  [/^g/g, 'k'],
]

/** How Taiwan and older texts write a syllable of pinyin, apostrophes aside: jiang is chiang. */
export function wadeGiles(pinyin: string): string {
  return WADE_GILES.reduce((spelt, [pattern, by]) => spelt.replace(pattern, by), pinyin)
}
