import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTitle } from '../../src/posts/title.ts'
import { SAMPLE_DIRECTORY } from './sample-outlets.ts'

const SEED: readonly [title: string, headline: string, comment: string, outlet: string][] = [
  [
    '米国がロシア=ウクライナ和平でめざすもの:就任2カ月足らずで、中露接近を頓挫させる条件をトランプが整えてきた(The National Interest)―中露を離反させるのならニクソン時代のデタントを思わせるものがありますね',
    '米国がロシア=ウクライナ和平でめざすもの:就任2カ月足らずで、中露接近を頓挫させる条件をトランプが整えてきた',
    '中露を離反させるのならニクソン時代のデタントを思わせるものがありますね',
    'tni',
  ],
  [
    'ドナルド・トランプは孤立主義者ではない(19fortyfive)―トランプ外交を小馬鹿にする向きは後悔することになります。リアルポリティクスが復活するのであればキッシンジャーも喜んでいたことでしょう',
    'ドナルド・トランプは孤立主義者ではない',
    'トランプ外交を小馬鹿にする向きは後悔することになります。リアルポリティクスが復活するのであればキッシンジャーも喜んでいたことでしょう',
    '19fortyfive',
  ],
  [
    '無策なバイデン政権の政策がロシアと北朝鮮を団結させた―カマラ・ハリスはバイデン路線を継承すると主張しており、当選すれば恐ろしいことになる(The National interest)',
    '無策なバイデン政権の政策がロシアと北朝鮮を団結させた',
    'カマラ・ハリスはバイデン路線を継承すると主張しており、当選すれば恐ろしいことになる',
    'tni',
  ],
]

const JA = '海軍は無人艦艇をどう使うのか'
const C = '日本も他人事ではありません'
type Expected = readonly [outlets: string, headline?: string, comment?: string]

