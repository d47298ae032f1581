import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Judgement } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { outletsOf } from '../domain/post-outlets.ts'
import { type Tables, TITLE_BEGINNING } from './schema.ts'

/** The schema's history, oldest first. A migration that has shipped is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '2026-11-22-first': { up: first },
  '2026-11-22-leaner-entries': { up: leanerEntries },
  '2026-11-23-websub': { up: websub },
  '2026-11-24-archives': { up: archives },
  '2026-11-24-lessons': { up: lessons },
  '2026-11-24-incidents': { up: incidents },
  '2026-11-24-moved-slugs': { up: movedSlugs },
  '2026-11-24-post-outlets': { up: postOutlets },
  '2026-11-24-push': { up: push },
  '2026-11-25-catalogue': { up: catalogue },
}

async function first(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sources')
    .addColumn('source_id', 'text', column => column.primaryKey())
    .addColumn('address', 'text', column => column.notNull())
    .addColumn('host', 'text', column => column.notNull())
    .addColumn('next_poll_at', 'bigint', column => column.notNull())
    .addColumn('etag', 'text')
    .addColumn('last_modified', 'text')
    .addColumn('failures', 'integer', column => column.notNull())
    .addColumn('last_poll_at', 'bigint')
    .addColumn('last_success_at', 'bigint')
    .addColumn('last_change_at', 'bigint')
    .addColumn('last_result', 'text')
    .addColumn('last_detail', 'text', column => column.notNull())
    .addColumn('body_digest', 'text')
    .addColumn('resume_at', 'integer')
    .addColumn('memory', 'text')
    .execute()
  await db.schema.createIndex('sources_due').on('sources').column('next_poll_at').execute()
  await createEntries(db)
  await createPosts(db)
  await createPublications(db)
}

async function createEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('entries')
    .addColumn('entry_key', 'text', column => column.primaryKey())
    .addColumn('role', 'text', column => column.notNull())
    .addColumn('source_id', 'text', column => column.notNull())
    .addColumn('outlet_id', 'text')
    .addColumn('entry_id', 'text', column => column.notNull())
    .addColumn('url', 'text')
    .addColumn('address', 'text')
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('title_key', 'text', column => column.notNull())
    .addColumn('authors', 'text', column => column.notNull())
    .addColumn('published', 'bigint', column => column.notNull())
    .addColumn('updated', 'bigint', column => column.notNull())
    .addColumn('first_seen', 'bigint', column => column.notNull())
    .addColumn('changed_at', 'bigint', column => column.notNull())
    .addColumn('content_digest', 'text', column => column.notNull())
    .addColumn('words_digest', 'text', column => column.notNull())
    .addColumn('plain_text', 'text', column => column.notNull())
    .addColumn('document', 'text', column => column.notNull())
    .addColumn('source_metadata', 'text', column => column.notNull())
    .addColumn('facts', 'text')
    .addColumn('withdrawn_at', 'bigint')
    .execute()
  await db.schema.createIndex('entries_source').on('entries').columns(['source_id', 'entry_id']).execute()
  await db.schema.createIndex('entries_address').on('entries').columns(['role', 'address']).execute()
  await db.schema.createIndex('entries_title').on('entries').columns(['role', 'title_key']).execute()
  await db.schema.createIndex('entries_outlet').on('entries').columns(['outlet_id', 'published']).execute()
  await db.schema.createIndex('entries_published').on('entries').columns(['role', 'published']).execute()
  await db.schema.createIndex('entries_changed').on('entries').columns(['changed_at', 'role']).execute()
}

async function createPosts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('posts')
    .addColumn('post_key', 'text', column => column.primaryKey())
    .addColumn('source_id', 'text', column => column.notNull())
    .addColumn('published', 'bigint', column => column.notNull())
    .addColumn('updated', 'bigint', column => column.notNull())
    .addColumn('judgement_digest', 'text', column => column.notNull())
    .addColumn('is_taken', 'integer', column => column.notNull())
    .addColumn('document', 'text', column => column.notNull())
    .execute()
  await db.schema.createIndex('posts_published').on('posts').column('published').execute()
  await db.schema
    .createTable('post_labels')
    .addColumn('post_key', 'text', column => column.notNull())
    .addColumn('label', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('post_labels_key', ['post_key', 'label'])
    .execute()
  await db.schema.createIndex('post_labels_label').on('post_labels').column('label').execute()
  await db.schema
    .createTable('matches')
    .addColumn('post_key', 'text', column => column.primaryKey())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('entry_key', 'text')
    .addColumn('address', 'text')
    .addColumn('tier', 'integer')
    .addColumn('score', 'real')
    .addColumn('document', 'text', column => column.notNull())
    .addColumn('judged_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('matches_entry').on('matches').column('entry_key').execute()
  await db.schema.createIndex('matches_address').on('matches').column('address').execute()
}

async function createPublications(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('label_slugs')
    .addColumn('label', 'text', column => column.primaryKey())
    .addColumn('slug', 'text', column => column.notNull().unique())
    .execute()
  await db.schema
    .createTable('publications')
    .addColumn('path', 'text', column => column.primaryKey())
    .addColumn('input_digest', 'text', column => column.notNull())
    .addColumn('byte_digest', 'text', column => column.notNull())
    .addColumn('entries', 'integer', column => column.notNull())
    .addColumn('written_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createTable('sanitized')
    .addColumn('digest', 'text', column => column.primaryKey())
    .addColumn('html', 'text', column => column.notNull())
    .execute()
  await db.schema
    .createTable('notices')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('document', 'text', column => column.notNull())
    .addColumn('at', 'bigint', column => column.notNull())
    .execute()
}

async function lessons(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lessons')
    .addColumn('post_key', 'text', column => column.primaryKey())
    .addColumn('digest', 'text', column => column.notNull())
    .addColumn('document', 'text', column => column.notNull())
    .addColumn('changed_at', 'bigint', column => column.notNull())
    .execute()
}

async function movedSlugs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('moved_slugs')
    .addColumn('slug', 'text', column => column.primaryKey())
    .addColumn('moved_to', 'text')
    .addColumn('moved_at', 'bigint', column => column.notNull())
    .execute()
}

async function websub(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('announcements')
    .addColumn('address', 'text', column => column.primaryKey())
    .addColumn('hubs', 'text', column => column.notNull())
    .addColumn('topic', 'text', column => column.notNull())
    .execute()
  await db.schema
    .createTable('subscriptions')
    .addColumn('token', 'text', column => column.primaryKey())
    .addColumn('address', 'text', column => column.notNull())
    .addColumn('hub', 'text', column => column.notNull())
    .addColumn('topic', 'text', column => column.notNull())
    .addColumn('callback', 'text', column => column.notNull())
    .addColumn('secret', 'text', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('opened_at', 'bigint', column => column.notNull())
    .addColumn('next_request_at', 'bigint', column => column.notNull())
    .addColumn('requests', 'integer', column => column.notNull())
    .addColumn('lease_until', 'bigint')
    .addColumn('last_news_at', 'bigint')
    .addColumn('deliveries', 'integer', column => column.notNull())
    .addColumn('misses', 'integer', column => column.notNull())
    .addColumn('detail', 'text', column => column.notNull())
    .execute()
}

async function archives(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('archive_pages')
    .addColumn('slug', 'text', column => column.notNull())
    .addColumn('entry_key', 'text', column => column.notNull())
    .addColumn('page', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('archive_pages_key', ['slug', 'entry_key'])
    .execute()
  await db.schema.createIndex('archive_pages_entry').on('archive_pages').column('entry_key').execute()
  await db.schema.alterTable('entries').addColumn('withdrawn_by', 'text').execute()
  await db.schema.createIndex('entries_withdrawn').on('entries').column('withdrawn_at').where('withdrawn_at', 'is not', null).execute()
}

async function push(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('subscribers')
    .addColumn('subscriber_key', 'text', column => column.primaryKey())
    .addColumn('path', 'text', column => column.notNull())
    .addColumn('topic', 'text', column => column.notNull())
    .addColumn('callback', 'text', column => column.notNull())
    .addColumn('host', 'text', column => column.notNull())
    .addColumn('secret', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('request', 'text')
    .addColumn('digest', 'text', column => column.notNull())
    .addColumn('last_delivery_at', 'bigint')
    .addColumn('failures', 'integer', column => column.notNull())
    .addColumn('next_delivery_at', 'bigint', column => column.notNull())
    .addColumn('detail', 'text', column => column.notNull())
    .execute()
  await db.schema.createIndex('subscribers_host').on('subscribers').column('host').execute()
  await db.schema
    .createTable('hub_pings')
    .addColumn('hub', 'text', column => column.notNull())
    .addColumn('path', 'text', column => column.notNull())
    .addColumn('digest', 'text', column => column.notNull())
    .addColumn('told_at', 'bigint')
    .addColumn('failures', 'integer', column => column.notNull())
    .addColumn('next_ping_at', 'bigint', column => column.notNull())
    .addColumn('detail', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('hub_pings_key', ['hub', 'path'])
    .execute()
}

/** What can be worked out from the document is; the indexes are those that are asked. */
async function leanerEntries(db: Kysely<unknown>): Promise<void> {
  for (const index of ['entries_address', 'entries_title', 'entries_outlet', 'entries_published'])
    await db.schema.dropIndex(index).execute()
  await db.schema.alterTable('entries').dropColumn('words_digest').execute()
  await db.schema.alterTable('entries').dropColumn('plain_text').execute()
  await db.schema.createIndex('entries_address').on('entries').column('address').execute()
  await db.schema.createIndex('entries_title').on('entries').expression(TITLE_BEGINNING).execute()
  await db.schema.createIndex('entries_published').on('entries').columns(['role', 'published', 'outlet_id']).execute()
}

