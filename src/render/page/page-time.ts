import type { PageLanguage } from '../../domain/site.ts'
import { HOUR, type Instant } from '../../domain/time.ts'
import { type Html, html } from './html.ts'

const LOCALES: Readonly<Record<PageLanguage, string>> = { ja: 'ja-JP', en: 'en-GB' }

/** How a page tells dates. */
export interface DateStyle {
  readonly language: PageLanguage
  /** IANA name. */
  readonly timeZone: string
}

/** Gives the day an instant falls on in the site's time zone: `2025年3月12日`, `12 March 2025`. */
export function pageDate(instant: Instant, { language, timeZone }: DateStyle): string {
  return formatOf(LOCALES[language], { dateStyle: 'long', timeZone }).format(instant)
}

/** Gives the year and the month (1 to 12) an instant falls in, in a time zone. */
export function pageMonth(instant: Instant, timeZone: string): { readonly year: number; readonly month: number } {
  const [earliest, latest] = [new Date(instant - FURTHEST_MS), new Date(instant + FURTHEST_MS)]
  const isClear = instant > 0 && earliest.getUTCMonth() === latest.getUTCMonth()
  if (isClear) return { year: latest.getUTCFullYear(), month: latest.getUTCMonth() + 1 }
  const format = formatOf('sv-SE', { year: 'numeric', month: '2-digit', timeZone })
  const [year = 0, month = 0] = format.format(instant).split('-').map(Number)
  return { year, month }
}

// No zone has ever been further from UTC; every post is asked for its month whenever anything is published.
const FURTHEST_MS = 16 * HOUR

/** Gives a `<time>` that shows the day without its year: `3月12日`, `12 Mar`. */
export function pageDay(instant: Instant, { language, timeZone }: DateStyle): Html {
  const day = formatOf(LOCALES[language], { month: 'short', day: 'numeric', timeZone }).format(instant)
  return html`<time datetime="${new Date(instant).toISOString()}">${day}</time>`
}

/**
 * Gives a `<time>` that shows the day and carries the instant (UTC) for machines.
 *
 * @param property the microdata property the instant is the value of
 */
export function pageTime(instant: Instant, style: DateStyle, property?: 'datePublished'): Html {
  const itemprop = property !== undefined && html` itemprop="${property}"`
  return html`<time datetime="${new Date(instant).toISOString()}"${itemprop}>${pageDate(instant, style)}</time>`
}

// Making a format costs a hundred times as much as using it, and every post has its days written on several pages.
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options])
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, format)
  return format
}
