import { indexPagePath, type PageLanguage, type Site, siteAddress } from '../../domain/site.ts'
import { BRIDGE, BRIDGE_ICON } from './bridge.ts'
import { type Html, html } from './html.ts'
import { LANGUAGE_NAMES, MESSAGES, otherLanguage } from './messages.ts'
import { pageHref } from './page-href.ts'
import { siteFooter } from './site-footer.ts'
import { STYLESHEET } from './stylesheet.ts'
import { textLanguage } from './text-language.ts'

/** What a page puts into the frame that all pages share. */
export interface PageParts {
  readonly site: Site
  readonly language: PageLanguage
  readonly generatorVersion: string
  readonly title: string
  readonly description: string
  /** Where the page lives in each language; absent for a page that stands in for another (404, 503). */
  readonly path?: (language: PageLanguage) => string
  /** `<link>` elements for feed readers. */
  readonly autodiscovery: Html | readonly Html[]
  /** The index page heads itself; every other page shows the site's name as the way home. */
  readonly header: 'site-name' | 'none'
  /** The page shows two texts beside each other where there is room. */
  readonly isSpread?: boolean
  readonly main: Html
}

/** Gives the whole document: head, skip link, banner, main, footer. It needs one stylesheet and nothing else. */
export function pageDocument(page: PageParts): string {
  const { site, language, path } = page
  const words = MESSAGES[language]
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<meta name="description" content="${page.description}">
<meta name="generator" content="Kakehashi ${page.generatorVersion}">
<meta name="color-scheme" content="light dark">
${path === undefined ? html`<meta name="robots" content="noindex">` : ownLinks(site, language, path)}
${page.autodiscovery}
<link rel="icon" type="image/svg+xml" href="${BRIDGE_ICON}">
<link rel="stylesheet" href="${pageHref(site, STYLESHEET.path)}">
</head>
<body${page.isSpread === true && html` class="wide"`}>
<a class="skip" href="#main">${words.skipToContent}</a>
<header class="banner">
${page.header === 'site-name' && siteName(site, language)}
${path !== undefined && languageSwitch(site, language, path)}
</header>
<main id="main" tabindex="-1">
${page.main}
</main>
${siteFooter(page)}
</body>
</html>
`.markup
}

function ownLinks(site: Site, language: PageLanguage, path: (language: PageLanguage) => string): Html {
  const alternate = (hreflang: string, of: PageLanguage) =>
    html`<link rel="alternate" hreflang="${hreflang}" href="${siteAddress(site, path(of))}">
`
  return html`<link rel="canonical" href="${siteAddress(site, path(language))}">
${alternate('ja', 'ja')}${alternate('en', 'en')}${alternate('x-default', site.language)}`
}

function siteName(site: Site, language: PageLanguage): Html {
  const home = pageHref(site, indexPagePath(language, site))
  return html`<a class="site-name" href="${home}">${BRIDGE}<span lang="${textLanguage(site.title)}">${site.title}</span></a>`
}

function languageSwitch(site: Site, language: PageLanguage, path: (language: PageLanguage) => string): Html {
  const other = otherLanguage(language)
  const href = pageHref(site, path(other))
  return html`<nav class="languages" aria-label="${MESSAGES[language].languageNavigation}"><a class="tap" rel="alternate" hreflang="${other}" lang="${other}" href="${href}">${LANGUAGE_NAMES[other]}</a></nav>`
}
