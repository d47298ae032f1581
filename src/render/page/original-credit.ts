import type { Credit } from '../../domain/output-feed.ts'
import type { PageLanguage, Site } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { webHref } from './page-href.ts'
import { pageTime } from './page-time.ts'
import { textLanguage } from './text-language.ts'

/** What the block shows beyond the credit on a page of its own. */
export interface CreditDetails {
  readonly headingLevel?: 2
  /** The beginning of the original, plain text; empty where its outlet allows none. */
  readonly excerpt?: string
  readonly rights?: string
}

/** Gives the block that leads from a translation to its original, or says that none is known. */
export function originalCredit(original: Credit | undefined, site: Site, language: PageLanguage, details: CreditDetails = {}): Html {
  const words = MESSAGES[language]
  if (original === undefined) return html`<p class="unknown">${words.originalUnknown}</p>`
  const voice =
    details.headingLevel === 2 ? html`<h2 class="voice">${words.original}</h2>` : html`<span class="voice">${words.original}</span>`
  const { excerpt = '', rights } = details
  return html`<div class="original" itemprop="translationOfWork" itemscope itemtype="https://schema.org/Article">
<div class="origin">${voice}${outletName(original)}${original.tier === 4 && html` <span class="mark">${words.inferred}</span>`}</div>
<p>${originalLink(original, language)}</p>
${byline(original, site, language)}
<meta itemprop="inLanguage" content="${original.language}">
${excerpt !== '' && html`<p class="excerpt" lang="${original.language}" itemprop="abstract">${excerpt}</p>`}
${rights !== undefined && html`<p class="small" lang="${textLanguage(rights)}" itemprop="copyrightNotice">${rights}</p>`}
</div>`
}

function originalLink({ title, url, language }: Credit, pageLanguage: PageLanguage): Html {
  const named = title !== undefined && title.trim() !== ''
  const href = webHref(url)
  const text = named
    ? html`<cite lang="${language}" itemprop="name headline">${title}</cite>`
    : html`${MESSAGES[pageLanguage].readOriginal}${href !== undefined && html` <span lang="en">(${URL.parse(href)?.hostname})</span>`}`
  return href === undefined ? text : html`<a class="tap" itemprop="url" rel="external" hreflang="${language}" href="${href}">${text}</a>`
}

function outletName({ outlet }: Credit): Html | false {
  return outlet !== undefined && html` <span lang="${textLanguage(outlet.name)}" itemprop="publisher">${outlet.name}</span>`
}

function byline({ authors, published }: Credit, { timeZone }: Site, language: PageLanguage): Html | false {
  const items = [
    ...authors.map(author => html`<span lang="${textLanguage(author)}" itemprop="author">${author}</span>`),
    published !== undefined && pageTime(published, { language, timeZone }, 'datePublished'),
  ].filter(item => item !== false)
  if (items.length === 0) return false
  return html`<p class="meta">${items.map((item, index) => html`${index > 0 && ' '}<span class="item">${item}</span>`)}</p>`
}
