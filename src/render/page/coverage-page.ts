import type { Slug } from '../../domain/identifiers.ts'
import { coveragePagePath, labelPagePath, type PageLanguage, type Site } from '../../domain/site.ts'
import { HOUR, type Instant } from '../../domain/time.ts'
import { type Html, html } from './html.ts'
import { grouped, MESSAGES } from './messages.ts'
import { pageDocument } from './page-document.ts'
import { pageHref } from './page-href.ts'
import { pageTime } from './page-time.ts'
import { textLanguage } from './text-language.ts'

/** How much of an outlet, or of all of them, has been translated. */
export interface Coverage {
  /** Articles that are known. */
  readonly articles: number
  /** Those of them that a published post translates. */
  readonly translated: number
  /** From an article to its translation, ms; null where no such pair is known. */
  readonly medianLagMs: number | null
  /** When the newest translation was published; null while there is none. */
  readonly newest: Instant | null
}

/** The coverage of one outlet; `slug` is that of its feed. */
export interface OutletCoverage extends Coverage {
  readonly name: string
  readonly slug?: Slug
}

/** What the coverage page is made from. */
export interface CoverageView {
  readonly site: Site
  readonly language: PageLanguage
  /** In the order they are listed. */
  readonly outlets: readonly OutletCoverage[]
  readonly total: Coverage
  readonly generatorVersion: string
}

/** Gives the page that tells how much of each outlet is translated, as a whole HTML document. */
export function coveragePage(view: CoverageView): string {
  const { site, language, outlets, total } = view
  const words = MESSAGES[language].coverage
  return pageDocument({
    ...view,
    title: `${words.title} – ${site.title}`,
    description: words.intro,
    path: of => coveragePagePath(of, site),
    autodiscovery: [],
    header: 'site-name',
    main: html`<div class="heading">
<h1>${words.title}</h1>
<p class="intro">${words.intro}</p>
</div>
${outlets.length === 0 ? html`<p>${words.nothing}</p>` : table(outlets, total, view)}
<ul class="notes small">${words.notes.map(note => html`<li>${note}</li>`)}</ul>`,
  })
}

// On a phone each row becomes a small card by way of `display`, which in some browsers makes a table no table to a
// screen reader: the roles say that it is one.
function table(outlets: readonly OutletCoverage[], total: Coverage, view: CoverageView): Html {
  const words = MESSAGES[view.language].coverage
  const heads = [words.outlet, words.articles, words.translated, words.share, words.medianLag, words.newest]
  return html`<table class="coverage" role="table">
<thead role="rowgroup"><tr role="row">${heads.map(head => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${outlets.map(outlet => row(outletName(outlet, view), outlet, view))}</tbody>
${outlets.length > 1 && html`<tfoot role="rowgroup">${row(html`${words.total}`, total, view)}</tfoot>`}
</table>`
}

function outletName({ name, slug }: OutletCoverage, { site, language }: CoverageView): Html {
  const text = html`<span lang="${textLanguage(name)}">${name}</span>`
  return slug === undefined ? text : html`<a class="quiet" href="${pageHref(site, labelPagePath(slug, language, site))}">${text}</a>`
}

function row(name: Html, { articles, translated, medianLagMs, newest }: Coverage, { site, language }: CoverageView): Html {
  const words = MESSAGES[language].coverage
  const share = articles === 0 ? undefined : translated / articles
  const cells: readonly (readonly [head: string, value: Html | string | undefined])[] = [
    [words.articles, grouped(articles)],
    [words.translated, grouped(translated)],
    [words.share, share === undefined ? undefined : html`${percent(share)}${shareBar(share)}`],
    [words.medianLag, medianLagMs === null ? undefined : lag(medianLagMs, language)],
    [words.newest, newest === null ? undefined : pageTime(newest, { language, timeZone: site.timeZone })],
  ]
  return html`
<tr role="row"><th role="rowheader" scope="row">${name}</th>${cells.map(([head, value]) => html`<td role="cell" data-label="${head}">${value ?? '–'}</td>`)}</tr>`
}

/** The share as a bar. Its width is an attribute, as the pages' Content-Security-Policy allows no inline style. */
function shareBar(share: number): Html {
  const width = Math.round(share * 1000) / 10
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="ground" width="100" height="4"/><rect width="${width}" height="4"/></svg>`
}

function percent(share: number): string {
  const value = share * 100
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)}%`
}

/** A translation dated before its article is a matter of time zones: no time at all. */
function lag(ms: number, language: PageLanguage): string {
  const words = MESSAGES[language].coverage
  const hours = Math.max(0, Math.round(ms / HOUR))
  if (hours < 48) return words.hours(hours)
  const days = hours / 24
  return words.days(days < 10 ? days.toFixed(1) : String(Math.round(days)))
}