const TABLE: Readonly<Record<string, readonly [title: string, ...Expected][]>> = {
  'reads the outlet before the comment': [
    [`${JA}(TNI)―${C}`, 'tni', JA, C],
    [`${JA}（TNI）―${C}`, 'tni', JA, C],
    [`${JA}(TNI）――${C}`, 'tni', JA, C],
    [`${JA} (TNI) — ${C}`, 'tni', JA, C],
    [`${JA}(TNI)─${C}`, 'tni', JA, C],
    [`${JA}(TNI)–${C}`, 'tni', JA, C],
    [`${JA}(TNI)－${C}`, 'tni', JA, C],
    [`${JA}(TNI)-${C}`, 'tni', JA, C],
    [`${JA}(TNI) - ${C}`, 'tni', JA, C],
    [`${JA}(TNI)--${C}`, 'tni', JA, C],
    [`${JA}(TNI)ー${C}`, 'tni', JA, C],
    [`${JA}［TNI］―${C}`, 'tni', JA, C],
    [`米国の選択―欧州の反応(TNI)―${C}`, 'tni', '米国の選択―欧州の反応', C],
    [`${JA}(TNI)―${C}―続報あり`, 'tni', JA, `${C}―続報あり`],
    [`${JA}(TNI)―`, 'tni', JA],
  ],
  'reads the outlet after the comment': [
    [`${JA}―${C}(TNI)`, 'tni', JA, C],
    [`${JA}―${C}（ナショナル・インタレスト）`, 'tni', JA, C],
    [`${JA}―${C}―続報あり(TNI)`, 'tni', JA, `${C}―続報あり`],
    [`${JA} - ${C} (TNI)`, 'tni', JA, C],
    [`${JA}--${C}(TNI)`, 'tni', JA, C],
    [`米中–台湾をめぐる攻防―${C}(TNI)`, 'tni', '米中–台湾をめぐる攻防', C],
    [`${JA}―${C}【TNI】`, 'tni', JA, C],
    [`${JA}―${C}(TNI)。`, 'tni', JA, `${C}。`],
  ],
  'reads the outlet without a comment': [
    [`${JA}(TNI)`, 'tni', JA],
    [`${JA} [TNI]`, 'tni', JA],
    [`${JA}［The War Zone］`, 'twz', JA],
    [`【TNI】${JA}`, 'tni', JA],
    [`［TNI］ ${JA}`, 'tni', JA],
    [`〈TNI〉${JA}`, 'tni', JA],
    [`【再掲】【TNI】${JA}`, 'tni', `【再掲】${JA}`],
    [`${JA}(TNI)【再掲】`, 'tni', `${JA}【再掲】`],
    [`${JA} (TNI) [前編]`, 'tni', `${JA} [前編]`],
    [`TNI：${JA}`, 'tni', JA],
    [`The War Zone: ${JA}`, 'twz', JA],
    [`The National Interest―${JA}`, 'tni', JA],
    [`${JA}―The National Interest`, 'tni', JA],
    [`【TNI】${JA}―${C}`, 'tni', JA, C],
    [`【TNI】―${C}`, 'tni', C],
  ],
  'reads several outlets and spellings': [
    [`${JA}（TNI、19fortyfive）`, 'tni 19fortyfive', JA],
    [`${JA}(The War Zone / TNI)―${C}`, 'twz tni', JA, C],
    [`${JA}(TNI)(TWZ)`, 'tni twz', JA],
    [`${JA}(TNI・TWZ)`, 'tni twz', JA],
    [`${JA}(TNI)―${C}(TWZ)`, 'tni twz', JA, C],
    [`${JA}(TNI、ＴＮＩ)`, 'tni', JA],
    [`${JA}(the national  interest)`, 'tni', JA],
    [`${JA}（ＴＨＥ ＷＡＲ ＺＯＮＥ）`, 'twz', JA],
    [`${JA}(The War Zone (TWZ))`, 'twz', JA],
    [`${JA}（ナショナル・インタレスト（TNI））―${C}`, 'tni', JA, C],
    [`${JA}(Air & Space Forces Magazine)`, 'afmag', JA],
    [`${JA}(Air and Space Forces Magazine)`, 'afmag', JA],
    [`${JA}(Task and Purpose)`, 'tp', JA],
    [`${JA}(Lowy Institute / The Interpreter)`, 'lowy', JA],
    [`${JA}(1945)`, '19fortyfive', JA],
  ],
  'sees through what stands beside the outlet': [
    [`${JA}(The National Interest, March 12)`, 'tni', JA],
    [`${JA}(TNI電子版)`, 'tni', JA],
    [`${JA}(19fortyfive 3/11)`, '19fortyfive', JA],
    [`${JA}(出典: The War Zone)`, 'twz', JA],
    [`${JA}（出典：The War Zone）―${C}`, 'twz', JA, C],
    [`${JA}(by James Doe, TNI)`, 'tni', JA],
    [`${JA}(James Doe, The National Interest)`, 'tni', JA],
    [`${JA}(TNI、ジェイムズ・ドウ)`, 'tni', JA],
    [`${JA}(ジェイムズ・ドウ、ナショナル・インタレスト)`, 'tni', JA],
    [`${JA}(TNI 2025年3月12日付)`, 'tni', JA],
    [`${JA}(米誌フォーリン・ポリシー電子版より)`, 'foreignpolicy', JA],
    [`${JA}(via TWZ)`, 'twz', JA],
    [`${JA}(nationalinterest.org)`, 'tni', JA],
    [`${JA}(Foreign Policy, 2025)`, 'foreignpolicy', JA],
  ],
  'leaves other brackets in the headline': [
    ['北朝鮮(DPRK)がロシアに派兵した理由(TNI)', 'tni', '北朝鮮(DPRK)がロシアに派兵した理由'],
    ['戦略国際問題研究所(CSIS)の机上演習で中国が敗北した(TNI)', 'tni', '戦略国際問題研究所(CSIS)の机上演習で中国が敗北した'],
    ['ランド研究所(RAND)が警告する弾薬不足', '', 'ランド研究所(RAND)が警告する弾薬不足'],
    ['最強の戦闘機(だった)', '', '最強の戦闘機(だった)'],
    ['米海軍の造船計画(Part 2)', '', '米海軍の造船計画(Part 2)'],
    ['週刊軍事動向(2025年3月12日)', '', '週刊軍事動向(2025年3月12日)'],
    ['週刊軍事動向(3/12)', '', '週刊軍事動向(3/12)'],
    [`${JA}(TNIも触れていない話)`, '', `${JA}(TNIも触れていない話)`],
    [`${JA}(Unknown Journal)―${C}`, '', `${JA}(Unknown Journal)`, C],
    [`${JA}(TNI`, '', `${JA}(TNI`],
    ['PS：前回の続き', '', 'PS：前回の続き'],
    ['速報：空母が出港', '', '速報：空母が出港'],
  ],
  'splits only at real dashes': [
    [`${JA}―${C}`, '', JA, C],
    [`${JA}—${C}`, '', JA, C],
    [`${JA}──${C}`, '', JA, C],
    [`${JA} - ${C}`, '', `${JA} - ${C}`],
    [`${JA}－${C}`, '', `${JA}－${C}`],
    ['F-35とSu-57を比べる(TNI)', 'tni', 'F-35とSu-57を比べる'],
    ['Ｆ－３５の稼働率が上がらない(TNI)', 'tni', 'Ｆ－３５の稼働率が上がらない'],
    ['2024-25年度の国防予算(TNI)', 'tni', '2024-25年度の国防予算'],
    ['2024–25年度の国防予算(TNI)', 'tni', '2024–25年度の国防予算'],
    ['US–Japan同盟の将来(TNI)', 'tni', 'US–Japan同盟の将来'],
    ['レーダーとミサイルディーラーの関係(TNI)', 'tni', 'レーダーとミサイルディーラーの関係'],
    ['レーダー―見えない敵を探す(TNI)', 'tni', 'レーダー', '見えない敵を探す'],
    ['「空母―時代遅れか」を考える(TNI)', 'tni', '「空母―時代遅れか」を考える'],
    ['『核抑止―理論と現実』書評―必読です', '', '『核抑止―理論と現実』書評', '必読です'],
    ['"Sea Power — A History"を読む(TNI)―名著', 'tni', '"Sea Power — A History"を読む', '名著'],
    ['新型艦(開発中―2030年就役)の全貌―期待', '', '新型艦(開発中―2030年就役)の全貌', '期待'],
    ['「閉じない引用―それでも読む(TNI)', 'tni', '「閉じない引用', 'それでも読む'],
  ],
}

