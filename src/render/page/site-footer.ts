import type { PageLanguage, Site } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'
import { webHref } from './page-href.ts'
import { textLanguage } from './text-language.ts'

/** Gives the foot of every page: who publishes it, under which rights, made with what. */
export function siteFooter(page: { readonly site: Site; readonly language: PageLanguage; readonly generatorVersion: string }): Html {
  const { site, language, generatorVersion } = page
  const words = MESSAGES[language]
  return html`<footer>
<p>${words.publishedBy} ${publisher(site)}</p>
${site.rights !== undefined && html`<p lang="${textLanguage(site.rights)}">${site.rights}</p>`}
<p>${words.madeWith} <span lang="ja">架け橋</span> <span lang="en">Kakehashi</span> ${generatorVersion}</p>
</footer>`
}

function publisher({ author }: Site): Html {
  const href = webHref(author.uri)
  const name = html`<span lang="${textLanguage(author.name)}">${author.name}</span>`
  return href === undefined ? name : html`<a class="tap" href="${href}">${name}</a>`
}
