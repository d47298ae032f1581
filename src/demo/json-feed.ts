import { articleHtml } from './article-html.ts'
import { articleUrl, feedUrl, outletUrl } from './samples/addresses.ts'
import { articlesOf } from './samples/articles.ts'
import type { SampleOutlet } from './samples/outlets.ts'

/** An outlet's feed as JSON Feed 1.1. */
export function jsonFeed(outlet: SampleOutlet, port: number): string {
  const items = articlesOf(outlet.id).map(article => ({
    id: articleUrl(article, port),
    url: articleUrl(article, port),
    title: article.title,
    summary: article.lead,
    content_html: articleHtml(article),
    date_published: article.published,
    authors: [{ name: article.author }],
    tags: article.categories,
  }))
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: outlet.name,
    description: outlet.tagline,
    home_page_url: `${outletUrl(outlet.id, port)}/`,
    feed_url: feedUrl(outlet.id, port),
    language: 'en',
    items,
  }
  return `${JSON.stringify(feed, null, 2)}\n`
}
