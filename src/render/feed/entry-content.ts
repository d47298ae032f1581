import type { OutputEntry } from '../../domain/output-feed.ts'
import { escapeHtml } from '../../html/escape.ts'
import { bodyBlocks } from './body-blocks.ts'
import { type CreditStyle, commentParagraph, creditParagraph, rightsParagraph } from './credit.ts'
import type { EntryContext } from './entry-context.ts'
import { wordsLanguage } from './language-tag.ts'
import { hasOwnCredit } from './own-credit.ts'

/** What an entry is summarised with: plain text for a post, HTML where an article's rights stand below its excerpt. */
export interface Summary {
  readonly type: 'text' | 'html'
  readonly value: string
}

/**
 * Gives the HTML an entry is published with: the translator's comment, the sanitised content, and the credit of its
 * original, unless the post ends with one of its own to the same address. An article carries its outlet and rights.
 * Undefined where there is no content to publish; an entry that has no page either gets its excerpt as content,
 * since an entry without content must have an alternate link (RFC 4287 §4.1.2).
 */
export function entryContent(entry: OutputEntry, context: EntryContext, hasPage: boolean): string | undefined {
  const text = publishedText(entry, hasPage)
  if (text === undefined) return undefined
  const style = styleOf(entry, context)
  const credit = hasOwnCredit(text, entry.original?.url) ? '' : creditParagraph(entry, style)
  return lines(commentParagraph(entry.comment, style), text, credit, rightsParagraph(entry, style))
}

/**
 * Gives what an entry is summarised with; undefined where it would say the whole content again: readers take a summary as
 * a sign that there is more (RFC 4287 §4.2.13). The excerpt of an article that is published without content comes with
 * its outlet and rights, as it is all that readers show.
 */
export function entrySummary(entry: OutputEntry, context: EntryContext, hasPage: boolean): Summary | undefined {
  const { excerpt } = entry
  const text = publishedText(entry, hasPage)
  if (excerpt.trim() === '' || (text !== undefined && saysTheSame(text, excerpt))) return undefined
  const rights = text === undefined ? rightsParagraph(entry, styleOf(entry, context)) : ''
  return rights === '' ? { type: 'text', value: excerpt } : { type: 'html', value: lines(`<p>${escapeHtml(excerpt)}</p>`, rights) }
}

function styleOf({ language }: Pick<OutputEntry, 'language'>, context: EntryContext): CreditStyle {
  return { language: wordsLanguage(context.language), timeZone: context.site.timeZone, amid: language }
}

function lines(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('\n')
}

function publishedText({ content = '', excerpt }: Pick<OutputEntry, 'excerpt' | 'content'>, hasPage: boolean): string | undefined {
  if (content.trim() !== '') return content
  return hasPage || excerpt.trim() === '' ? undefined : `<p>${escapeHtml(excerpt)}</p>`
}

function saysTheSame(html: string, text: string): boolean {
  const wanted = bare(text)
  // A long content mostly shows in its beginning that it says more; the cut is before a tag, so that none is taken for text.
  const cut = html.length > LONG_CHARACTERS ? Math.max(html.lastIndexOf('<', 2 * text.length + 500), 0) : html.length
  const beginning = bareBody(html.slice(0, cut))
  return beginning.length <= wanted.length && bareBody(html) === wanted
}

const LONG_CHARACTERS = 4_000

function bareBody(html: string): string {
  return bare(
    bodyBlocks(html)
      .map(({ text }) => text)
      .join(''),
  )
}

function bare(text: string): string {
  return text.replace(/\s+/g, '')
}
