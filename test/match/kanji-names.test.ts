import { describe, expect, it } from 'vitest'
import { englishWords, stemOf } from '../../src/match/english-words.ts'
import { foldJapanese } from '../../src/match/japanese-text.ts'
import { kanjiNameReading } from '../../src/match/kanji-name-reading.ts'
import { lexiconOf } from '../../src/match/lexicon.ts'
import { nameVocabulary } from '../../src/match/name-vocabulary.ts'
import type { Read } from '../../src/match/reading.ts'
import { shippedKanjiReadings } from '../../src/match/shipped-lexicon.ts'

const readings = shippedKanjiReadings()
// What any lexicon has: titles, ordinary words, and one of the names.
const lexicon = lexiconOf([
  { english: 'government', japanese: ['政府'] },
  { english: 'china', japanese: ['中国'] },
  { english: 'president', japanese: ['大統領', '国家主席', '主席'] },
  { english: 'foreign minister', japanese: ['外相'] },
  { english: 'player', japanese: ['選手'] },
  { english: 'moon', japanese: ['月面'] },
  { english: 'kan', japanese: ['菅'] },
  { english: 'takahashi', japanese: ['高橋'] },
])

function readsOf(japanese: string, ...articles: readonly string[]): readonly Read[] {
  const vocabulary = nameVocabulary(stem => lexicon.keys.has(stem))
  for (const article of articles) vocabulary.hear(article, englishWords(article))
  return [...kanjiNameReading(readings, vocabulary, lexicon)(foldJapanese(japanese))]
}

function confidences(reads: readonly Read[]): ReadonlyMap<string, number> {
  return new Map(reads.flatMap(({ keys }) => keys))
}

const inFull: readonly [japanese: string, english: string][] = [
  ['渋野日向子', 'Hinako Shibuno'],
  ['大坂なおみ', 'Naomi Osaka'],
  ['高橋みなみ', 'Minami Takahashi'],
  ['稲見萌寧', 'Mone Inami'],
  ['畑岡奈紗', 'Nasa Hataoka'],
  ['大谷翔平', 'Shohei Ohtani'],
  ['錦織圭', 'Kei Nishikori'],
  ['羽生結弦', 'Yuzuru Hanyu'],
  ['是枝裕和', 'Hirokazu Koreeda'],
  ['村上春樹', 'Haruki Murakami'],
  ['黒田東彦', 'Haruhiko Kuroda'],
  ['小池百合子', 'Yuriko Koike'],
  ['河野太郎', 'Taro Kono'],
  ['岸田文雄', 'Kishida Fumio'],
  ['佐々木朗希', 'Roki Sasaki'],
  ['習近平', 'Xi Jinping'],
  ['王毅', 'Wang Yi'],
  ['劉鶴', 'Liu He'],
  ['李克強', 'Li Keqiang'],
  ['孟晩舟', 'Meng Wanzhou'],
  ['任正非', 'Ren Zhengfei'],
  ['華春瑩', 'Hua Chunying'],
  ['蔡英文', 'Tsai Ing-wen'],
  ['頼清徳', 'Lai Ching-te'],
  ['蒋経国', 'Chiang Ching-kuo'],
  ['黄之鋒', 'Wong Chi-fung'],
  ['文在寅', 'Moon Jae-in'],
  ['金正恩', 'Kim Jong Un'],
  ['金与正', 'Kim Yo-jong'],
  ['尹錫悦', 'Yoon Suk-yeol'],
  ['朴槿恵', 'Park Geun-hye'],
  ['康京和', 'Kang Kyung-wha'],
  ['盧武鉉', 'Roh Moo-hyun'],
  ['趙成珍', 'Seong-Jin Cho'],
]

const alone: readonly [japanese: string, english: string][] = [
  ['渋野選手', 'Shibuno'],
  ['浙江省', 'Zhejiang'],
  ['黒竜江省', 'Heilongjiang'],
  ['石家荘市', 'Shijiazhuang'],
  ['苫小牧市', 'Tomakomai'],
  ['茅ヶ崎市', 'Chigasaki'],
  ['宇都宮', 'Utsunomiya'],
  ['野々村', 'Nonomura'],
  ['平昌', 'Pyeongchang'],
  ['江陵', 'Gangneung'],
]

