import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeReferences } from '../../src/parse/character-references.ts'
import { replacedInChunks } from '../../src/parse/replaced-in-chunks.ts'

describe('replacedInChunks', () => {
  it('cuts no reference in two', () => {
    fc.assert(
      fc.property(fc.integer({ min: -12, max: 12 }), fc.constantFrom('&amp;', '&#x3042;', '&thetasym;'), (offset, reference) => {
        const text = `${'x'.repeat(64 * 1024 + offset)}${reference}y${'z'.repeat(70_000)}${reference}`
        expect(decodeReferences(text)).toBe(text.replaceAll(reference, decodeReferences(reference)))
      }),
      { numRuns: 60 },
    )
  })
  it('gives every part once', () => {
    const text = Array.from({ length: 40_000 }, (_, index) => `${index}&`).join('')
    expect(replacedInChunks(text, chunk => chunk)).toBe(text)
  })
})
