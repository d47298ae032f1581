import { stringify } from 'yaml'

/** What can be written as an item of a list: a group of keys, in the order in which they are written. */
export interface ListItem {
  readonly [key: string]: string | readonly string[] | readonly ListItem[]
}

/**
 * Writes an item of a block list, one key a line, without line ends.
 *
 * @param column where its dash stands, 0-based
 * @param step columns from a key to the dashes of the list under it
 */
export function blockItem(item: ListItem, column: number, step: number): readonly string[] {
  return Object.entries(item).flatMap(([key, value], nth) => {
    const lead = `${' '.repeat(column)}${nth === 0 ? '-' : ' '} ${key}:`
    if (typeof value === 'string') return [`${lead} ${stringify(value, ON_ONE_LINE).trimEnd()}`]
    if (isTexts(value)) return [`${lead} ${flowTexts(value)}`]
    return [lead, ...value.flatMap(inner => blockItem(inner, column + 2 + step, step))]
  })
}

/** Writes an item on one line, in braces. */
export function flowItem(item: ListItem): string {
  const pairs = Object.entries(item).map(([key, value]) => {
    if (typeof value === 'string') return `${key}: ${flowText(value)}`
    return `${key}: ${isTexts(value) ? flowTexts(value) : `[${value.map(flowItem).join(', ')}]`}`
  })
  return `{ ${pairs.join(', ')} }`
}

const ON_ONE_LINE = { lineWidth: 0, blockQuote: false } as const

function isTexts(value: readonly string[] | readonly ListItem[]): value is readonly string[] {
  return value.every(inner => typeof inner === 'string')
}

function flowTexts(texts: readonly string[]): string {
  return `[${texts.map(flowText).join(', ')}]`
}

/** More needs quotes between brackets than elsewhere. */
function flowText(text: string): string {
  return stringify([text], { ...ON_ONE_LINE, collectionStyle: 'flow', flowCollectionPadding: false })
    .trimEnd()
    .slice(1, -1)
}
