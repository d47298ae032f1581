import type { Text } from '../../domain/feed.ts'
import { textOf } from '../../html/text.ts'

/** Gives what a feed's text construct says without its markup, in one line, for places that publish `type="text"`. */
export function plainText({ type, value }: Text): string {
  return type === 'text' ? value : textOf(value).replaceAll('\n', ' ')
}
