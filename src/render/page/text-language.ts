import type { PageLanguage } from '../../domain/site.ts'

/**
 * Tells the language of a text that carries no tag of its own (a label, the site's title), by its script.
 * Kana or kanji make it Japanese, which picks the right glyphs and the right line breaks on an English page.
 */
export function textLanguage(text: string): PageLanguage {
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text) ? 'ja' : 'en'
}
