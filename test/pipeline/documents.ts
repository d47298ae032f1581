import type { Instant } from '../../src/domain/time.ts'
import { escapeXml } from '../support/feed-documents.ts'

/** An item of an RSS feed; texts are raw, what is left out is not in the document. */
export interface RssItem {
  readonly guid?: string
  readonly title: string
  readonly html?: string
  readonly link?: string
  readonly published?: Instant
  readonly labels?: readonly string[]
}

/** An RSS 2.0 document. @param channel XML that the channel begins with */
export function rssDocument(items: readonly RssItem[], channel = ''): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>対訳帖</title><link>https://blog.example.jp/</link><description>訳文</description>${channel}${items.map(itemOf).join('')}</channel></rss>`
}

/** An entry of an Atom feed. */
export interface AtomEntry {
  readonly id: string
  readonly title: string
  readonly html: string
  readonly published?: Instant
  readonly updated?: Instant
}

/** An Atom document. */
export function atomDocument(entries: readonly AtomEntry[]): string {
  const xml = entries.map(({ id, title, html, published, updated }) =>
    [
      `<entry><id>${id}</id><title>${escapeXml(title)}</title><content type="html">${escapeXml(html)}</content><category term="外交"/>`,
      published === undefined ? '' : `<published>${new Date(published).toISOString()}</published>`,
      updated === undefined ? '' : `<updated>${new Date(updated).toISOString()}</updated>`,
      '</entry>',
    ].join(''),
  )
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blog.example.jp,2026:feed</id><title>対訳帖</title>${xml.join('')}</feed>`
}

function itemOf({ guid, title, html = '<p>本文です。</p>', link, published, labels = ['外交'] }: RssItem): string {
  return [
    `<item><title>${escapeXml(title)}</title><description>${escapeXml(html)}</description>`,
    guid === undefined ? '' : `<guid isPermaLink="false">${escapeXml(guid)}</guid>`,
    link === undefined ? '' : `<link>${escapeXml(link)}</link>`,
    published === undefined ? '' : `<pubDate>${new Date(published).toUTCString()}</pubDate>`,
    ...labels.map(label => `<category>${escapeXml(label)}</category>`),
    '</item>',
  ].join('')
}
