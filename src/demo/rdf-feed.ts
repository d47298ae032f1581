import { escapeHtml } from '../html/escape.ts'
import { articleHtml, cdata } from './article-html.ts'
import { newest, w3cDate } from './dates.ts'
import { articleUrl, feedUrl, outletUrl } from './samples/addresses.ts'
import { articlesOf } from './samples/articles.ts'
import type { SampleOutlet } from './samples/outlets.ts'
import type { SampleArticle } from './samples/sample-article.ts'

/** An outlet's feed as RSS 1.0 (RDF) with Dublin Core: items stand beside the channel, which lists them. */
export function rdfFeed(outlet: SampleOutlet, port: number): string {
  const articles = articlesOf(outlet.id)
  const listed = articles.map(article => `        <rdf:li rdf:resource="${articleUrl(article, port)}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/">
  <channel rdf:about="${feedUrl(outlet.id, port)}">
    <title>${escapeHtml(outlet.name)}</title>
    <link>${outletUrl(outlet.id, port)}/</link>
    <description>${escapeHtml(outlet.tagline)}</description>
    <dc:language>en</dc:language>
    <dc:rights>${escapeHtml(outlet.rights ?? '')}</dc:rights>
    <dc:date>${w3cDate(newest(articles.map(article => article.published)))}</dc:date>
    <items>
      <rdf:Seq>
${listed.join('\n')}
      </rdf:Seq>
    </items>
  </channel>
${articles.map(article => item(article, port)).join('\n')}
</rdf:RDF>
`
}

function item(article: SampleArticle, port: number): string {
  const url = articleUrl(article, port)
  const subjects = article.categories.map(category => `    <dc:subject>${escapeHtml(category)}</dc:subject>`)
  return `  <item rdf:about="${url}">
    <title>${escapeHtml(article.title)}</title>
    <link>${url}</link>
    <description>${escapeHtml(article.lead)}</description>
    <content:encoded>${cdata(articleHtml(article))}</content:encoded>
    <dc:creator>${escapeHtml(article.author)}</dc:creator>
    <dc:date>${w3cDate(Date.parse(article.published))}</dc:date>
${subjects.join('\n')}
  </item>`
}
