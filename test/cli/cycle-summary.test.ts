import { describe, expect, it } from 'vitest'
import { cycleJson, describeCycle, isWholeSuccess } from '../../src/cli/cycle-summary.ts'
import type { SourceId } from '../../src/domain/identifiers.ts'
import type { CycleReport } from '../../src/pipeline.ts'

const counts = { accepted: 3, proposed: 1, rejected: 1, none: 2 }
const nothing: CycleReport = {
  polls: [],
  match: { judged: 0, changed: 0 },
  publish: { feeds: 2, written: [], unchanged: 12, withdrawn: [], refused: [], leftOut: [] },
  durationMs: 1_234,
}
const aPoll = (changes: Partial<CycleReport['polls'][number]> = {}): CycleReport['polls'][number] => ({
  ...{
    source: 'ブログ' as SourceId,
    result: 'ok',
    detail: '',
    added: 2,
    changed: 1,
    skipped: [],
    requests: 3,
    conditional: 1,
    unmodified: 0,
    durationMs: 5,
  },
  ...changes,
})
const refused = [{ path: 'feeds/a.atom', because: 'it would shrink' }]

describe('describeCycle', () => {
  it('says when nothing was due', () => {
    const text = describeCycle(nothing, counts)
    expect(text).toContain('No source was due.')
    expect(text).toContain('7 posts: 3 with their original, 1 proposed, 3 without (0 judged now, 0 changed)')
    expect(text).toContain('0 files written, 12 unchanged')
  })

  it('gives every source a line, and the sums of requests', () => {
    const polls = [aPoll(), aPoll({ source: 'tni' as SourceId, result: 'not-modified', requests: 1, conditional: 1, unmodified: 1 })]
    const lines = describeCycle({ ...nothing, polls }, counts).split('\n')
    expect(lines[0]).toBe('2 sources polled in 1.2 s')
    expect(lines.find(line => line.includes('ブログ'))).toMatch(/^ {2}ブログ {2}ok +2 +1$/)
    expect(lines.at(-1)).toBe('4 requests, 2 conditional, 1 answered 304 Not Modified')
  })

  it('names what was not published and what was left out, ten each at most', () => {
    const leftOut = Array.from({ length: 12 }, (_, index) => ({
      id: `urn:${index}`,
      because: 'no date',
    })) as unknown as CycleReport['publish']['leftOut']
    const text = describeCycle({ ...nothing, publish: { ...nothing.publish, refused, leftOut, withdrawn: ['x'] } }, counts)
    expect(text).toContain('not published: feeds/a.atom: it would shrink')
    expect(text.match(/left out: /g)).toHaveLength(10)
    expect(text).toContain('1 withdrawn')
  })
})

describe('isWholeSuccess', () => {
  const cases: readonly [name: string, report: CycleReport, isWhole: boolean][] = [
    ['nothing to do', nothing, true],
    ['polls that brought something or nothing', { ...nothing, polls: [aPoll(), aPoll({ result: 'not-modified' })] }, true],
    ['polls that brought what they should, with something to tell', { ...nothing, polls: [aPoll({ result: 'moved' })] }, true],
    ['a poll that failed', { ...nothing, polls: [aPoll(), aPoll({ result: 'timeout' })] }, false],
    ['a document that was refused', { ...nothing, publish: { ...nothing.publish, refused } }, false],
  ]
  for (const [name, report, isWhole] of cases) it(`is ${isWhole} for ${name}`, () => expect(isWholeSuccess(report)).toBe(isWhole))
})

describe('cycleJson', () => {
  it('carries the report, the sums and the counts', () => {
    expect(cycleJson({ ...nothing, polls: [aPoll()] }, counts)).toMatchObject({
      ...{ durationMs: 1_234, requests: { sent: 3, conditional: 1, unmodified: 0 }, posts: counts },
    })
  })
})
