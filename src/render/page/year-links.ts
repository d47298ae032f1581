import type { FeedRule } from '../../domain/output-feed.ts'
import { type PageLanguage, type Site, yearPagePath } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { grouped, MESSAGES } from './messages.ts'
import { pageHref } from './page-href.ts'

/** A year a label has posts of, and how many where that is told. */
export interface LabelYear {
  readonly year: number
  readonly count?: number
}

/** Gives the links to the years of a label, newest first; nothing where there is no post. */
export function yearLinks(
  label: { readonly site: Site; readonly language: PageLanguage; readonly rule: FeedRule; readonly years: readonly LabelYear[] },
  current?: number,
): Html | false {
  const { site, language, rule, years } = label
  const words = MESSAGES[language]
  if (years.length === 0) return false
  const items = years
    .toSorted((a, b) => b.year - a.year)
    .map(({ year, count }) => {
      const href = pageHref(site, yearPagePath(rule.slug, { year, page: 1 }, language, site))
      const isHere = year === current && html` aria-current="page"`
      return html`<li><a class="tap"${isHere} href="${href}">${words.year(year)}</a>${count !== undefined && html` <span class="count">${grouped(count)}</span>`}</li>`
    })
  return html`<nav class="years" aria-label="${words.years}"><span aria-hidden="true">${words.years}</span><ul class="row">${items}</ul></nav>`
}
