import { describe, expect, it } from 'vitest'
import type { OutletId } from '../../../src/domain/identifiers.ts'
import type { Evidence, Tier } from '../../../src/domain/match.ts'
import { identificationSentence, publicReasons } from '../../../src/render/page/evidence-words.ts'

const reasons = (...evidence: readonly Evidence[]) =>
  publicReasons({ tier: 4, decidedBy: 'machine', evidence, outletName: id => (id === 'tni' ? 'The National Interest' : undefined) }, STYLE)
const STYLE = { language: 'ja', timeZone: 'Asia/Tokyo' } as const

const TOLD: readonly (readonly [evidence: Evidence, what: string, found: string])[] = [
  [{ kind: 'cited-address', url: 'https://a.example/x?y', as: 'link', isCredit: true }, '出典として記された原文のURL', 'a.example'],
  [{ kind: 'cited-address', url: 'https://a.example/x', as: 'text', isCredit: false }, '本文中の原文のURL', 'a.example'],
  [{ kind: 'english-title', line: 'Drydocks', similarity: 1 }, '本文にある原題', 'Drydocks'],
  [{ kind: 'english-title', line: 'Dry docks', similarity: 0.9 }, '原題とほぼ一致する英文', 'Dry docks'],
  [{ kind: 'author-and-date', author: 'Jane', date: Date.UTC(2025, 2, 10) }, '筆者名と日付', 'Jane, 2025年3月10日'],
  [{ kind: 'outlet-named', outlet: 'tni' as OutletId }, '見出しに記された媒体名', 'The National Interest'],
  [{ kind: 'shared-numbers', values: ['38', '2027', '38'], weight: 3 }, '共通する数字', '38、2027'],
  [{ kind: 'shared-latin-words', values: ['AUKUS'], weight: 3 }, '共通する英字表記', 'AUKUS'],
  [{ kind: 'katakana-names', pairs: [['ケリー', 'Kelly']], weight: 3 }, '対応する固有名詞', 'ケリー = Kelly'],
  [{ kind: 'rendered-words', pairs: [['LNG', 'lng']], weight: 3 }, '対応する語句', 'lng'],
  [{ kind: 'country-names', pairs: [['独', 'Germany']], weight: 1 }, '共通する国名', '独 = Germany'],
]
const KEPT: readonly Evidence[] = [
  { kind: 'operator-pair', where: 'pairs.csv:3', url: 'https://a.example/' },
  { kind: 'stated-original', where: '/srv/posts/a.md', url: 'https://a.example/' },
  { kind: 'outlet-named', outlet: 'unknown' as OutletId },
  { kind: 'lag', days: 2 },
  { kind: 'missing-numbers', values: ['7'] },
  { kind: 'share-covered', share: 0.4, isPart: true },
  { kind: 'ambiguous', between: ['https://b.example/'] },
]

describe('publicReasons', () => {
  for (const [evidence, what, found] of TOLD) it(`tells: ${what}`, () => expect(reasons(evidence)).toEqual([{ what, found }]))

  for (const evidence of KEPT) it(`leaves to the operator: ${evidence.kind}`, () => expect(reasons(evidence)).toEqual([]))

  it('says nothing of a kind of evidence it does not know', () =>
    expect(reasons({ kind: 'seen-in-a-dream', secret: 'x' } as unknown as Evidence)).toEqual([]))

  it('keeps long lists and lines short', () => {
    const values = Array.from({ length: 50 }, (_, index) => String(index))
    expect(reasons({ kind: 'shared-numbers', values, weight: 1 })[0]?.found).toBe('0、1、2、3、4、5、6、7')
    expect(reasons({ kind: 'english-title', line: '𠮷'.repeat(500), similarity: 1 })[0]?.found).toBe(`${'𠮷'.repeat(160)}…`)
  })
})

describe('identificationSentence', () => {
  it('says something else for every tier, in both languages', () => {
    const said = ([1, 2, 3, 4] as const satisfies readonly Tier[]).flatMap(tier =>
      (['ja', 'en'] as const).map(language =>
        identificationSentence({ tier, decidedBy: 'machine', evidence: [], outletName: () => undefined }, language),
      ),
    )
    expect(new Set(said).size).toBe(8)
  })

  it('says that the operator has decided, whatever the tier', () =>
    expect(identificationSentence({ tier: 4, decidedBy: 'operator', evidence: [], outletName: () => undefined }, 'ja')).toBe(
      '運営者が原文を確認しています。',
    ))
})
