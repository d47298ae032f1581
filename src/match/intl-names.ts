import type { LexiconEntry } from './lexicon.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const PAIRS = [...LETTERS].flatMap(first => [...LETTERS].map(second => first + second))
const COUNTRIES = PAIRS.map(pair => pair.toUpperCase())
// UN M.49: the continents and their parts.
const AREAS = Array.from({ length: 999 }, (_, index) => String(index + 1).padStart(3, '0'))
// Shorter names of money mean other things too: キープ, リアル, ドン.
const SHORTEST_MONEY = 4

/**
 * Countries, regions, languages and currencies as the platform's own tables (CLDR, through Intl) name them.
 *
 * @param isExpression whether the rest of the lexicon knows an English name of several words as one expression; what is
 *   none, and no country, is taken word by word, as articles then are
 */
export function intlNames(isExpression: (english: string) => boolean): readonly LexiconEntry[] {
  const currencies = named('currency', Intl.supportedValuesOf('currency'))
  const others = [...named('region', AREAS), ...named('language', PAIRS), ...currencies]
  return [
    ...named('region', COUNTRIES).map(({ english, japanese }) => ({ english, japanese: [japanese] })),
    ...others.flatMap(({ english, japanese }) =>
      (isExpression(english) ? [english] : english.split(' ')).map(part => ({ english: part, japanese: [japanese] })),
    ),
    ...currencies.flatMap(moneyAlone),
  ]
}

interface Name {
  readonly japanese: string
  /** In lower case. */
  readonly english: string
}

function named(type: 'region' | 'language' | 'currency', codes: readonly string[]): readonly Name[] {
  const japanese = new Intl.DisplayNames('ja', { type, fallback: 'none' })
  const english = new Intl.DisplayNames('en', { type, fallback: 'none' })
  // Former codes (FX, DD, SU) have the names of today's.
  const found = new Map<string, Name>()
  for (const code of codes) {
    const [ja, en] = [japanese.of(code), english.of(code)]
    if (ja === undefined || en === undefined || !isUsable(ja + en) || ja.length < 2) continue
    found.set(ja, { japanese: ja, english: en.toLowerCase() })
  }
  return [...found.values()]
}

/** Names with remarks stand in no text: セルビア語 (ラテン文字). */
function isUsable(names: string): boolean {
  return !/[()（）\d]/.test(names)
}

/** Newspapers write フォリント where the tables have ハンガリー フォリント. */
function moneyAlone({ english, japanese }: Name): readonly LexiconEntry[] {
  const alone = japanese.split(' ').slice(1).at(-1) ?? ''
  if (alone.length < SHORTEST_MONEY || !/^[ァ-ヺー]+$/.test(alone)) return []
  return [{ english: english.split(' ').at(-1) ?? '', japanese: [alone] }]
}
