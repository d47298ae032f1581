import type { Element } from 'xml-js'
import { escapeAttribute, escapeHtml } from '../../html/escape.ts'

/**
 * Prints an element and what it holds, two spaces a level, with a line feed at its end.
 *
 * xml-js' own printer undoes `&amp;`, splits only the first `]]>` and leaves `<` in attributes.
 * Text stays on its element's line, so that no white space is added to it. Mixed content does not occur in feeds.
 *
 * @param depth how many levels the element stands below the root
 */
export function printXml(node: Element, depth = 0): string {
  if (node.type === 'fragments') return String(node.text ?? '')
  const { name = '', attributes = {}, elements = [] } = node
  const margin = '  '.repeat(depth)
  const open = `${margin}<${name}${Object.entries(attributes).map(printAttribute).join('')}`
  if (elements.length === 0) return `${open}/>\n`
  if (elements.every(isText)) return `${open}>${elements.map(printText).join('')}</${name}>\n`
  return `${open}>\n${elements.map(child => printXml(child, depth + 1)).join('')}${margin}</${name}>\n`
}

/** Prints a document: the XML declaration and its root. */
export function printDocument(root: Element): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${printXml(root)}`
}

/** Holds a place for fragments that `printXml` has printed before; they go into the document as they are. */
export function fragmentsNode(fragments: readonly string[]): Element {
  return { type: 'fragments', text: fragments.join('') }
}

function printAttribute([name, value]: readonly [string, string | number | undefined]): string {
  return ` ${name}="${escapeAttribute(String(value ?? ''))}"`
}

function isText(node: Element): boolean {
  return node.type === 'text' || node.type === 'cdata'
}

function printText(node: Element): string {
  return escapeHtml(String(node.text ?? node.cdata ?? ''))
}
