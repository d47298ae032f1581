import type { Condition, Incident } from '../domain/incident.ts'
import { type FailureReason, isSuccess, type PollState } from '../domain/poll.ts'
import type { PublishReport } from './publish-deps.ts'
import { WHOLE_FOLDER } from './publish-feeds.ts'

/** What can be seen of the state of things. */
export interface Sightings {
  /** Sources of the config by their id. */
  readonly polls: ReadonlyMap<string, Pick<PollState, 'lastResult' | 'lastDetail' | 'failures'>>
  readonly publish: Pick<PublishReport, 'refused' | 'leftOut'>
  /** What is wrong with the config on disk, where the one in force is another. */
  readonly configProblems: readonly string[]
  /** Why the cycle came to no end. */
  readonly failure?: string
}

// Nothing that waiting helps against. Any other failure may pass: the third in a row is no accident any more.
const LASTING: ReadonlySet<string> = new Set<FailureReason>(['gone', 'blocked', 'refused-address'])
const FAILURES = 3

/** Tells everything that is amiss. @param open incidents that last: a source is failing until it succeeds */
export function currentConditions(sightings: Sightings, open: readonly Incident[]): readonly Condition[] {
  const failing = new Set(open.flatMap(({ kind, subject }) => (kind === 'source-failing' ? [subject] : [])))
  const { polls, publish, configProblems, failure } = sightings
  return [
    ...[...polls].flatMap(([id, state]) => sourceCondition(id, state, failing.has(id)) ?? []),
    ...publish.refused.map(({ path, because }) => refusal(path, because)),
    ...publish.leftOut.map(({ id, because }): Condition => ({ kind: 'entry-left-out', subject: id, cause: because, detail: because })),
    ...only('config-refused', configProblems.join('\n')),
    ...only('cycle-failed', failure ?? ''),
  ]
}

function sourceCondition(
  id: string,
  { lastResult, lastDetail, failures }: Pick<PollState, 'lastResult' | 'lastDetail' | 'failures'>,
  isFailing: boolean,
): Condition | undefined {
  if (lastResult === null) return undefined
  const about = { subject: id, cause: lastResult, detail: lastDetail }
  if (lastResult === 'silent-too-long') return { kind: 'source-silent', ...about }
  const isAmiss = !isSuccess(lastResult) && (isFailing || failures >= FAILURES || LASTING.has(lastResult))
  return isAmiss ? { kind: 'source-failing', ...about } : undefined
}

function refusal(path: string, because: string): Condition {
  const about = { cause: because, detail: because }
  return path === WHOLE_FOLDER
    ? { kind: 'publishing-failed', subject: '', ...about }
    : { kind: 'document-refused', subject: path, ...about }
}

function only(kind: Condition['kind'], text: string): readonly Condition[] {
  return text === '' ? [] : [{ kind, subject: '', cause: text, detail: text }]
}
