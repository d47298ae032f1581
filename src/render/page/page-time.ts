import type { PageLanguage } from '../../domain/site.ts'
import type { Instant } from '../../domain/time.ts'
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
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone }).format(instant)
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
