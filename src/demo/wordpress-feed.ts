import { escapeHtml } from '../html/escape.ts'
import { articleHtml, cdata, withNumericReferences } from './article-html.ts'
import { newest, rfc822 } from './dates.ts'
import { articleUrl, feedUrl, outletUrl } from './samples/addresses.ts'
import { articlesOf } from './samples/articles.ts'
import type { SampleOutlet } from './samples/outlets.ts'
import type { SampleArticle } from './samples/sample-article.ts'

/**
 * An outlet's feed as WordPress writes RSS 2.0: numeric references in titles, CDATA, `content:encoded`,
 * and guids of the form `?p=123` that are no permalinks.
 */
export function wordpressFeed(outlet: SampleOutlet, port: number): string {
  const articles = articlesOf(outlet.id)
  const built = rfc822(newest(articles.map(article => article.published)))
  const items = articles.map((article, index) => item(article, articles.length - index, port))
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>

<channel>
	<title>${escapeHtml(outlet.name)}</title>
	<atom:link href="${feedUrl(outlet.id, port)}" rel="self" type="application/rss+xml" />
	<link>${outletUrl(outlet.id, port)}/</link>
	<description>${escapeHtml(outlet.tagline)}</description>
	<lastBuildDate>${built}</lastBuildDate>
	<language>en-US</language>
	<sy:updatePeriod>
	hourly	</sy:updatePeriod>
	<sy:updateFrequency>
	1	</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.8.3</generator>
${items.join('\n')}
</channel>
</rss>
`
}

function item(article: SampleArticle, position: number, port: number): string {
  const url = articleUrl(article, port)
  const categories = article.categories.map(category => `		<category>${cdata(escapeHtml(category))}</category>`)
  return `	<item>
		<title>${withNumericReferences(escapeHtml(article.title))}</title>
		<link>${url}</link>
		<dc:creator>${cdata(article.author)}</dc:creator>
		<pubDate>${rfc822(Date.parse(article.published))}</pubDate>
${categories.join('\n')}
		<guid isPermaLink="false">${outletUrl(article.outlet, port)}/?p=${1180 + 23 * position}</guid>

		<description>${cdata(withNumericReferences(`<p>${escapeHtml(article.lead)}</p>`))}</description>
		<content:encoded>${cdata(`${withNumericReferences(`<p>${escapeHtml(article.lead)}</p>\n${articleHtml(article)}`)}\n`)}</content:encoded>
		<slash:comments>0</slash:comments>
	</item>`
}
