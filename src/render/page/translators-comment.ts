import type { PageLanguage } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'

/** Gives what the translator adds in the title, set apart as the translator's own voice. */
export function translatorsComment(comment: string, language: string, pageLanguage: PageLanguage): Html {
  return html`<div class="comment"><p class="voice">${MESSAGES[pageLanguage].translatorsComment}</p><p lang="${language}">${comment}</p></div>`
}
