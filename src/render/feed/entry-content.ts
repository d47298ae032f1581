import type { OutputEntry } from '../../domain/output-feed.ts'
import { escapeHtml } from '../../html/escape.ts'
import { textOf } from '../../html/text.ts'
import { commentParagraph, creditParagraph } from './credit.ts'
import type { EntryContext } from './entry-context.ts'
import { wordsLanguage } from './language-tag.ts'

/**
 * Gives the HTML an entry is published with: the translator's comment, the sanitised content, and the credit of its original.
 * Undefined where there is no content to publish; an entry that has no page either gets its excerpt as content,
 * since an entry without content must have an alternate link (RFC 4287 §4.1.2).
 */
export function entryContent(entry: OutputEntry, context: EntryContext, hasPage: boolean): string | undefined {
  const text = publishedText(entry, hasPage)
  if (text === undefined) return undefined
  const style = { language: wordsLanguage(context.language), timeZone: context.site.timeZone }
  return [commentParagraph(entry.comment, style.language), text, creditParagraph(entry, style)].filter(part => part !== '').join('\n')
}

/**
 * Gives the plain text an entry is summarised with; undefined where it would say the whole content again:
 * readers take a summary as a sign that there is more (RFC 4287 §4.2.13).
 */
export function entrySummary(entry: Pick<OutputEntry, 'excerpt' | 'content'>, hasPage: boolean): string | undefined {
  const { excerpt } = entry
  const text = publishedText(entry, hasPage)
  return excerpt.trim() === '' || (text !== undefined && saysTheSame(text, excerpt)) ? undefined : excerpt
}

function publishedText({ content = '', excerpt }: Pick<OutputEntry, 'excerpt' | 'content'>, hasPage: boolean): string | undefined {
  if (content.trim() !== '') return content
  return hasPage || excerpt.trim() === '' ? undefined : `<p>${escapeHtml(excerpt)}</p>`
}

function saysTheSame(html: string, text: string): boolean {
  const wanted = bare(text)
  // A long content mostly shows in its beginning that it says more; the cut is before a tag, so that none is taken for text.
  const cut = html.lastIndexOf('<', 2 * text.length + 500)
  const beginning = bare(textOf(html.slice(0, Math.max(cut, 0))))
  return beginning.length <= wanted.length && bare(textOf(html)) === wanted
}

function bare(text: string): string {
  return text.replace(/\s+/g, '')
}
