import { describe, expect, it } from 'vitest'
import { resolvedSrcset } from '../../src/html/srcset.ts'

const cases: readonly [name: string, srcset: string, expected: string | undefined][] = [
  ['reads widths', 'a.jpg 320w, b.jpg 640w', 'https://e/a.jpg 320w, https://e/b.jpg 640w'],
  ['reads densities', 'a.jpg, b.jpg 1.5x', 'https://e/a.jpg, https://e/b.jpg 1.5x'],
  ['reads candidates without spaces after the comma', 'a.jpg 1x,b.jpg 2x', 'https://e/a.jpg 1x, https://e/b.jpg 2x'],
  ['keeps commas within an address', 'w_1,h_2/a.jpg 1x', 'https://e/w_1,h_2/a.jpg 1x'],
  ['leaves out a candidate with an unknown descriptor', 'a.jpg 10q, b.jpg 2x', 'https://e/b.jpg 2x'],
  ['leaves out what cannot be resolved', 'no, b.jpg 2x', 'https://e/b.jpg 2x'],
  ['gives nothing for nothing', ' , ,, ', undefined],
]

describe('resolvedSrcset', () => {
  for (const [name, srcset, expected] of cases)
    it(name, () => {
      expect(resolvedSrcset(srcset, address => (address === 'no' ? undefined : `https://e/${address}`))).toBe(expected)
    })
})
