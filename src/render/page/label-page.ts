import type { Slug } from '../../domain/identifiers.ts'
import type { OutputFeed } from '../../domain/output-feed.ts'
import { labelPagePath, type PageLanguage, type Site } from '../../domain/site.ts'
import { entryArticle } from './entry-article.ts'
import { type FeedCounts, feedCounts } from './feed-counts.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { pageDocument } from './page-document.ts'
import { autodiscoveryLink, SYNTAX_NAMES, subscribeLinks } from './subscribe-links.ts'
import { textLanguage } from './text-language.ts'

/** What a label's page is made from. */
export interface LabelView {
  readonly site: Site
  readonly language: PageLanguage
  readonly feed: OutputFeed
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
    autodiscovery: SYNTAX_NAMES.map(([syntax, name]) => autodiscoveryLink(site, rule, syntax, `${rule.title} (${name})`)),
    header: 'site-name',
    main: html`${heading(view)}
${entries.length === 0 ? html`<p>${words.noEntries}</p>` : entries.map(entry => entryArticle(entry, { ...view, rule }))}`,
  })
}

function heading({ site, language, feed }: LabelView): Html {
  const { rule } = feed
  const words = MESSAGES[language]
  const label = rule.label !== null && rule.label !== rule.title && html` <span lang="${textLanguage(rule.label)}">${rule.label}</span>`
  return html`<div class="heading">
${rule.label !== null && html`<p class="eyebrow">${words.label}${label}</p>`}
<h1 lang="${textLanguage(rule.title)}">${rule.title}</h1>
${rule.subtitle !== undefined && html`<p lang="${textLanguage(rule.subtitle)}">${rule.subtitle}</p>`}
${feed.entries.length > 0 && html`<p class="small">${feedCounts(countsOf(feed), language)}</p>`}
${subscribeLinks(site, rule, language)}
</div>`
}

function countsOf({ entries }: OutputFeed): FeedCounts {
  const translations = entries.filter(entry => entry.kind === 'post')
  const withOriginal = translations.filter(entry => entry.original !== undefined).length
  return { count: entries.length, translated: translations.length, withOriginal }
}
