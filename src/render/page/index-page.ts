import type { FeedKind, FeedRule } from '../../domain/output-feed.ts'
import { indexPagePath, labelPagePath, type PageLanguage, type Site } from '../../domain/site.ts'
import type { Instant } from '../../domain/time.ts'
import { BRIDGE } from './bridge.ts'
import { feedCounts } from './feed-counts.ts'
import { type Html, html } from './html.ts'
import { FEED_GROUPS, type FeedGroup, MESSAGES } from './messages.ts'
import { pageDocument } from './page-document.ts'
import { pageHref } from './page-href.ts'
import { pageTime } from './page-time.ts'
import { autodiscoveryLink, subscribeLinks } from './subscribe-links.ts'
import { textLanguage } from './text-language.ts'

/** A published feed as the index page shows it. */
export interface FeedSummary {
  readonly rule: FeedRule
  /** All its translations, and what else its document holds. */
  readonly count: number
  /** When the newest entry was published; null for a feed without entries. */
  readonly newest: Instant | null
  /** Entries that are translations. */
  readonly translated: number
  /** Translations whose original is known. */
  readonly withOriginal: number
  readonly newestHeadline?: string
}

/** What the index page is made from. */
export interface IndexView {
  readonly site: Site
  readonly language: PageLanguage
  /** In the order they are listed. */
  readonly feeds: readonly FeedSummary[]
  readonly generatorVersion: string
}

/** Gives the page that says what the site is and lists its feeds, as a whole HTML document. */
export function indexPage(view: IndexView): string {
  const { site, language, feeds } = view
  const words = MESSAGES[language]
  return pageDocument({
    ...view,
    title: site.title,
    description: site.subtitle ?? words.intro,
    path: of => indexPagePath(of, site),
    autodiscovery: feeds.map(({ rule }) => autodiscoveryLink(site, rule, 'atom', rule.title)),
    header: 'none',
    main: html`<div class="masthead">
${BRIDGE}
<h1 lang="${textLanguage(site.title)}">${site.title}</h1>
${site.subtitle !== undefined && html`<p class="motto" lang="${textLanguage(site.subtitle)}">${site.subtitle}</p>`}
<p class="intro">${words.intro}</p>
</div>
${feeds.length === 0 ? html`<p>${words.noFeeds}</p>` : FEED_GROUPS.map(group => feedGroup(group, view))}`,
  })
}

const GROUP_OF: Readonly<Record<FeedKind, FeedGroup>> = {
  all: 'collection',
  selection: 'collection',
  label: 'label',
  outlet: 'outlet',
  untranslated: 'untranslated',
}

function feedGroup(group: FeedGroup, view: IndexView): Html | false {
  const feeds = view.feeds.filter(({ rule }) => GROUP_OF[rule.kind] === group)
  if (feeds.length === 0) return false
  return html`
<section class="group">
<h2 class="voice">${MESSAGES[view.language].groups[group]}</h2>
<ul>${feeds.map(feed => feedItem(feed, view))}</ul>
</section>`
}

function feedItem(feed: FeedSummary, { site, language }: IndexView): Html {
  const { rule } = feed
  return html`
<li class="feed">
<div class="name"><h3><a class="quiet" lang="${textLanguage(rule.title)}" href="${pageHref(site, labelPagePath(rule.slug, language, site))}">${rule.title}</a></h3>
${feed.count > 0 && html`<p class="small">${feedCounts(feed, language)}</p>`}</div>
${rule.subtitle !== undefined && rule.kind !== 'outlet' && html`<p class="about" lang="${textLanguage(rule.subtitle)}">${rule.subtitle}</p>`}
${newestEntry(feed, site, language)}
${subscribeLinks(site, rule, language)}
</li>`
}

function newestEntry({ newest, newestHeadline }: FeedSummary, { timeZone }: Site, language: PageLanguage): Html {
  const words = MESSAGES[language]
  if (newest === null) return html`<p class="small">${words.noEntries}</p>`
  const headline = newestHeadline !== undefined && html` <span lang="${textLanguage(newestHeadline)}">${newestHeadline}</span>`
  return html`<p class="newest"><span class="small">${words.newest} ${pageTime(newest, { language, timeZone })}</span>${headline}</p>`
}
