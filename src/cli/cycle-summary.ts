import { isSuccess } from '../domain/poll.ts'
import type { CycleReport } from '../pipeline.ts'
import type { MatchCounts } from '../store/match-store.ts'
import { clip, table } from './table.ts'

/** What a cycle did, for people. */
export function describeCycle(report: CycleReport, counts: MatchCounts): string {
  return [...pollLines(report), postLine(report, counts), ...publishLines(report), requestLine(report)].join('\n')
}

/** What a cycle did, for programs. */
export function cycleJson(report: CycleReport, counts: MatchCounts): object {
  return { ...report, requests: requestsOf(report), posts: counts }
}

/** Whether everything that was tried worked. */
export function isWholeSuccess({ polls, publish }: CycleReport): boolean {
  return polls.every(({ result }) => isSuccess(result)) && publish.refused.length === 0 && publish.leftOut.length === 0
}

const NOTE_COLUMNS = 100
const SHOWN = 10

function pollLines({ polls, durationMs }: CycleReport): readonly string[] {
  if (polls.length === 0) return ['No source was due.']
  const rows = polls.map(poll => [poll.source, poll.result, String(poll.added), String(poll.changed), clip(poll.detail, NOTE_COLUMNS)])
  const sources = `${polls.length} source${polls.length === 1 ? '' : 's'} polled in ${(durationMs / 1000).toFixed(1)} s`
  return [sources, table([['SOURCE', 'RESULT', 'NEW', 'CHANGED', 'NOTE'], ...rows], '  ')]
}

function postLine({ match }: CycleReport, counts: MatchCounts): string {
  const total = counts.accepted + counts.proposed + counts.rejected + counts.none
  const standing = `${total} posts: ${counts.accepted} with their original, ${counts.proposed} proposed, ${counts.none + counts.rejected} without`
  return `${standing} (${match.judged} judged now, ${match.changed} changed)`
}

function publishLines({ publish }: CycleReport): readonly string[] {
  const { feeds, written, unchanged, withdrawn, refused, leftOut } = publish
  const lines = [
    `${feeds} feeds: ${written.length} files written, ${unchanged} unchanged${withdrawn.length === 0 ? '' : `, ${withdrawn.length} withdrawn`}`,
  ]
  for (const { path, because } of refused.slice(0, SHOWN)) lines.push(`  not published: ${path}: ${because}`)
  for (const { id, because } of leftOut.slice(0, SHOWN)) lines.push(`  left out: ${id}: ${because}`)
  return lines
}

function requestLine(report: CycleReport): string {
  const { sent, conditional, unmodified } = requestsOf(report)
  return `${sent} requests, ${conditional} conditional, ${unmodified} answered 304 Not Modified`
}

function requestsOf({ polls }: CycleReport) {
  const sum = (field: 'requests' | 'conditional' | 'unmodified') => polls.reduce((total, poll) => total + poll[field], 0)
  return { sent: sum('requests'), conditional: sum('conditional'), unmodified: sum('unmodified') }
}
