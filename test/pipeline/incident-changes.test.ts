import { describe, expect, it } from 'vitest'
import type { Condition, Incident } from '../../src/domain/incident.ts'
import type { PollState } from '../../src/domain/poll.ts'
import { currentConditions, type Sightings } from '../../src/pipeline/current-conditions.ts'
import { incidentChanges } from '../../src/pipeline/incident-changes.ts'
import { WHOLE_FOLDER } from '../../src/pipeline/publish-feeds.ts'

const DOWN: Condition = { kind: 'source-failing', subject: 'tni', cause: 'timeout', detail: 'no answer within 30 s' }

function anIncident(changes: Partial<Incident> = {}): Incident {
  return { ...DOWN, key: 'k', openedAt: 1, changedAt: 1, closedAt: null, ...changes }
}

describe('incidentChanges', () => {
  it('opens an incident for what was not amiss before', () => {
    expect(incidentChanges([], [DOWN], 5)).toEqual([{ ...DOWN, key: expect.any(String), openedAt: 5, changedAt: 5, closedAt: null }])
  })

  it('says nothing of what goes on as it was, though its detail may differ', () => {
    expect(incidentChanges([anIncident()], [{ ...DOWN, detail: 'no answer within 31 s' }], 5)).toEqual([])
  })

  it('tells of another cause under the same key', () => {
    const changed = incidentChanges([anIncident()], [{ ...DOWN, cause: 'gone', detail: '410' }], 5)
    expect(changed).toEqual([anIncident({ cause: 'gone', detail: '410', changedAt: 5 })])
  })

  it('ends what is amiss no more', () => {
    expect(incidentChanges([anIncident()], [], 5)).toEqual([anIncident({ changedAt: 5, closedAt: 5 })])
  })

  it('gives what comes again, and what concerns another, a key of its own', () => {
    const keys = [
      ...incidentChanges([], [DOWN, { ...DOWN, subject: 'fp' }, { ...DOWN, kind: 'source-silent' }], 5),
      ...incidentChanges([], [DOWN], 6),
    ].map(({ key }) => key)
    expect(new Set(keys).size).toBe(4)
  })
})

describe('currentConditions', () => {
  type State = Pick<PollState, 'lastResult' | 'lastDetail' | 'failures'>
  const calm: Sightings = { polls: new Map(), publish: { refused: [], leftOut: [] }, configProblems: [] }
  const polled = (state: Partial<State>, open: readonly Incident[] = []) =>
    currentConditions({ ...calm, polls: new Map([['tni', { lastResult: 'ok', lastDetail: '', failures: 0, ...state }]]) }, open).map(
      ({ kind, cause }) => `${kind}: ${cause}`,
    )

  const cases: readonly [name: string, state: Partial<State>, open: readonly Incident[], conditions: readonly string[]][] = [
    ['finds nothing amiss with a source that answers', { lastResult: 'not-modified' }, [], []],
    ['finds nothing amiss with a source that was never polled', { lastResult: null }, [], []],
    ['lets two failures pass', { lastResult: 'timeout', failures: 2 }, [], []],
    ['tells of the third', { lastResult: 'timeout', failures: 3 }, [], ['source-failing: timeout']],
    ['tells at once of what waiting does not help against', { lastResult: 'gone', failures: 1 }, [], ['source-failing: gone']],
    ['holds a source for failing until it succeeds', { lastResult: 'dns', failures: 1 }, [anIncident()], ['source-failing: dns']],
    ['holds a source that has moved for sound', { lastResult: 'moved' }, [anIncident()], []],
    ['tells of a silence', { lastResult: 'silent-too-long' }, [], ['source-silent: silent-too-long']],
  ]
  for (const [name, state, open, conditions] of cases) it(name, () => expect(polled(state, open)).toEqual(conditions))

  it('tells of everything else that an operator should mend', () => {
    const publish = {
      refused: [
        { path: 'feeds/a.atom', because: 'x' },
        { path: WHOLE_FOLDER, because: 'no space' },
      ],
      leftOut: [{ id: 'urn:1', because: 'y' }],
    }
    const all = currentConditions({ ...calm, publish, configProblems: ['a', 'b'], failure: 'disk full' }, [])
    expect(all.map(({ kind, subject, cause }) => [kind, subject, cause])).toEqual([
      ['document-refused', 'feeds/a.atom', 'x'],
      ['publishing-failed', '', 'no space'],
      ['entry-left-out', 'urn:1', 'y'],
      ['config-refused', '', 'a\nb'],
      ['cycle-failed', '', 'disk full'],
    ])
  })
})
