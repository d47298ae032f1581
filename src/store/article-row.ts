import type { Article } from '../domain/article.ts'
import type { EntryKey, OutletId, SourceId } from '../domain/identifiers.ts'
import type { EntryRow } from './schema.ts'

/** What of an entry makes an article; the documents, which are long, stay where they are. */
export const ARTICLE_COLUMNS = [
  'entry_key',
  'source_id',
  'outlet_id',
  'entry_id',
  'url',
  'address',
  'title',
  'authors',
  'published',
  'plain_text',
] as const

/** Maps a row to the article it holds. */
export function toArticle(row: Pick<EntryRow, (typeof ARTICLE_COLUMNS)[number]>): Article {
  return {
    key: row.entry_key as EntryKey,
    source: row.source_id as SourceId,
    outlet: row.outlet_id as OutletId,
    id: row.entry_id,
    title: row.title,
    authors: JSON.parse(row.authors) as string[],
    published: row.published,
    text: row.plain_text,
    ...(row.url == null ? {} : { url: row.url }),
    ...(row.address == null ? {} : { address: row.address }),
  }
}
