import type { Transaction } from 'kysely'
import type { Db, Tables } from './schema.ts'

/** A file that was published: from what, with which bytes. */
export interface Publication {
  readonly path: string
  readonly inputDigest: string
  readonly byteDigest: string
  readonly entries: number
}

/** All publications, kept in memory between the times they are asked for. */
export interface PublicationRegister {
  readonly all: () => Promise<ReadonlyMap<string, Publication>>
  /** Does the same to what is stored, whole or not at all, and to what is kept. */
  readonly change: (store: (trx: Transaction<Tables>) => Promise<void>, keep: (known: Map<string, Publication>) => void) => Promise<void>
}

// Counts the changes, by whichever process: what is kept holds for as long as the count is the one it was read under.
const REVISION = 'publications-revision'

/** Opens the register. A long history has twenty thousand files, and every cycle asks for all of them. */
export function publicationRegister(db: Db): PublicationRegister {
  let kept: { readonly revision: number; readonly known: Map<string, Publication> } | undefined
  return {
    all: async () => {
      const revision = await revisionIn(db)
      if (kept?.revision === revision) return new Map(kept.known)
      const known = await readAll(db)
      // Whoever wrote meanwhile may have been read in part.
      kept = (await revisionIn(db)) === revision ? { revision, known } : undefined
      return new Map(known)
    },
    change: async (store, keep) => {
      const revision = await db.transaction().execute(async trx => {
        await store(trx)
        return nextRevision(trx)
      })
      if (kept?.revision === revision - 1) {
        keep(kept.known)
        kept = { revision, known: kept.known }
      } else kept = undefined
    },
  }
}

async function readAll(db: Db): Promise<Map<string, Publication>> {
  const rows = await db.selectFrom('publications').select(['path', 'input_digest', 'byte_digest', 'entries']).execute()
  return new Map(
    rows.map(row => [row.path, { path: row.path, inputDigest: row.input_digest, byteDigest: row.byte_digest, entries: row.entries }]),
  )
}

async function revisionIn(db: Db): Promise<number> {
  const row = await db.selectFrom('notices').select('document').where('name', '=', REVISION).executeTakeFirst()
  return Number(row?.document ?? 0)
}

async function nextRevision(trx: Transaction<Tables>): Promise<number> {
  const revision = (await revisionIn(trx)) + 1
  const row = { document: String(revision), at: 0 }
  await trx
    .insertInto('notices')
    .values({ name: REVISION, ...row })
    .onConflict(conflict => conflict.column('name').doUpdateSet(row))
    .execute()
  return revision
}
