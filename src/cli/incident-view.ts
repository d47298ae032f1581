import type { Incident } from '../domain/incident.ts'
import { INCIDENTS_PATH } from '../domain/site.ts'
import type { Instant } from '../domain/time.ts'
import type { Store } from '../store/store.ts'
import { describeInstant } from './span.ts'
import { clip, table } from './table.ts'

/** An incident that lasts, as `status` shows it: since when, what, where and why. */
export type IncidentView = Pick<Incident, 'openedAt' | 'kind' | 'subject' | 'cause' | 'detail'>

const SHOWN = 10

/** Reads what is amiss, as the operator's feed has it; the newest incident first. */
export async function incidentViews({ incidents }: Pick<Store, 'incidents'>): Promise<readonly IncidentView[]> {
  const open = await incidents.open()
  return open.toReversed().map(({ openedAt, kind, subject, cause, detail }) => ({ openedAt, kind, subject, cause, detail }))
}

/** Lines for `status`; none where nothing is amiss. */
export function describeIncidents(views: readonly IncidentView[], now: Instant): readonly string[] {
  if (views.length === 0) return []
  const rows = views.slice(0, SHOWN).map(({ openedAt, kind, subject, cause, detail }) => {
    const why = detail === '' || detail === cause ? cause : `${cause}: ${detail}`
    return [describeInstant(openedAt, now), kind, clip(subject, 60), clip(why.replaceAll('\n', '; '), 80)]
  })
  const others = views.length > SHOWN ? [`  and ${views.length - SHOWN} more, in ${INCIDENTS_PATH}`] : []
  return ['Incidents that last:', table(rows, '  '), ...others]
}
