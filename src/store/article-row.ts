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
  'content_digest',
  'document',
] as const

type ArticleRow = Pick<EntryRow, (typeof ARTICLE_COLUMNS)[number]>

// A post without a cited address is compared with every article of its span, and the next post with nearly the same ones.
const LEADS_KEPT = 4_000

/** Gives what maps a row to the article it holds; the texts of those read last are kept. */
export function articleReader(): (row: ArticleRow) => Article {
  const leads = new Map<string, string>()
  return row => {
    const version = `${row.entry_key} ${row.content_digest}`
    const text = leads.get(version) ?? leadOfEntry(JSON.parse(row.document) as Entry)
    if (leads.size >= LEADS_KEPT) leads.clear()
    leads.set(version, text)
    return toArticle(row, text)
  }
}

function toArticle(row: ArticleRow, text: string): Article {
  return {
    key: row.entry_key as EntryKey,
    source: row.source_id as SourceId,
    outlet: row.outlet_id as OutletId,
    id: row.entry_id,
    title: row.title,
    authors: JSON.parse(row.authors) as string[],
    published: row.published,
    text,
    ...(row.url == null ? {} : { url: row.url }),
    ...(row.address == null ? {} : { address: row.address }),
  }
}
