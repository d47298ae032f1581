import type { Slug } from '../../domain/identifiers.ts'
import type { OutputFeed } from '../../domain/output-feed.ts'
import { labelPagePath, type PageLanguage, type Site, yearPagePath } from '../../domain/site.ts'
import { entryArticle } from './entry-article.ts'
import { type FeedCounts, feedCounts } from './feed-counts.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { pageDocument } from './page-document.ts'
import { pageHref } from './page-href.ts'
import { pageMonth } from './page-time.ts'
import { feedAutodiscovery, subscribeLinks } from './subscribe-links.ts'
import { textLanguage } from './text-language.ts'
import { type LabelYear, yearLinks } from './year-links.ts'

/** What a label's page is made from. */
export interface LabelView {
  readonly site: Site
  readonly language: PageLanguage
  readonly feed: OutputFeed
  /** The years the label has posts of, whether or not the feed still holds them. */
  readonly years: readonly LabelYear[]
  /** Gives the feed that stands for a label of an entry; undefined where none does. */
  readonly labelSlug: (label: string) => Slug | undefined
  readonly generatorVersion: string
}

/** Gives the page of one feed, its entries in the feed's order, as a whole HTML document. */
export function labelPage(view: LabelView): string {
  const { site, language, feed } = view
  const { rule, entries } = feed
  const words = MESSAGES[language]
  return pageDocument({
    ...view,
    title: `${rule.title} – ${site.title}`,
    description: rule.subtitle ?? words.describeFeed(rule.title),
    path: of => labelPagePath(rule.slug, of, site),
    autodiscovery: feedAutodiscovery(site, rule),
    header: 'site-name',
    main: html`${heading(view)}
${entries.length === 0 ? html`<p>${words.noEntries}</p>` : entries.map(entry => entryArticle(entry, { ...view, rule }))}
${olderLink(view)}`,
  })
}

/** Leads on from the last entry shown, where the label has older posts than the feed holds. */
function olderLink({ site, language, feed, years }: LabelView): Html | false {
  const shown = feed.entries.filter(({ kind }) => kind === 'post')
  const all = years.reduce((sum, { count = 0 }) => sum + count, 0)
  const last = shown.at(-1)
  if (last === undefined || shown.length >= all) return false
  const { year } = pageMonth(last.published, site.timeZone)
  const href = pageHref(site, yearPagePath(feed.rule.slug, { year, page: 1 }, language, site))
  return html`<p class="older"><a class="tap" href="${href}">${MESSAGES[language].olderThanShown(year)}</a></p>`
}

function heading({ site, language, feed, years }: LabelView): Html {
  const { rule } = feed
  const words = MESSAGES[language]
  const label = rule.label !== null && rule.label !== rule.title && html` <span lang="${textLanguage(rule.label)}">${rule.label}</span>`
  return html`<div class="heading">
${rule.label !== null && html`<p class="eyebrow">${words.label}${label}</p>`}
<h1 lang="${textLanguage(rule.title)}">${rule.title}</h1>
${rule.subtitle !== undefined && html`<p lang="${textLanguage(rule.subtitle)}">${rule.subtitle}</p>`}
${feed.entries.length > 0 && html`<p class="small">${feedCounts(countsOf(feed), language)}</p>`}
${subscribeLinks(site, rule, language)}
${yearLinks({ site, language, rule, years })}
</div>`
}

function countsOf({ entries }: OutputFeed): FeedCounts {
  const translations = entries.filter(entry => entry.kind === 'post')
  const withOriginal = translations.filter(entry => entry.original !== undefined).length
  return { count: entries.length, translated: translations.length, withOriginal }
}
