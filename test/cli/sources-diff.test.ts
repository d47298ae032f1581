import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '../../src/cli/sources-diff.ts'
import type { Splice } from '../../src/config/edit-yaml-list.ts'

describe('unifiedDiff', () => {
  it('shows inserted lines with three around them', () => {
    const text = '1\n2\n3\n4\n5\n6\n7\n8\n'
    expect(unifiedDiff('f', text, [{ start: 8, end: 8, text: 'a\nb\n' }])).toBe(
      ['--- f', '+++ f', '@@ -2,6 +2,8 @@', ' 2', ' 3', ' 4', '+a', '+b', ' 5', ' 6', ' 7'].join('\n'),
    )
  })

  it('counts lines of later parts by what earlier ones added', () => {
    const text = Array.from({ length: 20 }, (_, n) => `${n}\n`).join('')
    const at = (line: number) => text.indexOf(`\n${line}\n`) + 1
    const diff = unifiedDiff('f', text, [
      { start: 0, end: 0, text: 'a\n' },
      { start: at(18), end: at(18) + 2, text: 'b' },
    ])
    expect(diff.match(/^@@.*@@$/gm)).toEqual(['@@ -1,3 +1,4 @@', '@@ -16,5 +17,5 @@'])
  })

  it('begins an empty file', () => {
    expect(unifiedDiff('f', '', [{ start: 0, end: 0, text: 'a\n' }])).toBe('--- f\n+++ f\n@@ -0,0 +1,1 @@\n+a')
  })

  it('says where the last line is not ended', () => {
    expect(unifiedDiff('f', 'a', [{ start: 1, end: 1, text: '\nb' }])).toBe(
      ['--- f', '+++ f', '@@ -1,1 +1,2 @@', '-a', '\\ No newline at end of file', '+a', '+b', '\\ No newline at end of file'].join('\n'),
    )
  })

  it('is empty where nothing changes', () => expect(unifiedDiff('f', 'a\n', [])).toBe(''))

  it('gives the changed text back when it is applied', () => {
    const line = fc.constantFrom('', 'a', 'b', 'c')
    const texts = fc.tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', '\n')).map(([lines, end]) => lines.join('\n') + end)
    const cuts = fc.array(fc.tuple(fc.nat(40), fc.nat(6), fc.constantFrom('', 'x', 'x\n', 'y\nz\n', '\nx')), { maxLength: 4 })
    fc.assert(
      fc.property(texts, cuts, (before, places) => {
        let free = 0
        const splices: Splice[] = []
        for (const [start, length, text] of places.toSorted(([a], [b]) => a - b)) {
          if (start < free || start + length > before.length) continue
          splices.push({ start, end: start + length, text })
          free = start + length
        }
        const after = splices.reduceRight((edited, { start, end, text }) => edited.slice(0, start) + text + edited.slice(end), before)
        expect(applied(before, unifiedDiff('f', before, splices))).toBe(after)
      }),
      { numRuns: 500 },
    )
  })
})

/** Applies a diff as `patch` does, and throws where it does not fit. */
function applied(before: string, diff: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const result: string[] = []
  let at = 0
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const [head = '', ...marked] = hunk.replace(/\n$/, '').split('\n')
    const [, from = '', length = '', newFrom = '', newLength = ''] = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(head) ?? []
    const start = Number(from) - (length === '0' ? 0 : 1)
    result.push(...lines.slice(at, start))
    expect(Number(newFrom) - (newLength === '0' ? 0 : 1)).toBe(result.length)
    at = start
    const grownFrom = result.length
    for (const [index, line] of marked.entries()) {
      if (line.startsWith('\\')) continue
      const text = line.slice(1) + (marked[index + 1]?.startsWith('\\') ? '' : '\n')
      if (line[0] !== '+') expect(lines[at++]).toBe(text)
      if (line[0] !== '-') result.push(text)
    }
    expect([at - start, result.length - grownFrom]).toEqual([Number(length), Number(newLength)])
  }
  return [...result, ...lines.slice(at)].join('')
}
