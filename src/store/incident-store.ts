import type { Selectable } from 'kysely'
import type { Incident, IncidentKind } from '../domain/incident.ts'
import type { Instant } from '../domain/time.ts'
import type { Db, IncidentsTable } from './schema.ts'

/** What was amiss, and is. */
export interface IncidentStore {
  /** Those that last, oldest first. */
  readonly open: () => Promise<readonly Incident[]>
  /** The last changed ones, newest change first. */
  readonly newest: (limit: number) => Promise<readonly Incident[]>
  readonly save: (incidents: readonly Incident[]) => Promise<void>
  /** Forgets those that ended before. */
  readonly prune: (before: Instant) => Promise<void>
}

export function incidentStore(db: Db): IncidentStore {
  return {
    open: async () => {
      const rows = await db
        .selectFrom('incidents')
        .selectAll()
        .where('closed_at', 'is', null)
        .orderBy('opened_at')
        .orderBy('incident_key')
        .execute()
      return rows.map(toIncident)
    },
    newest: async limit => {
      const rows = await db.selectFrom('incidents').selectAll().orderBy('changed_at', 'desc').orderBy('incident_key').limit(limit).execute()
      return rows.map(toIncident)
    },
    save: incidents =>
      db.transaction().execute(async trx => {
        for (const { key, kind, subject, cause, detail, openedAt, changedAt, closedAt } of incidents) {
          const row = { kind, subject, cause, detail, opened_at: openedAt, changed_at: changedAt, closed_at: closedAt }
          await trx
            .insertInto('incidents')
            .values({ incident_key: key, ...row })
            .onConflict(conflict => conflict.column('incident_key').doUpdateSet(row))
            .execute()
        }
      }),
    prune: async before => {
      await db.deleteFrom('incidents').where('closed_at', '<', before).execute()
    },
  }
}

function toIncident(row: Selectable<IncidentsTable>): Incident {
  return {
    key: row.incident_key,
    kind: row.kind as IncidentKind,
    subject: row.subject,
    cause: row.cause,
    detail: row.detail,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    closedAt: row.closed_at,
  }
}
