import { describe, expect, it } from 'vitest'
import type { OutletId } from '../../src/domain/identifiers.ts'
import type { FeedRule } from '../../src/domain/output-feed.ts'
import { necessaryLabels, selectsPost, whyNotPost } from '../../src/label/selects.ts'
import { aRule } from './samples.ts'

const [TNI, FP] = ['tni', 'fp'] as unknown as [OutletId, OutletId]

const cases: readonly [
  name: string,
  rule: Partial<FeedRule>,
  labels: readonly string[],
  outlets: readonly OutletId[],
  whyNot: string | undefined,
][] = [
  ['takes everything where nothing is asked', {}, [], [], undefined],
  ['takes a post with the label', { label: '中国' }, ['台湾', '中国'], [], undefined],
  ['passes over a post without the label', { label: '中国' }, ['台湾'], [], 'the label 中国'],
  ['takes a post with any of the labels', { any: ['中国', '台湾'] }, ['台湾'], [], undefined],
  ['passes over a post with none of them', { any: ['中国', '台湾'] }, [], [], 'none of the labels 中国, 台湾'],
  ['takes a post with all of the labels', { all: ['中国', '台湾'] }, ['台湾', '中国'], [], undefined],
  ['names the label that is missing', { all: ['中国', '台湾'] }, ['中国'], [], 'the label 台湾'],
  ['names the label that excludes', { none: ['雑記'] }, ['中国', '雑記'], [], 'it has the label 雑記'],
  ['takes a post of one of the outlets', { outlets: [TNI, FP] }, [], [FP], undefined],
  ['passes over a post of another outlet', { outlets: [TNI] }, [], [FP], 'none of the outlets tni'],
  ['passes over a post of no outlet', { outlets: [TNI] }, [], [], 'none of the outlets tni'],
  ['does not take part of a label for it', { label: '中国' }, ['中国語'], [], 'the label 中国'],
]

describe('whyNotPost', () => {
  for (const [name, rule, labels, outlets, whyNot] of cases)
    it(name, () => {
      const because = whyNotPost(aRule(rule), labels, outlets)
      expect(because === undefined ? undefined : because).toEqual(whyNot === undefined ? undefined : expect.stringContaining(whyNot))
      expect(selectsPost(aRule(rule), labels, outlets)).toBe(whyNot === undefined)
    })
})

describe('necessaryLabels', () => {
  it('bounds what has to be looked at, and never excludes what a rule selects', () => {
    expect(necessaryLabels(aRule({ label: 'a', any: ['b'] }))).toEqual(['a'])
    expect(necessaryLabels(aRule({ all: ['a', 'b'], any: ['c'] }))).toEqual(['a'])
    expect(necessaryLabels(aRule({ any: ['b', 'c'] }))).toEqual(['b', 'c'])
    expect(necessaryLabels(aRule({ none: ['d'] }))).toEqual([])
  })
})