/** Filled from what is stored, so that no post has to be judged again. */
async function postOutlets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('post_outlets')
    .addColumn('post_key', 'text', column => column.notNull())
    .addColumn('outlet_id', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('post_outlets_key', ['post_key', 'outlet_id'])
    .execute()
  await db.schema.createIndex('post_outlets_outlet').on('post_outlets').column('outlet_id').execute()
  const tables = db as Kysely<Tables>
  const posts = await tables.selectFrom('posts').select('post_key').where('is_taken', '=', 1).execute()
  // A post at a time: all their documents at once can be more than there is memory for.
  for (const { post_key } of posts) {
    const row = await tables
      .selectFrom('posts')
      .innerJoin('matches', 'matches.post_key', 'posts.post_key')
      .select(['posts.document', 'matches.document as judgement'])
      .where('posts.post_key', '=', post_key)
      .executeTakeFirst()
    const outlets = row === undefined ? [] : outletsOf(JSON.parse(row.document) as Post, JSON.parse(row.judgement) as Judgement)
    for (const outlet_id of outlets) await tables.insertInto('post_outlets').values({ post_key, outlet_id }).execute()
  }
}

async function incidents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('incidents')
    .addColumn('incident_key', 'text', column => column.primaryKey())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('subject', 'text', column => column.notNull())
    .addColumn('cause', 'text', column => column.notNull())
    .addColumn('detail', 'text', column => column.notNull())
    .addColumn('opened_at', 'bigint', column => column.notNull())
    .addColumn('changed_at', 'bigint', column => column.notNull())
    .addColumn('closed_at', 'bigint')
    .execute()
}

/** What every run of publishing asks of all posts stands together, so that none of them is read for it. */
async function catalogue(db: Kysely<unknown>): Promise<void> {
  const asked = ['is_taken', 'published', 'post_key', 'updated', 'judgement_digest']
  await db.schema.createIndex('posts_catalogue').on('posts').columns(asked).execute()
}
