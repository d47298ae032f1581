import type { Text } from '../../domain/feed.ts'
import { textOf } from '../../html/text.ts'
import { languageTag } from './language-tag.ts'

/** A text without markup, with its language where it is known to have one of its own. */
export interface PlainText {
  readonly value: string
  readonly language?: string
}

/** Gives what a feed's text construct says without its markup, in one line, for places that publish `type="text"`; undefined for nothing. */
export function plainText(text: Text | undefined): PlainText | undefined {
  if (text === undefined) return undefined
  const value = text.type === 'text' ? text.value : textOf(text.value).replaceAll('\n', ' ')
  const language = languageTag(text.language)
  return value.trim() === '' ? undefined : { value, ...(language !== undefined && { language }) }
}
