import { SaxesParser } from 'saxes'

/** An element as a strict, namespace-aware XML reader sees it. */
export interface ReadElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: ReadElement[]
  text: string
}

/** Reads a document and gives its root; throws at the first thing that is not well-formed. */
export function readXml(document: string): ReadElement {
  const parser = new SaxesParser({ xmlns: true })
  const top: ReadElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const read = {
      name,
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value])),
      children: [],
      text: '',
    }
    open.at(-1)?.children.push(read)
    open.push(read)
  })
  parser.on('text', text => addText(open, text))
  parser.on('cdata', () => {
    throw new Error('CDATA is never written')
  })
  parser.on('closetag', () => void open.pop())
  parser.write(document).close()
  return child(top, top.children[0]?.name ?? '')
}

/** Gives the children of a name. */
export function all(parent: ReadElement, name: string): readonly ReadElement[] {
  return parent.children.filter(node => node.name === name)
}

/** Gives the only child of a name. */
export function child(parent: ReadElement, name: string): ReadElement {
  const [only, ...more] = all(parent, name)
  if (only === undefined || more.length > 0) throw new Error(`expected one <${name}> in <${parent.name}>, got ${all(parent, name).length}`)
  return only
}

function addText(open: readonly ReadElement[], text: string): void {
  const current = open.at(-1)
  if (current !== undefined) current.text += text
}
