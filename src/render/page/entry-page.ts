import type { Slug } from '../../domain/identifiers.ts'
import type { FeedRule, OutputEntry } from '../../domain/output-feed.ts'
import { entryPagePath, labelPagePath, type PageLanguage, type Site } from '../../domain/site.ts'
import { type Identification, identificationSentence, publicReasons, type Reason } from './evidence-words.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { originalCredit } from './original-credit.ts'
import { pageDocument } from './page-document.ts'
import { pageHref, webHref } from './page-href.ts'
import { pageTime } from './page-time.ts'
import { autodiscoveryLink } from './subscribe-links.ts'
import { textLanguage } from './text-language.ts'
import { translatorsComment } from './translators-comment.ts'

/** What the page of a translated post is made from. */
export interface EntryView {
  readonly site: Site
  readonly language: PageLanguage
  readonly entry: OutputEntry
  /** The beginning of the translation, paragraph by paragraph. */
  readonly paragraphs: readonly string[]
  /** The beginning of the original as far as its outlet lets it be shown, and the outlet's rights line. */
  readonly originalText?: { readonly excerpt: string; readonly rights?: string }
  /** How the original was found; absent where none is accepted. */
  readonly identification?: Identification
  /** The feeds that stand for the post's labels. */
  readonly labels: readonly EntryLabel[]
  readonly generatorVersion: string
}

/** A label of a post; `feed` is absent where no feed stands for it. */
export interface EntryLabel {
  readonly name: string
  readonly feed?: Pick<FeedRule, 'slug' | 'title'>
}

/** Gives the page of a translated post with its original beside it, as a whole HTML document. */
export function entryPage(view: EntryView): string {
  const { site, language, entry } = view
  const title = titleOf(entry, language)
  return pageDocument({
    ...view,
    title: `${title} – ${site.title}`,
    description: entry.excerpt === '' ? MESSAGES[language].describeEntry(title) : entry.excerpt,
    path: of => entryPagePath(entry.key, of, site),
    autodiscovery: view.labels.flatMap(({ feed }) => (feed === undefined ? [] : [autodiscoveryLink(site, feed, 'atom', feed.title)])),
    header: 'site-name',
    isSpread: true,
    main: html`<article itemscope itemtype="https://schema.org/Article">
${heading(view)}
<div class="spread">
${translation(view)}
<div class="beside">
${originalCredit(entry.original, site, language, { headingLevel: 2, ...view.originalText })}
${identified(view)}
</div>
</div>
</article>`,
  })
}

function heading({ site, language, entry, labels }: EntryView): Html {
  const { original, outlets } = entry
  const named = outlets.length > 0 ? outlets : original?.outlet === undefined ? [] : [original.outlet]
  return html`<div class="heading">
${labels.length > 0 && labelRow(labels, site, language)}
<h1 lang="${entry.language}" itemprop="name headline">${titleOf(entry, language)}</h1>
<p class="meta"><span class="item">${pageTime(entry.published, { language, timeZone: site.timeZone }, 'datePublished')}</span>${translators(entry, language)}${named.map(({ name }) => html` <span class="item" lang="${textLanguage(name)}">${name}</span>`)}</p>
<meta itemprop="inLanguage" content="${entry.language}">
</div>`
}

function labelRow(labels: readonly EntryLabel[], site: Site, language: PageLanguage): Html {
  const items = labels.map(({ name, feed }) => {
    const text = html`<span lang="${textLanguage(name)}">${name}</span>`
    const href = (slug: Slug) => pageHref(site, labelPagePath(slug, language, site))
    return html`<li>${feed === undefined ? text : html`<a class="tap" href="${href(feed.slug)}">${text}</a>`}</li>`
  })
  return html`<div class="eyebrow"><span class="unseen">${MESSAGES[language].label}</span><ul class="row">${items}</ul></div>`
}

function translators({ authors }: OutputEntry, language: PageLanguage): readonly Html[] {
  return authors
    .filter(({ name }) => name.trim() !== '')
    .map(
      ({ name }) =>
        html` <span class="item">${MESSAGES[language].translator} <span itemprop="translator" itemscope itemtype="https://schema.org/Person"><span itemprop="name" lang="${textLanguage(name)}">${name}</span></span></span>`,
    )
}

function translation({ entry, language, paragraphs }: EntryView): Html {
  const words = MESSAGES[language]
  const href = webHref(entry.url)
  const host = href === undefined ? '' : (URL.parse(href)?.hostname ?? '')
  return html`<section class="translation">
<h2 class="voice">${words.translation}</h2>
${entry.comment !== undefined && translatorsComment(entry.comment, entry.language, language)}
${paragraphs.length > 0 && html`<div lang="${entry.language}" itemprop="abstract">${paragraphs.map(text => html`<p class="excerpt">${text}</p>`)}</div>`}
${href !== undefined && html`<p class="onward"><a class="pill" itemprop="url" hreflang="${entry.language}" href="${href}">${words.readTranslation}</a> <span class="small">${host}</span></p>`}
</section>`
}

function identified({ identification, language, site }: EntryView): Html | false {
  if (identification === undefined) return false
  const reasons = publicReasons(identification, { language, timeZone: site.timeZone })
  return html`<section class="reasons">
<h2 class="voice">${MESSAGES[language].matchedHow}</h2>
<p>${identificationSentence(identification, language)}</p>
${reasons.length > 0 && html`<dl>${reasons.map(reasonItem)}</dl>`}
</section>`
}

function reasonItem({ what, found }: Reason): Html {
  return html`<div><dt>${what}</dt><dd lang="${textLanguage(found)}">${found}</dd></div>`
}

function titleOf({ title }: OutputEntry, language: PageLanguage): string {
  return title.trim() === '' ? MESSAGES[language].untitled : title
}
