import type { PageLanguage } from '../../domain/site.ts'

/** Gives a BCP 47 tag in the shape `xml:lang` takes (RFC 4287 §2), `en_US` as `en-US`; undefined for anything else. */
export function languageTag(text: string | undefined): string | undefined {
  const tag = text?.trim().replaceAll('_', '-')
  return tag !== undefined && /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag) ? tag : undefined
}

/** Gives a tag only where it says more than the surrounding one does. */
export function differingLanguage(own: string | undefined, surrounding: string | undefined): string | undefined {
  const tag = languageTag(own)
  return tag?.toLowerCase() === languageTag(surrounding)?.toLowerCase() ? undefined : tag
}

/** The language our own words in a feed come in: English for an English feed, Japanese for any other. */
export function wordsLanguage(feedLanguage: string): PageLanguage {
  return /^en\b/i.test(feedLanguage) ? 'en' : 'ja'
}
