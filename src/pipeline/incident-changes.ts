import type { Condition, Incident } from '../domain/incident.ts'
import type { Instant } from '../domain/time.ts'
import { digestOf } from './digest.ts'

/**
 * Compares what is amiss with the incidents that are open: gives those that begin, get another cause or end now, and
 * nothing for what goes on as it was.
 */
export function incidentChanges(open: readonly Incident[], conditions: readonly Condition[], now: Instant): readonly Incident[] {
  const lasting = new Map(conditions.map(condition => [nameOf(condition), condition]))
  const known = new Map(open.map(incident => [nameOf(incident), incident]))
  const ended = open.filter(incident => !lasting.has(nameOf(incident))).map(incident => ({ ...incident, changedAt: now, closedAt: now }))
  const begunOrChanged = [...lasting].flatMap(([name, condition]): Incident[] => {
    const before = known.get(name)
    if (before === undefined) return [{ ...condition, key: digestOf(`${name}\0${now}`), openedAt: now, changedAt: now, closedAt: null }]
    return before.cause === condition.cause ? [] : [{ ...before, ...condition, changedAt: now }]
  })
  return [...ended, ...begunOrChanged]
}

function nameOf({ kind, subject }: Pick<Condition, 'kind' | 'subject'>): string {
  return `${kind}\0${subject}`
}
