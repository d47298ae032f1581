import type { Tier } from '../../domain/match.ts'
import type { Credit, OutputEntry } from '../../domain/output-feed.ts'
import type { PageLanguage } from '../../domain/site.ts'
import { escapeAttribute, escapeHtml } from '../../html/escape.ts'
import { languageTag } from './language-tag.ts'
import { plainText } from './plain-text.ts'
import { publishableDate } from './publishable-date.ts'
import { webAddress } from './web-address.ts'

interface Words {
  readonly locale: string
  readonly original: string
  readonly source: string
  readonly comment: string
  readonly separator: string
  readonly afterOutlet: string
  readonly quoted: (title: string) => string
  readonly aside: (text: string) => string
  readonly matchedBy: string
  readonly tiers: Readonly<Record<Tier, string>>
}

const WORDS: Readonly<Record<PageLanguage, Words>> = {
  ja: {
    locale: 'ja-JP',
    original: '原文：',
    source: '出典：',
    comment: '訳者コメント：',
    separator: '、',
    afterOutlet: '',
    quoted: title => `「${title}」`,
    aside: text => `（${text}）`,
    matchedBy: '対応づけの根拠：',
    tiers: {
      1: '訳者または運営者の指定',
      2: '本文に示された原文のURL',
      3: '原題、または著者名と日付の一致',
      4: '本文どうしの内容の照合',
    },
  },
  en: {
    locale: 'en-GB',
    original: 'Original: ',
    source: 'Source: ',
    comment: 'Translator’s comment: ',
    separator: ', ',
    afterOutlet: ', ',
    quoted: title => `“${title}”`,
    aside: text => ` (${text})`,
    matchedBy: 'Matched by ',
    tiers: {
      1: 'the word of the translator or the operator',
      2: 'the address of the original given in the post',
      3: 'the original’s title, or its author and date',
      4: 'what both texts say',
    },
  },
}

/** How our own paragraphs are worded. */
export interface CreditStyle {
  readonly language: PageLanguage
  /** Zone of the original's date, IANA name. */
  readonly timeZone: string
  /** The language of the text they stand in. */
  readonly amid: string
}

/**
 * Gives the HTML paragraph that names the original of a post: outlet, linked title, authors and date, as far as they are
 * known, and what the two were matched by. A post whose original is unknown names the outlets it cites; empty where there
 * is nothing to name.
 */
export function creditParagraph(entry: Pick<OutputEntry, 'kind' | 'original' | 'outlets'>, style: CreditStyle): string {
  const words = WORDS[style.language]
  if (entry.original === undefined) {
    const names = entry.kind === 'post' ? entry.outlets.map(({ name }) => escapeHtml(name)) : []
    return names.length === 0 ? '' : paragraph(words.source + names.join(words.separator), style)
  }
  const outlet = escapeHtml(entry.original.outlet?.name ?? '')
  const title = linkedTitle(entry.original, words)
  const named = [outlet, title].filter(part => part !== '').join(entry.original.title?.trim() ? words.afterOutlet : ' ')
  const byline = bylineOf(entry.original, words, style.timeZone)
  if (named === '' && byline === '') return ''
  const whole = named === '' ? byline : named + (byline === '' ? '' : words.aside(byline))
  return paragraph(`${words.original}${whole}<br>${words.matchedBy}${words.tiers[entry.original.tier]}`, style)
}

/** Gives the HTML paragraph that carries the translator's comment; empty for none. */
export function commentParagraph(comment: string | undefined, style: CreditStyle): string {
  return comment === undefined || comment.trim() === '' ? '' : paragraph(WORDS[style.language].comment + escapeHtml(comment), style)
}

/** Gives the HTML paragraph that says whose an article is: its outlet and its rights, as far as they are known; empty for a post. */
export function rightsParagraph(entry: Pick<OutputEntry, 'kind' | 'outlets' | 'rights'>, style: CreditStyle): string {
  const words = WORDS[style.language]
  const outlet = escapeHtml(entry.outlets[0]?.name ?? '')
  const rights = escapeHtml(plainText(entry.rights)?.value ?? '')
  if (entry.kind === 'post' || outlet + rights === '') return ''
  return paragraph(words.source + (outlet === '' || rights === '' ? outlet + rights : outlet + words.aside(rights)), style)
}

function paragraph(html: string, { language, amid }: CreditStyle): string {
  return amid.toLowerCase().split(/[-_]/)[0] === language ? `<p>${html}</p>` : `<p lang="${language}">${html}</p>`
}

function linkedTitle({ url, title = '', language }: Credit, words: Words): string {
  const href = webAddress(url)
  const tag = languageTag(language)
  const languages = tag === undefined ? '' : ` hreflang="${tag}" lang="${tag}"`
  if (title.trim() === '') return href === undefined ? '' : `<a href="${escapeAttribute(href)}"${languages}>${escapeHtml(href)}</a>`
  if (href === undefined) return words.quoted(escapeHtml(title))
  return words.quoted(`<a href="${escapeAttribute(href)}"${languages}>${escapeHtml(title)}</a>`)
}

function bylineOf({ authors, published }: Credit, words: Words, timeZone: string): string {
  const date = publishableDate(published)
  const day = date === undefined ? '' : dayFormat(words.locale, timeZone).format(date)
  return [...authors.map(escapeHtml), day].filter(part => part.trim() !== '').join(words.separator)
}

// Making a format costs more than rendering the entry around it.
const dayFormats = new Map<string, Intl.DateTimeFormat>()

function dayFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(`${locale} ${timeZone}`)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone })
  dayFormats.set(`${locale} ${timeZone}`, format)
  return format
}
