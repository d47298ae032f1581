import type { Insertable, Selectable } from 'kysely'
import { isFeedPath } from '../domain/site.ts'
import type { HubPing, Subscriber, SubscriberRequest } from '../domain/subscriber.ts'
import type { Instant } from '../domain/time.ts'
import type { Db, Tables } from './schema.ts'

/** Who is subscribed to our feeds, and what the hubs of others have been told. */
export interface HubStore {
  /** Digests of the bytes of every feed document that is published, by path; archives and pages are left out. */
  readonly digests: () => Promise<ReadonlyMap<string, string>>
  readonly digest: (path: string) => Promise<string | undefined>
  readonly subscribers: () => Promise<readonly Subscriber[]>
  readonly subscriber: (key: string) => Promise<Subscriber | undefined>
  /** How many subscribers have a lease, and how many of them a callback at a host, on any port. */
  readonly counts: (host: string, now: Instant) => Promise<SubscriberCounts>
  /** Those that have none, be it yet or any more, with the host of their callback; oldest first. */
  readonly waiting: (now: Instant) => Promise<readonly { readonly key: string; readonly host: string }[]>
  /** Replaces a subscriber by what `change` makes of the one there is then, if any; undefined removes it. */
  readonly changeSubscriber: (
    key: string,
    change: (known: Subscriber | undefined) => Subscriber | undefined,
  ) => Promise<Subscriber | undefined>
  /** The same for one that there is; `change` is told how many have a lease at that very moment. */
  readonly settleSubscriber: (
    key: string,
    change: (known: Subscriber, counts: SubscriberCounts) => Subscriber | undefined,
    now: Instant,
  ) => Promise<Subscriber | undefined>
  readonly pings: () => Promise<readonly HubPing[]>
  /** Replaces what is known of a hub and a document by what `change` makes of it as it is then; undefined removes it. */
  readonly changePing: (
    ping: Pick<HubPing, 'hub' | 'path'>,
    change: (known: HubPing | undefined) => HubPing | undefined,
  ) => Promise<HubPing | undefined>
}

export interface SubscriberCounts {
  readonly all: number
  readonly atHost: number
}

