import type { FeedRule } from '../../domain/output-feed.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath, type PageLanguage, type Site } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { pageHref } from './page-href.ts'
import { textLanguage } from './text-language.ts'

/** The feed syntaxes in the order they are offered, as people know them. */
const SYNTAX_NAMES: readonly (readonly [syntax: FeedSyntax, name: string])[] = [
  ['atom', 'Atom'],
  ['rss', 'RSS'],
  ['json', 'JSON Feed'],
]

/** Gives the `<link>` by which a reader that is handed the page's address finds the feed. */
export function autodiscoveryLink(site: Site, rule: Pick<FeedRule, 'slug'>, syntax: FeedSyntax, title: string): Html {
  const href = pageHref(site, feedPath(rule.slug, syntax))
  return html`<link rel="alternate" type="${FEED_SYNTAXES[syntax]}" title="${title}" href="${href}">
`
}

/** Gives the `<link>`s to a feed in all its syntaxes. */
export function feedAutodiscovery(site: Site, rule: FeedRule): readonly Html[] {
  return SYNTAX_NAMES.map(([syntax, name]) => autodiscoveryLink(site, rule, syntax, `${rule.title} (${name})`))
}

/** Gives the list of links a visitor subscribes by, one per syntax. */
export function subscribeLinks(site: Site, rule: FeedRule, language: PageLanguage): Html {
  const words = MESSAGES[language]
  const unseen = html`<span class="unseen" lang="${textLanguage(rule.title)}">${words.ofFeed(rule.title)}</span>`
  const links = SYNTAX_NAMES.map(
    ([syntax, name]) =>
      html`<li><a class="pill" type="${FEED_SYNTAXES[syntax]}" href="${pageHref(site, feedPath(rule.slug, syntax))}">${unseen}${name}</a></li>`,
  )
  return html`<div class="subscribe"><span aria-hidden="true">${words.subscribe}</span><ul class="row">${links}</ul></div>`
}
