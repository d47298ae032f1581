import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mendedJson } from '../../src/parse/mended-json.ts'

const cases: readonly [name: string, text: string, mended: string | undefined][] = [
  ['in the next element', '{"a": 1, "items": [{"b": "]}"}, {"c": [{', '{"a": 1, "items": [{"b": "]}"}]}'],
  ['in a string', '{"items": [{"b": "\\"}"}, {"c": "x}', '{"items": [{"b": "\\"}"}]}'],
  ['behind an element', '{"items": [{"b": 1},', '{"items": [{"b": 1}]}'],
  ['in the first element', '{"items": [{"b": 1', undefined],
  ['before the list', '{"a": {"items": [{"b": 1}]}, "c"', undefined],
  ['in another list', '{"a": [{"b": 1}, {"c"', undefined],
  ['at once', '', undefined],
]

describe('mendedJson', () => {
  for (const [name, text, mended] of cases) it(`ends a document cut ${name}`, () => expect(mendedJson(text)).toBe(mended))
  it('keeps every complete element wherever the cut is', () => {
    const item = fc.record({ id: fc.string(), tags: fc.array(fc.string(), { maxLength: 3 }) })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), fc.nat(), (items, at) => {
        const text = JSON.stringify({ title: 'items', items })
        const cut = mendedJson(text.slice(0, at % text.length))
        if (cut !== undefined) expect(JSON.parse(cut)).toEqual({ title: 'items', items: items.slice(0, JSON.parse(cut).items.length) })
      }),
    )
  })
  it('takes linear time for quotation marks without end', () => {
    const startedAt = performance.now()
    mendedJson(`{"items": [{"a": "${'\\"'.repeat(500_000)}`)
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })
})
