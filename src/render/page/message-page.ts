import { indexPagePath, type PageLanguage, type Site } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES, otherLanguage } from './messages.ts'
import { pageDocument } from './page-document.ts'
import { pageHref } from './page-href.ts'

/** What a page without content of its own is made from. */
export interface MessageView {
  readonly site: Site
  /** The language said first; the other one follows on the same page, since a static host has one 404 page for all. */
  readonly language: PageLanguage
  /** `not-found` goes with status 404, `gone` with 410, `unavailable` with 503. */
  readonly kind: 'not-found' | 'gone' | 'unavailable'
  readonly generatorVersion: string
}

/** Gives the page that stands in for one that is not there (yet), in both languages, as a whole HTML document. */
export function messagePage(view: MessageView): string {
  const { site, language, kind } = view
  const { title, text } = message(kind, language)
  const other = otherLanguage(language)
  const otherMessage = message(kind, other)
  return pageDocument({
    ...view,
    title: `${title} – ${site.title}`,
    description: text,
    autodiscovery: [],
    header: 'site-name',
    main: html`<div class="notice">
<h1>${title}</h1>
<p>${text}</p>
<p>${homeLink(site, language)}</p>
</div>
<div class="notice" lang="${other}">
<h2>${otherMessage.title}</h2>
<p>${otherMessage.text}</p>
<p>${homeLink(site, other)}</p>
</div>`,
  })
}

function message(kind: MessageView['kind'], language: PageLanguage): { readonly title: string; readonly text: string } {
  const { notFound, gone, unavailable } = MESSAGES[language]
  return { 'not-found': notFound, gone, unavailable }[kind]
}

function homeLink(site: Site, language: PageLanguage): Html {
  return html`<a class="tap" href="${pageHref(site, indexPagePath(language, site))}">${MESSAGES[language].allFeeds}</a>`
}