describe('readTitle', () => {
  for (const [title, headline, comment, outlet] of SEED)
    it(`reads the seed title ${headline.slice(0, 12)}…`, () => {
      expect(readTitle(title, SAMPLE_DIRECTORY)).toMatchObject({ headline, comment, outlets: [outlet] })
    })

  for (const [claim, rows] of Object.entries(TABLE))
    describe(claim, () => {
      for (const [title, outlets, headline, comment] of rows)
        it(title, () => {
          const read = readTitle(title, SAMPLE_DIRECTORY)
          expect([read.outlets.join(' '), read.headline, read.comment]).toEqual([outlets, headline, comment])
        })
    })

  it('says how the title cites, known or not', () => {
    const read = readTitle(`${JA}(James Doe, TNI)―${C}(Unknown Journal)`, SAMPLE_DIRECTORY)
    expect(read.citedAs).toEqual(['James Doe, TNI', 'Unknown Journal'])
    expect(read.comment).toBe(`${C}(Unknown Journal)`)
  })

  it('falls back to the title where nothing else is left', () => {
    expect(readTitle('【TNI】', SAMPLE_DIRECTORY)).toEqual({ headline: '【TNI】', outlets: ['tni'], citedAs: ['TNI'] })
  })

  it('takes a pasted article for a headline, whatever it holds', () => {
    const pasted = '(TNI)-'.repeat(20_000)
    expect(readTitle(pasted, SAMPLE_DIRECTORY)).toEqual({ headline: pasted, outlets: [], citedAs: [] })
  })
})

const SCRAPS = [
  '米国',
  'ロシア',
  'TNI',
  '19fortyfive',
  'DPRK',
  'The War Zone',
  '、',
  '：',
  ' ',
  '　',
  '―',
  '—',
  '-',
  'ー',
  '–',
  '(',
  ')',
  '（',
  '）',
]
const MORE_SCRAPS = ['【', '】', '[', ']', '「', '」', '"', '。', '3/11', '出典', 'F-35', 'の', '\u0000', '😀', '\ud800']
const anyTitle = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...SCRAPS, ...MORE_SCRAPS), { maxLength: 25 }).map(scraps => scraps.join('')),
)

describe('readTitle of any title', () => {
  it('loses no letter and never gives an empty headline', () => {
    fc.assert(
      fc.property(anyTitle, title => {
        const read = readTitle(title, SAMPLE_DIRECTORY)
        const kept = lettersOf([read.headline, read.comment ?? '', ...read.citedAs].join(''))
        for (const [letter, count] of lettersOf(title)) expect(kept.get(letter) ?? 0).toBeGreaterThanOrEqual(count)
        expect(read.headline === '').toBe(title.trim() === '')
        expect(read.comment).not.toBe('')
      }),
      { numRuns: 2000 },
    )
  })

  const plain = fc
    .array(fc.constantFrom('米国', 'ロシア', 'の', '空母', '打撃群', 'データ', 'F-35', 'は', '、', '「核―抑止」', '3月'), {
      minLength: 2,
      maxLength: 12,
    })
    .map(words => words.join(''))
    .filter(text => !/^[、]|[、]$/.test(text))
  const outlet = fc.constantFrom(['tni', 'TNI'], ['tni', 'The National interest'], ['19fortyfive', '19fortyfive'], ['twz', 'ウォーゾーン'])
  const dash = fc.constantFrom('―', '――', '—', '─', ' - ', '--')
  const brackets = fc.constantFrom('()', '（）', '[]', '［］', '【】')

  const shapes: Readonly<Record<string, (ja: string, o: string, c: string, d: string) => string>> = {
    'JA(O)―C': (ja, o, c, d) => ja + o + d + c,
    'JA―C(O)': (ja, o, c, d) => ja + d + c + o,
    'OJA―C': (ja, o, c, d) => o + ja + d + c,
  }
  for (const [shape, written] of Object.entries(shapes))
    it(`reads back every ${shape}`, () => {
      fc.assert(
        fc.property(plain, outlet, plain, dash, brackets, (ja, [id, name], c, d, [open, close]) => {
          const read = readTitle(written(ja, `${open}${name}${close}`, c, d), SAMPLE_DIRECTORY)
          expect([read.headline, read.comment, read.outlets]).toEqual([ja, c, [id]])
          expect(readTitle(read.headline, SAMPLE_DIRECTORY)).toEqual({ headline: ja, outlets: [], citedAs: [] })
        }),
      )
    })
})

/** Counts letters and digits; ー is left out, as it may be typed for a dash. */
function lettersOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [letter] of text.matchAll(/[\p{L}\p{N}]/gu)) if (letter !== 'ー') counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return counts
}
