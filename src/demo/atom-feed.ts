import { escapeAttribute, escapeHtml } from '../html/escape.ts'
import { articleHtml, withNumericReferences } from './article-html.ts'
import { newest } from './dates.ts'
import { articleUrl, feedUrl, outletUrl } from './samples/addresses.ts'
import { articlesOf } from './samples/articles.ts'
import type { SampleOutlet } from './samples/outlets.ts'
import type { SampleArticle } from './samples/sample-article.ts'

/** An outlet's feed as Atom 1.0 (RFC 4287) with escaped HTML in titles and contents. */
export function atomFeed(outlet: SampleOutlet, port: number): string {
  const articles = articlesOf(outlet.id)
  const updated = new Date(newest(articles.map(article => article.published))).toISOString()
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>tag:${outlet.id}.localhost,2026:feed</id>
  <title>${escapeHtml(outlet.name)}</title>
  <subtitle>${escapeHtml(outlet.tagline)}</subtitle>
  <updated>${updated}</updated>
  <link rel="self" type="application/atom+xml" href="${feedUrl(outlet.id, port)}"/>
  <link rel="alternate" type="text/html" href="${outletUrl(outlet.id, port)}/"/>
  <rights>${escapeHtml(outlet.rights ?? '')}</rights>
${articles.map(article => entry(article, port)).join('\n')}
</feed>
`
}

function entry(article: SampleArticle, port: number): string {
  const published = new Date(article.published).toISOString()
  const categories = article.categories.map(category => `    <category term="${escapeAttribute(category)}"/>`)
  return `  <entry>
    <id>tag:${article.outlet}.localhost,${published.slice(0, 4)}:${article.slug}</id>
    <title type="html">${escapeHtml(withNumericReferences(escapeHtml(article.title)))}</title>
    <link rel="alternate" type="text/html" href="${articleUrl(article, port)}"/>
    <published>${published}</published>
    <updated>${published}</updated>
    <author><name>${escapeHtml(article.author)}</name></author>
${categories.join('\n')}
    <summary>${escapeHtml(article.lead)}</summary>
    <content type="html">${escapeHtml(articleHtml(article))}</content>
  </entry>`
}
