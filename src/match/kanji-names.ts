import type { KanjiReadings } from './kanji-reading-table.ts'
import type { Lexicon } from './lexicon.ts'
import type { NameVocabulary, NameWord } from './name-vocabulary.ts'
import type { Read } from './reading.ts'
import { NAME_LANGUAGES, type NameLanguage } from './romanisation.ts'
import { type Spelling, spellingsAt } from './spelt-words.ts'

// What follows names and places and is not in the lexicon by itself.
const SUFFIX = /^[氏様君殿家派邸省県府都市町村区郡州島山川河江湖港湾駅寺宮城橋戦賞杯]?$/
// Chinese and Korean family names of one character, as Japanese newspapers write them: what begins otherwise is no name there.
const SURNAMES = new Set(
  `王李張劉陳楊黄趙呉周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許韓馮鄧曹彭曽曾蕭田董潘袁于蔣蒋蔡余杜葉程蘇魏呂丁任沈姚盧姜崔鍾譚陸汪范金
  石廖賈夏韋傅方白鄒孟熊秦邱江尹薛閻段雷侯龍竜史陶黎賀顧毛郝龔邵万萬銭厳覃武戴莫孔向湯温康施文牛樊葛邢安齊斉易喬伍龐顔倪荘莊
  聶章魯岳翟殷詹申欧耿関蘭焦兪俞左柳甘祝包寧尚符舒阮柯紀梅童凌畢単季裴霍涂成苗谷盛曲翁冉駱藍路游辛欽管柴蒙鮑華喻祁蒲房滕屈饒
  解牟艾尤時穆農司卓古吉簡車項連蘆麦麥褚婁竇戚岑景党宮費卜冷晏席衛米柏宗瞿桂全佟応臧閔苟鄔辺卞姫師和仇欒隋商刁沙栄巫寇桑郎甄頼賴吳黃錢關嚴皮印唐玉
  叢仲虞敖巩鞏明佘池査麻苑遅朴鄭尹権申全黄洪柳南沈盧河具咸奉奇太庾康延慎玄琴睦表諸葛魚昔曺都廉呂秋元千孔片潘薄習栗令冼`.replace(/\s/g, ''),
)
// Names written in full are hardly ever met by accident, but for the shortest.
const [IN_FULL, IN_FULL_BUT_SHORT] = [0.95, 0.8]
const LONG_LETTERS = 8
const GIVEN_NAME_LETTERS = 4
// Of what the lexicon does not know, so much is taken for a name that the articles have; in the development data it is less.
const NAMES_AMONG_UNKNOWN = 0.15
// Each further letter makes so many times as many words that could be spelt: Japanese has 60 morae of mostly two letters,
// what is left of Korean when its spellings are folded has some 250 syllables of three or four.
const SPELLINGS_PER_LETTER: Readonly<Record<NameLanguage, number>> = { japanese: 7.7, chinese: 6, korean: 5 }
// Names of one length in a large archive. What is at hand does not count: one more article must not change what a post says.
const NAMES_OF_A_LENGTH = 1_000
const SHORTEST_SINGLE = 5
const [LEAST_CONFIDENCE, MOST_CONFIDENCE] = [0.3, 0.85]
const [NEVER_SEEN_AS_NAME, FOLLOWED_BY_UNKNOWN] = [0.4, 0.6]

interface Found {
  readonly start: number
  readonly end: number
  readonly words: readonly NameWord[]
  readonly confidence: number
}

/**
 * The names in a run of kanji, with the hiragana behind it: full names that the articles have too, or else single ones.
 * What the lexicon's terms explain is none, unless it is half of a full name.
 */
export function namesIn(run: string, lexicon: Lexicon, readings: KanjiReadings, vocabulary: NameVocabulary): readonly Read[] {
  // Most runs are one word that the lexicon has.
  if (lexicon.keysOf.has(run)) return []
  const explained = explainedIn(run, lexicon)
  if (explained.kanji === run.length && !explained.isKnown.includes(false)) return []
  const spellings = NAME_LANGUAGES.map(language => spellingsIn(run, explained, language, readings, vocabulary))
  const full = spellings.flatMap(some => [...fullNames(run, explained, some, vocabulary)])
  const found = full.length > 0 ? full : spellings.flatMap(some => [...singleNames(run, explained, some)])
  return best(found).map(({ start, end, words, confidence }) => ({
    japanese: run.slice(start, end),
    keys: words.map(({ stem }) => [stem, confidence] as const),
  }))
}

interface Spellings {
  readonly language: NameLanguage
  readonly at: (start: number) => readonly Spelling[]
}