export function hubStore(db: Db): HubStore {
  return {
    digests: async () => {
      // '0' comes after '/'.
      const rows = await db
        .selectFrom('publications')
        .select(['path', 'byte_digest'])
        .where('path', '>=', 'feeds/')
        .where('path', '<', 'feeds0')
        .execute()
      return new Map(rows.flatMap(({ path, byte_digest }) => (isFeedPath(path) ? [[path, byte_digest] as const] : [])))
    },
    digest: async path => {
      const row = await db.selectFrom('publications').select('byte_digest').where('path', '=', path).executeTakeFirst()
      return isFeedPath(path) ? row?.byte_digest : undefined
    },
    subscribers: async () => (await db.selectFrom('subscribers').selectAll().execute()).map(toSubscriber),
    subscriber: async key => {
      const row = await db.selectFrom('subscribers').selectAll().where('subscriber_key', '=', key).executeTakeFirst()
      return row === undefined ? undefined : toSubscriber(row)
    },
    counts: (host, now) => counts(db, host, now),
    waiting: async now => {
      const rows = await db
        .selectFrom('subscribers')
        .select(['subscriber_key', 'host'])
        .where(({ eb, or }) => or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
        // Nothing was delivered to them since they first asked.
        .orderBy('next_delivery_at')
        .orderBy('subscriber_key')
        .execute()
      return rows.map(({ subscriber_key: key, host }) => ({ key, host }))
    },
    changeSubscriber: (key, change) => db.transaction().execute(trx => changeSubscriber(trx, key, change)),
    settleSubscriber: (key, change, now) =>
      db.transaction().execute(async trx => {
        const row = await trx.selectFrom('subscribers').select('host').where('subscriber_key', '=', key).executeTakeFirst()
        if (row === undefined) return undefined
        const served = await counts(trx, row.host, now)
        return changeSubscriber(trx, key, known => known && change(known, served))
      }),
    pings: async () => (await db.selectFrom('hub_pings').selectAll().execute()).map(toPing),
    changePing: (ping, change) => changePing(db, ping, change),
  }
}

async function counts(db: Db, host: string, now: Instant): Promise<SubscriberCounts> {
  const leased = db
    .selectFrom('subscribers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('lease_until', '>', now)
  const [all, atHost] = [await leased.executeTakeFirst(), await leased.where('host', '=', host).executeTakeFirst()]
  return { all: Number(all?.count ?? 0), atHost: Number(atHost?.count ?? 0) }
}

async function changeSubscriber(
  trx: Db,
  key: string,
  change: Parameters<HubStore['changeSubscriber']>[1],
): Promise<Subscriber | undefined> {
  const row = await trx.selectFrom('subscribers').selectAll().where('subscriber_key', '=', key).executeTakeFirst()
  const changed = change(row === undefined ? undefined : toSubscriber(row))
  if (changed === undefined) {
    if (row !== undefined) await trx.deleteFrom('subscribers').where('subscriber_key', '=', key).execute()
    return undefined
  }
  const { subscriber_key, ...values } = subscriberRow(changed)
  await trx
    .insertInto('subscribers')
    .values({ subscriber_key, ...values })
    .onConflict(conflict => conflict.column('subscriber_key').doUpdateSet(values))
    .execute()
  return changed
}

function changePing(
  db: Db,
  { hub, path }: Pick<HubPing, 'hub' | 'path'>,
  change: Parameters<HubStore['changePing']>[1],
): Promise<HubPing | undefined> {
  return db.transaction().execute(async trx => {
    const row = await trx.selectFrom('hub_pings').selectAll().where('hub', '=', hub).where('path', '=', path).executeTakeFirst()
    const changed = change(row === undefined ? undefined : toPing(row))
    if (changed === undefined) {
      if (row !== undefined) await trx.deleteFrom('hub_pings').where('hub', '=', hub).where('path', '=', path).execute()
      return undefined
    }
    const { digest, toldAt, failures, nextPingAt, detail } = changed
    const values = { digest, told_at: toldAt, failures, next_ping_at: nextPingAt, detail }
    await trx
      .insertInto('hub_pings')
      .values({ hub, path, ...values })
      .onConflict(conflict => conflict.columns(['hub', 'path']).doUpdateSet(values))
      .execute()
    return changed
  })
}

function toSubscriber(row: Selectable<Tables['subscribers']>): Subscriber {
  const { path, topic, callback, secret, digest, failures, detail } = row
  return {
    ...{ path, topic, callback, secret, digest, failures, detail },
    key: row.subscriber_key,
    leaseUntil: row.lease_until,
    request: row.request === null ? null : (JSON.parse(row.request) as SubscriberRequest),
    lastDeliveryAt: row.last_delivery_at,
    nextDeliveryAt: row.next_delivery_at,
  }
}

function subscriberRow(subscriber: Subscriber): Insertable<Tables['subscribers']> {
  const { key, path, topic, callback, secret, leaseUntil, request, digest, lastDeliveryAt, failures, nextDeliveryAt, detail } = subscriber
  return {
    ...{ path, topic, callback, secret, digest, failures, detail },
    subscriber_key: key,
    host: URL.parse(callback)?.hostname ?? '',
    lease_until: leaseUntil,
    request: request === null ? null : JSON.stringify(request),
    last_delivery_at: lastDeliveryAt,
    next_delivery_at: nextDeliveryAt,
  }
}

function toPing(row: Selectable<Tables['hub_pings']>): HubPing {
  const { hub, path, digest, failures, detail } = row
  return { hub, path, digest, failures, detail, toldAt: row.told_at, nextPingAt: row.next_ping_at }
}
