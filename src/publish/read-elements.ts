import { SaxesParser, type SaxesTagNS } from 'saxes'

/** An element of a document as a strict reader meets it. */
export interface ReadElement {
  /** As written; elements of other namespaces carry their prefix. */
  readonly name: string
  readonly uri: string
  /** By name as written. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly ReadElement[]
  /** Its own text, not its children's. */
  readonly text: string
}

/** Reads an XML document; `root` is undefined where there is no element, `faults` tell what makes it ill-formed. */
export function readElements(xml: string): { readonly root: ReadElement | undefined; readonly faults: readonly string[] } {
  const faults: string[] = []
  const open: (ReadElement & { text: string; readonly children: ReadElement[] })[] = []
  let root: ReadElement | undefined
  const parser = new SaxesParser({ xmlns: true, fragment: false })
  parser.on('error', error => {
    // The first fault is the cause, the rest its echo.
    if (faults.length < 3) faults.push(`not well-formed: ${error.message}`)
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ name, value }) => [name, value]))
    const element = { name: tag.name, uri: tag.uri, attributes, children: [], text: '' }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const addText = (text: string) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return { root, faults }
}

/** Gives the children of a name, as written. */
export function childrenOf(element: ReadElement, name: string): readonly ReadElement[] {
  return element.children.filter(child => child.name === name)
}

/** Gives the text of the first child of a name; empty where there is none. */
export function textOfChild(element: ReadElement, name: string): string {
  return childrenOf(element, name)[0]?.text ?? ''
}
