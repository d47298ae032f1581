import { coveragePagePath, indexPagePath, OPML_PATH, type PageLanguage, type Site } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { pageHref, webHref } from './page-href.ts'
import { textLanguage } from './text-language.ts'

const OPML_TYPE = 'text/x-opml'

/** Gives the foot of every page: who publishes it, under which rights, made with what. */
export function siteFooter(page: { readonly site: Site; readonly language: PageLanguage; readonly generatorVersion: string }): Html {
  const { site, language, generatorVersion } = page
  const words = MESSAGES[language]
  return html`<footer>
${siteLinks(site, language)}
<p>${words.publishedBy} ${publisher(site)}</p>
${site.rights !== undefined && html`<p lang="${textLanguage(site.rights)}">${site.rights}</p>`}
<p>${words.madeWith} <span lang="ja">架け橋</span> <span lang="en">Kakehashi</span> ${generatorVersion}</p>
</footer>`
}

function siteLinks(site: Site, language: PageLanguage): Html {
  const words = MESSAGES[language]
  const links: readonly (readonly [path: string, text: string])[] = [
    [indexPagePath(language, site), words.feedList],
    [coveragePagePath(language, site), words.coverage.title],
  ]
  return html`<nav aria-label="${words.siteNavigation}"><ul class="row">${links.map(
    ([path, text]) => html`<li><a class="tap" href="${pageHref(site, path)}">${text}</a></li>`,
  )}<li><a class="tap" type="${OPML_TYPE}" href="${pageHref(site, OPML_PATH)}">${words.opml}</a></li></ul></nav>`
}

function publisher({ author }: Site): Html {
  const href = webHref(author.uri)
  const name = html`<span lang="${textLanguage(author.name)}">${author.name}</span>`
  return href === undefined ? name : html`<a class="tap" href="${href}">${name}</a>`
}