function spellingsIn(
  run: string,
  { isKnown, kanji }: Explained,
  language: NameLanguage,
  readings: KanjiReadings,
  vocabulary: NameVocabulary,
): Spellings {
  const kept: (readonly Spelling[] | undefined)[] = []
  const at = (start: number) => {
    const known = kept[start] ?? spellingsAt(run, start, language, readings, vocabulary)
    kept[start] = known
    return known
  }
  const isNew = isKnown.slice(0, kanji).includes(false)
  // Most of what follows kanji are particles and endings.
  const isAsked = isNew || (language === 'japanese' && kanji < run.length && at(kanji).some(({ letters }) => letters >= GIVEN_NAME_LETTERS))
  return { language, at: isAsked ? at : () => [] }
}

/** A family name and the given name behind it, which the articles have next to each other, in this order or the other. */
function* fullNames(run: string, explained: Explained, { language, at }: Spellings, vocabulary: NameVocabulary): Generator<Found> {
  for (let start = 0; start < explained.kanji; start++) {
    if (explained.isKnown[start] === true && explained.isBorder[start] !== true) continue
    if (language !== 'japanese' && !SURNAMES.has(run[start] ?? '')) continue
    for (const family of at(start).filter(({ end }) => end <= explained.kanji))
      for (const { end, words, letters } of givenNames(family.end, { language, at }, vocabulary)) {
        const [first = family.word, last = first] = words
        if (!vocabulary.follows(family.word, first) && !vocabulary.follows(last, family.word)) continue
        const isLong = language === 'japanese' ? family.letters + letters >= LONG_LETTERS : end - start >= 3
        if (!explained.isKnown.slice(start, end).includes(false) || !(isLong || isWhole(run, start, end, explained))) continue
        yield { start, end, words: [family.word, ...words], confidence: isLong ? IN_FULL : IN_FULL_BUT_SHORT }
      }
  }
}

/** Korean and Taiwanese given names are two words: Jae-in. */
function* givenNames(start: number, { language, at }: Spellings, { follows }: NameVocabulary) {
  for (const { end, word, letters } of at(start)) {
    yield { end, words: [word], letters }
    if (language === 'japanese') continue
    for (const second of at(end))
      if (follows(word, second.word)) yield { end: second.end, words: [word, second.word], letters: letters + second.letters }
  }
}

/** Names that stand alone, when they are long enough not to be met by accident. */
function* singleNames(run: string, explained: Explained, { language, at }: Spellings): Generator<Found> {
  for (let start = 0; start < explained.kanji - 1; start++) {
    if (explained.isBorder[start] !== true || explained.isKnown[start] === true) continue
    for (const { end, word, letters, ways } of at(start)) {
      if (end > explained.kanji || letters < SHORTEST_SINGLE || word.hasRendering) continue
      if (end < start + 2 || explained.isKnown.slice(start, end).includes(true)) continue
      const accidents = (ways * NAMES_OF_A_LENGTH) / SPELLINGS_PER_LETTER[language] ** letters
      const confidence =
        (NAMES_AMONG_UNKNOWN / (NAMES_AMONG_UNKNOWN + accidents)) *
        (word.isName ? 1 : NEVER_SEEN_AS_NAME) *
        (isWhole(run, start, end, explained) ? 1 : FOLLOWED_BY_UNKNOWN)
      if (confidence >= LEAST_CONFIDENCE) yield { start, end, words: [word], confidence: Math.min(MOST_CONFIDENCE, confidence) }
    }
  }
}

/** Whether nothing but what the lexicon knows, or what follows names, stands beside it. */
function isWhole(run: string, start: number, end: number, { isBorder, kanji }: Explained): boolean {
  return isBorder[start] === true && (isBorder[end] === true || end > kanji || SUFFIX.test(run.slice(end, kanji)))
}

function best(found: readonly Found[]): readonly Found[] {
  const sorted = [...found].sort((a, b) => b.end - b.start - (a.end - a.start) || b.confidence - a.confidence)
  const taken: Found[] = []
  for (const one of sorted) if (!taken.some(other => one.start < other.end && other.start < one.end)) taken.push(one)
  return taken
}

/** For every character of a run, whether the lexicon's longest terms explain it, and for every place, whether one begins or ends there. */
interface Explained {
  readonly isKnown: readonly boolean[]
  readonly isBorder: readonly boolean[]
  /** Where the kanji end and hiragana follow. */
  readonly kanji: number
}

function explainedIn(run: string, { keysOf, beginnings }: Lexicon): Explained {
  const kanji = run.search(/[ぁ-ゖ]|$/)
  const isKnown = Array<boolean>(run.length).fill(false)
  const isBorder = Array<boolean>(run.length + 1).fill(false)
  isBorder[0] = true
  isBorder[kanji] = true
  for (let start = 0; start < kanji; ) {
    let longest = 0
    for (let end = start + 1; end <= run.length && beginnings.has(run.slice(start, end)); end++)
      if (end > start + 1 && keysOf.has(run.slice(start, end))) longest = end - start
    if (longest > 0) {
      isKnown.fill(true, start, start + longest)
      isBorder[start] = true
      isBorder[start + longest] = true
    }
    start += Math.max(1, longest)
  }
  return { isKnown, isBorder, kanji }
}
