import { decodeReferences, escapeAttribute } from './character-references.ts'
import type { FeedRoot } from './feed-root.ts'

const ATTRIBUTE_NAME = /^[A-Za-z_][\w.-]*(?::[\w.-]+)?$/

/** Attributes as they stand in a start tag, a space before each; namespace declarations and names no XML has are left out. */
export function attributesText(attributes: ReadonlyMap<string, string>, format: FeedRoot['format']): string {
  let written = ''
  for (const [name, value] of attributes) {
    // The XML parser below asks an object with these names whether it has a name.
    if (!ATTRIBUTE_NAME.test(name) || name.startsWith('xmlns') || name === 'hasOwnProperty' || name === '__proto__') continue
    written += ` ${format === 'cdf' ? name.toLowerCase() : name}="${escapeAttribute(decodeReferences(value))}"`
  }
  return written
}
