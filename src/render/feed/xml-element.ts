import type { Element } from 'xml-js'
import { xmlText } from './xml-text.ts'

/** Attributes by name; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | undefined>>

/** Makes an element in xml-js's form; a string is its text. Characters XML cannot carry are filtered here, for text and attributes alike. */
export function element(name: string, attributes: Attributes, content: string | readonly Element[] = []): Element {
  const kept = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, xmlText(value)]]))
  const elements = typeof content !== 'string' ? [...content] : content === '' ? [] : [{ type: 'text', text: xmlText(content) }]
  return { type: 'element', name, attributes: Object.fromEntries(kept), elements }
}

/** Makes an element of one text, or none where there is nothing to say. */
export function optionalElement(name: string, text: string | undefined, attributes: Attributes = {}): readonly Element[] {
  return text === undefined || text === '' ? [] : [element(name, attributes, text)]
}

/**
 * Puts real children in the places of an element's stand-ins: the first child of a listed name gives way to
 * the elements listed, further ones of that name go, and names it has no child of follow at the end.
 */
export function withChildren(parent: Element, children: Readonly<Record<string, readonly Element[]>>): Element {
  const pending = new Map(Object.entries(children))
  const replaced = (parent.elements ?? []).flatMap(child => {
    const name = child.name ?? ''
    if (!Object.hasOwn(children, name)) return [child]
    const real = pending.get(name) ?? []
    pending.delete(name)
    return real
  })
  return { ...parent, elements: [...replaced, ...[...pending.values()].flat()] }
}
