import type { Selectable } from 'kysely'
import type { Announcement, Subscription, SubscriptionState } from '../domain/subscription.ts'
import type { Db, Tables } from './schema.ts'

/** Which feeds name hubs, and how our subscriptions with them stand. */
export interface SubscriptionStore {
  /** Keeps what the feed at an address last announced; undefined that it announces nothing. */
  readonly announce: (address: string, announcement: Announcement | undefined) => Promise<void>
  /** What feeds announce, by their addresses in the config. */
  readonly announcements: () => Promise<ReadonlyMap<string, Announcement>>
  /** Oldest first. */
  readonly all: () => Promise<readonly Subscription[]>
  readonly byToken: (token: string) => Promise<Subscription | undefined>
  readonly add: (subscription: Subscription) => Promise<void>
  /** Replaces a subscription by what `change` makes of it as it is then; undefined when there is none, and nothing is changed. */
  readonly change: (token: string, change: (subscription: Subscription) => Subscription) => Promise<Subscription | undefined>
  readonly remove: (token: string) => Promise<void>
}

export function subscriptionStore(db: Db): SubscriptionStore {
  const announcements = announcementStore(db)
  return {
    ...announcements,
    all: async () => (await db.selectFrom('subscriptions').selectAll().orderBy('opened_at').orderBy('token').execute()).map(toSubscription),
    byToken: async token => {
      const row = await db.selectFrom('subscriptions').selectAll().where('token', '=', token).executeTakeFirst()
      return row === undefined ? undefined : toSubscription(row)
    },
    add: async subscription => {
      await db.insertInto('subscriptions').values(toRow(subscription)).execute()
    },
    change: (token, change) =>
      db.transaction().execute(async trx => {
        const row = await trx.selectFrom('subscriptions').selectAll().where('token', '=', token).executeTakeFirst()
        if (row === undefined) return undefined
        const changed = change(toSubscription(row))
        await trx.updateTable('subscriptions').set(toRow(changed)).where('token', '=', token).execute()
        return changed
      }),
    remove: async token => {
      await db.deleteFrom('subscriptions').where('token', '=', token).execute()
    },
  }
}

/** Nearly every document announces what the one before did, mostly nothing: what is known is kept in memory. */
function announcementStore(db: Db): Pick<SubscriptionStore, 'announce' | 'announcements'> {
  let known: Promise<Map<string, Announcement>> | undefined
  const read = async () => {
    const rows = await db.selectFrom('announcements').selectAll().execute()
    return new Map(rows.map(({ address, hubs, topic }) => [address, { hubs: JSON.parse(hubs) as readonly string[], topic }]))
  }
  const remember = () => {
    known = read().catch(error => {
      known = undefined
      throw error
    })
    return known
  }
  return {
    announce: async (address, announcement) => {
      const remembered = await (known ?? remember())
      if (JSON.stringify(remembered.get(address)) === JSON.stringify(announcement)) return
      await write(db, address, announcement)
      if (announcement === undefined) remembered.delete(address)
      else remembered.set(address, announcement)
    },
    // Another process may have learned something since.
    announcements: async () => new Map(await remember()),
  }
}

async function write(db: Db, address: string, announcement: Announcement | undefined): Promise<void> {
  if (announcement === undefined) {
    await db.deleteFrom('announcements').where('address', '=', address).execute()
    return
  }
  const row = { hubs: JSON.stringify(announcement.hubs), topic: announcement.topic }
  await db
    .insertInto('announcements')
    .values({ address, ...row })
    .onConflict(conflict => conflict.column('address').doUpdateSet(row))
    .execute()
}

function toSubscription(row: Selectable<Tables['subscriptions']>): Subscription {
  const { token, address, hub, topic, callback, secret, requests, deliveries, misses, detail } = row
  return {
    ...{ token, address, hub, topic, callback, secret, requests, deliveries, misses, detail },
    state: row.state as SubscriptionState,
    openedAt: row.opened_at,
    nextRequestAt: row.next_request_at,
    leaseUntil: row.lease_until,
    lastNewsAt: row.last_news_at,
  }
}

function toRow(subscription: Subscription): Selectable<Tables['subscriptions']> {
  const { token, address, hub, topic, callback, secret, state, requests, deliveries, misses, detail } = subscription
  return {
    ...{ token, address, hub, topic, callback, secret, state, requests, deliveries, misses, detail },
    opened_at: subscription.openedAt,
    next_request_at: subscription.nextRequestAt,
    lease_until: subscription.leaseUntil,
    last_news_at: subscription.lastNewsAt,
  }
}
