import type { Slug } from '../../domain/identifiers.ts'
import type { FeedRule, OutputEntry } from '../../domain/output-feed.ts'
import { entryPagePath, labelPagePath, type PageLanguage, type Site } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { originalCredit } from './original-credit.ts'
import { pageHref, webHref } from './page-href.ts'
import { pageTime } from './page-time.ts'
import { textLanguage } from './text-language.ts'
import { translatorsComment } from './translators-comment.ts'

/** Where an entry is shown. */
export interface EntrySurroundings {
  readonly site: Site
  readonly language: PageLanguage
  /** The feed whose page it is; its own label is not repeated at every entry. */
  readonly rule: FeedRule
  /** Gives the feed that stands for a label; undefined where none does. */
  readonly labelSlug: (label: string) => Slug | undefined
}

/** Gives an entry as an `<article>` with schema.org microdata: a translation with its original, or an article not translated yet. */
export function entryArticle(entry: OutputEntry, surroundings: EntrySurroundings): Html {
  const { site, language } = surroundings
  return html`
<article class="entry" itemscope itemtype="https://schema.org/Article">
${metaLine(entry, site, language)}
<h2>${headline(entry, language)}</h2>
${entry.comment !== undefined && translatorsComment(entry.comment, entry.language, language)}
${entry.excerpt !== '' && html`<p class="excerpt" lang="${entry.language}">${entry.excerpt}</p>`}
${entry.kind === 'post' && originalCredit(entry.original, site, language)}
<div class="foot">${otherLabels(entry, surroundings)}${entry.kind === 'post' && ownPageLink(entry, site, language)}</div>
</article>`
}

function metaLine(entry: OutputEntry, { timeZone }: Site, language: PageLanguage): Html {
  const words = MESSAGES[language]
  const matched = entry.original?.outlet === undefined ? [] : [entry.original.outlet]
  const outlets = (entry.outlets.length > 0 ? entry.outlets : matched).map(
    ({ name }) => html` <span class="item" lang="${textLanguage(name)}">${name}</span>`,
  )
  const mark = entry.kind === 'article' && html` <span class="mark">${words.untranslated}</span>`
  return html`<p class="meta"><span class="item">${pageTime(entry.published, { language, timeZone }, 'datePublished')}</span>${outlets}${mark}</p>`
}

function headline({ title, url, language }: OutputEntry, pageLanguage: PageLanguage): Html {
  // A link needs a name, also where the headline is missing.
  const text =
    title.trim() === '' ? MESSAGES[pageLanguage].untitled : html`<span lang="${language}" itemprop="name headline">${title}</span>`
  const href = webHref(url)
  return href === undefined ? html`${text}` : html`<a class="quiet" itemprop="url" hreflang="${language}" href="${href}">${text}</a>`
}

function ownPageLink(entry: OutputEntry, site: Site, language: PageLanguage): Html {
  const words = MESSAGES[language]
  const href = pageHref(site, entryPagePath(entry.key, language, site))
  const text = entry.original === undefined ? words.details : words.sideBySide
  return html`<p class="more"><a class="tap" href="${href}">${text}<span class="unseen" lang="${textLanguage(entry.title)}"> ${entry.title}</span></a></p>`
}

function otherLabels(entry: OutputEntry, { site, language, rule, labelSlug }: EntrySurroundings): Html | false {
  const names = new Set(entry.labels.map(({ term, label }) => label ?? term))
  if (rule.label !== null) names.delete(rule.label)
  if (names.size === 0) return false
  const items = [...names].map(name => {
    const slug = labelSlug(name)
    const text = html`<span lang="${textLanguage(name)}">${name}</span>`
    return html`<li>${slug === undefined ? text : html`<a class="tap" href="${pageHref(site, labelPagePath(slug, language, site))}">${text}</a>`}</li>`
  })
  return html`<div class="labels"><span>${MESSAGES[language].otherLabels}</span><ul class="row">${items}</ul></div>`
}
