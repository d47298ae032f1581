import { describe, expect, it } from 'vitest'
import type { OutletId } from '../../src/domain/identifiers.ts'
import type { Criterion, FeedRule } from '../../src/domain/output-feed.ts'
import type { EntryFacts } from '../../src/label/entry-facts.ts'
import { necessaryLabels, necessaryOutlets, selects, whyNot } from '../../src/label/selects.ts'
import { aRule } from './samples.ts'

const [TNI, FP] = ['tni', 'fp'] as unknown as [OutletId, OutletId]
const label = (name: string): Criterion => ({ kind: 'label', label: name })
const outlet = (id: OutletId): Criterion => ({ kind: 'outlet', outlet: id })
const author = (name: string): Criterion => ({ kind: 'author', name })
const match = (state: (Criterion & { kind: 'match' })['state']): Criterion => ({ kind: 'match', state })
const keyword = (text: string): Criterion => ({ kind: 'keyword', text })

const EMPTY: EntryFacts = { kind: 'post', labels: [], outlets: [], authors: [], match: 'none', texts: [] }
const article = { kind: 'article' } as const

type Case = readonly [name: string, rule: Partial<FeedRule>, entry: Partial<EntryFacts>, whyNot: string | undefined]

const cases: readonly Case[] = [
  ['takes everything where nothing is asked', {}, {}, undefined],
  ['takes a post with the label', { label: '中国' }, { labels: ['台湾', '中国'] }, undefined],
  ['passes over a post without the label', { label: '中国' }, { labels: ['台湾'] }, 'the label 中国'],
  ['takes a post with any of the labels', { any: [label('中国'), label('台湾')] }, { labels: ['台湾'] }, undefined],
  ['passes over a post with none of them', { any: [label('中国'), label('台湾')] }, {}, 'none of the labels 中国, 台湾'],
  ['takes a post with all of the labels', { all: [label('中国'), label('台湾')] }, { labels: ['台湾', '中国'] }, undefined],
  ['names the label that is missing', { all: [label('中国'), label('台湾')] }, { labels: ['中国'] }, 'the label 台湾'],
  ['names the label that excludes', { none: [label('雑記')] }, { labels: ['中国', '雑記'] }, 'it has the label 雑記'],
  ['takes a post of one of the outlets', { outlets: [TNI, FP] }, { outlets: [FP] }, undefined],
  ['passes over a post of another outlet', { outlets: [TNI] }, { outlets: [FP] }, 'none of the outlets tni'],
  ['passes over a post of no outlet', { outlets: [TNI] }, {}, 'none of the outlets tni'],
  ['does not take part of a label for it', { label: '中国' }, { labels: ['中国語'] }, 'the label 中国'],
  ['takes a label or an outlet', { any: [label('中国'), outlet(TNI)] }, { outlets: [TNI] }, undefined],
  ['names all of what is missing', { any: [label('中国'), outlet(TNI)] }, {}, 'none of the label 中国, the outlet tni'],
  ['excludes an outlet', { none: [outlet(TNI)] }, { outlets: [FP, TNI] }, 'it has the outlet tni'],
  ['knows an author in any width and case', { all: [author('Ｊａｎｅ　ｄｏｅ')] }, { authors: ['Jane Doe'] }, undefined],
  ['does not take part of a name for it', { all: [author('Jane')] }, { authors: ['Jane Doe'] }, 'the author Jane'],
  ['takes a post whose original is only proposed', { all: [match('proposed')] }, { match: 'proposed' }, undefined],
  ['passes over one without an original', { all: [match('accepted')] }, { match: 'none' }, 'an accepted original'],
  ['finds a keyword in Japanese wherever it stands', { all: [keyword('空母')] }, { texts: ['米空母が寄港'] }, undefined],
  ['finds a keyword in any width and case', { all: [keyword('ＮＡＴＯ')] }, { texts: ['北大西洋条約機構（nato）'] }, undefined],
  ['finds a keyword across a line end', { all: [keyword('aircraft carrier')] }, { texts: ['An Aircraft\nCarrier sails'] }, undefined],
  ['takes no part of a Latin word for a keyword', { all: [keyword('AI')] }, { texts: ['He said so', 'MAID'] }, 'the keyword AI'],
  ['finds a Latin keyword between Japanese letters', { all: [keyword('AI')] }, { texts: ['生成AIの時代'] }, undefined],
  ['finds a later whole word behind part of one', { all: [keyword('AI')] }, { texts: ['said AI'] }, undefined],
  ['excludes a keyword', { none: [keyword('書評')] }, { texts: ['書評：海の地政学'] }, 'it has the keyword 書評'],
  ['carries no posts where only untranslated articles are wanted', { include: 'untranslated' }, {}, 'no posts'],
  ['carries no articles where only translations are wanted', {}, article, 'no articles'],
  [
    'chooses untranslated articles by their labels',
    { include: 'untranslated', label: 'Navy' },
    { ...article, labels: ['Asia'] },
    'label Navy',
  ],
  ['lets labels choose among posts alone', { include: 'all', label: '中国', any: [label('台湾')] }, article, undefined],
  ['lets everything else choose among articles too', { include: 'all', any: [label('台湾'), keyword('navy')] }, article, 'keyword navy'],
]

describe('whyNot', () => {
  for (const [name, changes, facts, expected] of cases)
    it(name, () => {
      const [rule, entry] = [aRule(changes), { ...EMPTY, ...facts }]
      expect(whyNot(rule, entry)).toEqual(expected === undefined ? undefined : expect.stringContaining(expected))
      expect(selects(rule, entry)).toBe(expected === undefined)
    })
})

describe('necessaryLabels', () => {
  it('bounds what has to be looked at, and never excludes what a rule selects', () => {
    expect(necessaryLabels(aRule({ label: 'a', any: [label('b')] }))).toEqual(['a'])
    expect(necessaryLabels(aRule({ all: [label('a'), label('b')], any: [label('c')] }))).toEqual(['a'])
    expect(necessaryLabels(aRule({ any: [label('b'), label('c')] }))).toEqual(['b', 'c'])
    expect(necessaryLabels(aRule({ any: [label('b'), keyword('c')] }))).toEqual([])
    expect(necessaryLabels(aRule({ none: [label('d')] }))).toEqual([])
  })
})

describe('necessaryOutlets', () => {
  it('bounds what has to be looked at, and never excludes what a rule selects', () => {
    expect(necessaryOutlets(aRule({ outlets: [TNI, FP], all: [outlet(TNI)] }))).toEqual([TNI, FP])
    expect(necessaryOutlets(aRule({ all: [outlet(TNI), outlet(FP)] }))).toEqual([TNI])
    expect(necessaryOutlets(aRule({ any: [outlet(TNI), outlet(FP)] }))).toEqual([TNI, FP])
    expect(necessaryOutlets(aRule({ any: [outlet(TNI), label('a')] }))).toEqual([])
    expect(necessaryOutlets(aRule({ none: [outlet(TNI)] }))).toEqual([])
  })
})
