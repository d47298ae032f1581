import type { PageLanguage } from '../../domain/site.ts'
import { type Html, html } from './html.ts'
import { MESSAGES } from './messages.ts'

/** How many entries a feed has, how many are translations, how many of those have a known original. */
export interface FeedCounts {
  readonly count: number
  readonly translated: number
  readonly withOriginal: number
}

/** Gives the counts as inline items; translations are counted apart only where the feed also has other entries. */
export function feedCounts({ count, translated, withOriginal }: FeedCounts, language: PageLanguage): readonly Html[] {
  const words = MESSAGES[language]
  const items = [words.entries(count)]
  if (translated !== count) items.push(words.translations(translated))
  if (withOriginal > 0) items.push(words.withOriginal(withOriginal))
  return items.map((item, index) => html`${index > 0 && ' '}<span class="item">${item}</span>`)
}
