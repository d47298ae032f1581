import type { FeedRule, OutputEntry } from '../../domain/output-feed.ts'
import { entryPagePath, labelPagePath, type PageLanguage, type Site, yearPagePath } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { pageDocument } from './page-document.ts'
import { pageHref, webHref } from './page-href.ts'
import { pageDay, pageMonth } from './page-time.ts'
import { feedAutodiscovery } from './subscribe-links.ts'
import { textLanguage } from './text-language.ts'
import { type LabelYear, yearLinks } from './year-links.ts'

/** What a list shows of a post. */
export type ListedEntry = Pick<OutputEntry, 'key' | 'title' | 'url' | 'language' | 'published' | 'original'>

/** What a page of a label's posts of one year is made from. */
export interface YearView {
  readonly site: Site
  readonly language: PageLanguage
  readonly rule: FeedRule
  readonly year: number
  /** Counts from 1. */
  readonly page: number
  readonly pages: number
  /** Posts of the whole year. */
  readonly count: number
  /** Those of this page, oldest first. */
  readonly entries: readonly ListedEntry[]
  /** Every year the label has posts of. */
  readonly years: readonly LabelYear[]
  readonly generatorVersion: string
}

/** Gives a page of a label's posts of one year, month by month, as a whole HTML document. */
export function yearPage(view: YearView): string {
  const { site, language, rule, year, page } = view
  const words = MESSAGES[language]
  const name = `${rule.title} ${words.year(year)}${page === 1 ? '' : ` (${page})`}`
  return pageDocument({
    ...view,
    title: `${name} – ${site.title}`,
    description: words.describeYear(rule.title, year),
    path: of => yearPagePath(rule.slug, { year, page }, of, site),
    autodiscovery: feedAutodiscovery(site, rule),
    header: 'site-name',
    main: html`<div class="heading">
<p class="eyebrow"><a class="tap quiet" lang="${textLanguage(rule.title)}" href="${pageHref(site, labelPagePath(rule.slug, language, site))}">${rule.title}</a></p>
<h1>${words.year(year)}</h1>
<p class="small">${words.entries(view.count)}</p>
${yearLinks(view, year)}
</div>
${byMonth(view).map(month => monthSection(month, view))}
${view.pages > 1 && pageLinks(view)}`,
  })
}

interface Month {
  readonly month: number
  readonly entries: readonly ListedEntry[]
}

function byMonth({ entries, site }: YearView): readonly Month[] {
  const months = Map.groupBy(entries, ({ published }) => pageMonth(published, site.timeZone).month)
  return [...months].map(([month, ofMonth]) => ({ month, entries: ofMonth }))
}

function monthSection({ month, entries }: Month, view: YearView): Html {
  return html`
<section class="month">
<h2>${MESSAGES[view.language].month(month)}</h2>
<ol class="log">${entries.map(entry => logItem(entry, view))}</ol>
</section>`
}

function logItem(entry: ListedEntry, { site, language }: YearView): Html {
  const { title, url, original, key } = entry
  const day = pageDay(entry.published, { language, timeZone: site.timeZone })
  const text = title.trim() === '' ? MESSAGES[language].untitled : html`<span lang="${entry.language}">${title}</span>`
  const href = webHref(url)
  const headline = href === undefined ? text : html`<a class="quiet" hreflang="${entry.language}" href="${href}">${text}</a>`
  return html`
<li><a class="tap small day" href="${pageHref(site, entryPagePath(key, language, site))}">${day}<span class="unseen" lang="${textLanguage(title)}"> ${title}</span></a><div><p>${headline}</p>${originalLine(original)}</div></li>`
}

function originalLine(original: ListedEntry['original']): Html | false {
  if (original === undefined) return false
  const { outlet, title, language, url } = original
  const name = outlet !== undefined && html`<span class="item" lang="${textLanguage(outlet.name)}">${outlet.name}</span> `
  const href = webHref(url)
  const cite = title !== undefined && html`<cite lang="${language}">${title}</cite>`
  return html`<p class="small">${name}${cite !== false && href !== undefined ? html`<a class="quiet" rel="external" hreflang="${language}" href="${href}">${cite}</a>` : cite}</p>`
}

function pageLinks({ site, language, rule, year, page, pages }: YearView): Html {
  const words = MESSAGES[language]
  const items = Array.from({ length: pages }, (_, index) => index + 1).map(number => {
    const isHere = number === page && html` aria-current="page"`
    const rel = number === page + 1 ? html` rel="next"` : number === page - 1 && html` rel="prev"`
    const href = pageHref(site, yearPagePath(rule.slug, { year, page: number }, language, site))
    return html`<li><a class="pill"${isHere}${rel} href="${href}"><span class="unseen">${words.page(number)}</span><span aria-hidden="true">${number}</span></a></li>`
  })
  return html`<nav class="pages" aria-label="${words.pages}"><ul class="row">${items}</ul></nav>`
}