const never: readonly [name: string, japanese: string, english: string][] = [
  ['what the lexicon explains', '政府は中国と', 'In Seifu and Chugoku'],
  ['a single short name', '安部選手', 'The brother of Abe'],
  ['a surname of one character', '王外相', 'The others met Wang'],
  ['an ordinary word', '月面を歩く', 'The walk on Tsukiomo'],
  ['a name whose characters are read otherwise', '渋野選手', 'The victory of Hataoka'],
  ['a given name that stands beside another name', '王毅外相', 'There met Wang Keqiang and Zhang Yi'],
  ['two short words that only follow each other in capitals', '明日会合', 'It is Ming Ri'],
  ['part of a word of more characters', '新渋野派閥論', 'The victory of Shinshi'],
  ['units behind a number', '20万台', 'The city of Mandai'],
  ['a name that begins with p', '本人は', 'The city of Ponto'],
  ['words in lower case', '渋野選手', 'The word shibuno is no name'],
]

describe('kanjiNameReading', () => {
  for (const [japanese, english] of inFull)
    it(`reads ${japanese} as ${english}`, () => {
      const found = confidences(readsOf(`昨日、${japanese}氏が`, `It was ${english} who came.`, 'There were Hana Sato and Li Na.'))
      const parts = english.toLowerCase().split(/[ -]/)
      for (const part of parts) expect(found.get(stemOf(part)), part).toBeGreaterThanOrEqual(0.8)
      expect(found.size).toBe(parts.length)
    })

  for (const [japanese, english] of alone)
    it(`reads ${japanese} as ${english}, which stands alone`, () => {
      const found = confidences(readsOf(`昨日、${japanese}では`, `It happened in ${english} again.`))
      expect([...found.keys()]).toEqual([stemOf(english.toLowerCase())])
      expect(found.get(stemOf(english.toLowerCase()))).toBeGreaterThanOrEqual(0.5)
    })

  for (const [name, japanese, english] of never)
    it(`does not take for a name ${name}`, () => expect(readsOf(japanese, `${english} today.`)).toEqual([]))

  it('is less sure of a word that was seen in a heading or at the beginning of a sentence alone', () => {
    const inHeading = confidences(readsOf('浙江省で', 'Zhejiang Orders a Quarantine')).get('zhejiang') ?? 0
    expect(inHeading).toBeLessThan(0.4)
    expect(confidences(readsOf('浙江省で', 'Floods hit Zhejiang again')).get('zhejiang')).toBeGreaterThan(2 * inHeading)
  })

  it('finds a full name that only a heading has', () => {
    expect(confidences(readsOf('渋野日向子が優勝', 'Hinako Shibuno Wins Again')).get('shibuno')).toBeGreaterThan(0.9)
  })

  it('reads a name that an article brings later', () => {
    const vocabulary = nameVocabulary(stem => lexicon.keys.has(stem))
    const read = kanjiNameReading(readings, vocabulary, lexicon)
    expect([...read('渋野選手')]).toEqual([])
    vocabulary.hear('The victory of Shibuno.', englishWords('The victory of Shibuno.'))
    expect([...read('渋野選手')].map(({ japanese }) => japanese)).toEqual(['渋野'])
  })

  it('is as sure of a name when articles with other names are known', () => {
    const others = 'They are Tanigawa and Shimabukuro, Yoshimoto and Kuroyanagi. We met Hatoyama, Zhu Rongji and Lee Hae-chan.'
    expect(readsOf('渋野選手', 'It was Shibuno.', others)).toEqual(readsOf('渋野選手', 'It was Shibuno.'))
  })

  it('reads a long text without a break in a moment', () => {
    const names = inFull.map(([, english]) => `We met ${english}.`).join(' ')
    expect(readsOf('一生日大上下子人'.repeat(2_000), names).length).toBeGreaterThanOrEqual(0)
  })
})
