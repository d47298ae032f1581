import { escapeHtml } from '../html/escape.ts'
import type { SampleArticle } from './samples/sample-article.ts'

/** The body of an article as its outlet's feed and page carry it. */
export function articleHtml(article: SampleArticle): string {
  return article.body.map(paragraph => `<p>${escapeHtml(paragraph)}</p>`).join('\n')
}

/** Writes typographic punctuation as numeric references, which WordPress does in titles and excerpts. */
export function withNumericReferences(html: string): string {
  return html.replace(/[\u2010-\u2027]/g, character => `&#${character.codePointAt(0)};`)
}

/** A CDATA section; what would close it early is split over two sections. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
