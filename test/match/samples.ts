import type { Article } from '../../src/domain/article.ts'
import { articleAddress } from '../../src/domain/article-address.ts'
import type { EntryKey, OutletId, SourceId } from '../../src/domain/identifiers.ts'
import type { Outlet } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import type { CitedAddress, Post } from '../../src/domain/post.ts'
import { DAY, type Instant } from '../../src/domain/time.ts'
import { type ArticleSpan, type KnownArticles, ORDER_TOLERANCE, type SpanArticles } from '../../src/match/known-articles.ts'

/** When the sample post appeared. */
export const POSTED: Instant = Date.parse('2025-03-12T09:00:00Z')
export const [TNI, TWZ] = ['tni', 'twz'] as unknown as [OutletId, OutletId]

function anOutlet(id: OutletId, name: string, host: string): Outlet {
  return { id, name, hosts: [host], movedHosts: [], aliases: [], language: 'en', republish: 'excerpt' }
}

export const directory = outletDirectory([
  anOutlet(TNI, 'The National Interest', 'tni.example'),
  anOutlet(TWZ, 'The War Zone', 'twz.example'),
])

/** An article of The National Interest, a day older than the post; its page is named after its key. */
export function anArticle(key: string, changes: Partial<Article> = {}): Article {
  const url = `https://${changes.outlet ?? TNI}.example/feature/${key}`
  const basics = { id: key, key: key as EntryKey, source: 'feed' as SourceId, outlet: TNI, url, address: articleAddress(url) ?? '' }
  return { ...basics, title: `Article ${key}`, authors: [], published: POSTED - DAY, text: '', ...changes }
}

/** A post of ten blocks that names nothing. */
export function aPost(changes: Partial<Post> = {}): Post {
  return {
    key: 'post' as EntryKey,
    source: 'blog' as SourceId,
    id: 'post',
    title: '見出し',
    headline: '見出し',
    outlets: [],
    labels: [],
    authors: [],
    language: 'ja',
    published: POSTED,
    updated: POSTED,
    html: '',
    text: Array(10).fill('本文。').join('\n'),
    links: [],
    cited: [],
    englishLines: [],
    bylines: [],
    ...changes,
  }
}

/** A link to an article in the middle of the body. */
export function citing(key: string, changes: Partial<CitedAddress> = {}): CitedAddress {
  const { url = '', address = '', outlet } = anArticle(key, changes.outlet === undefined ? {} : { outlet: changes.outlet })
  return { url, address, outlet, as: 'link', block: 4, isCredit: false, ...changes }
}

/** A span that every sample article and post is in. */
export const ANY_TIME: ArticleSpan = { from: 0, to: POSTED + ORDER_TOLERANCE, outlets: [] }

/** What the store answers where every question finds these articles, the one for the articles of the time among them. */
export function known(articles: readonly Article[], inSpan: () => SpanArticles): KnownArticles {
  return { byAddress: articles, byTitle: articles, onDays: articles, inSpan: async () => inSpan() }
}
