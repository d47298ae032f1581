import type { Article } from '../domain/article.ts'
import type { Entry } from '../domain/feed.ts'
import type { EntryKey, OutletId, SourceId } from '../domain/identifiers.ts'
import { leadOfEntry } from './entry-text.ts'
import type { EntryRow } from './schema.ts'

/** What of an entry makes an article. */
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
  'document',
] as const

type ArticleRow = Pick<EntryRow, (typeof ARTICLE_COLUMNS)[number]>

/** Maps a row to the article it holds. Its text is made when it is read: most articles are asked for to be named. */
export function toArticle(row: ArticleRow): Article {
  return {
    key: row.entry_key as EntryKey,
    source: row.source_id as SourceId,
    outlet: row.outlet_id as OutletId,
    id: row.entry_id,
    title: row.title,
    authors: JSON.parse(row.authors) as string[],
    published: row.published,
    get text() {
      return leadOfEntry(JSON.parse(row.document) as Entry)
    },
    ...(row.url == null ? {} : { url: row.url }),
    ...(row.address == null ? {} : { address: row.address }),
  }
}
