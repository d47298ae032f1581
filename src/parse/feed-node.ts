/** An element as rss-parser hands it over raw: text under `_`, attributes under `$`, children by canonical name. */
export type FeedNode = Readonly<Record<string, unknown>>

/** The children of a name, in document order. */
export function childrenOf(node: FeedNode, name: string): readonly FeedNode[] {
  const children = node[name]
  return Array.isArray(children) ? children : []
}

/** The first child that has one of the names, looked for in the order given. */
export function childOf(node: FeedNode, ...names: readonly string[]): FeedNode | undefined {
  for (const name of names) {
    const child = childrenOf(node, name)[0]
    if (child !== undefined) return child
  }
  return undefined
}

/** The element's own text, trimmed; undefined where it is blank. */
export function textOf(node: FeedNode | undefined): string | undefined {
  const text = node?.['_']
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined
}

/** The text of the first child that has one of the names and is not blank, looked for in the order given. */
export function childText(node: FeedNode, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    for (const child of childrenOf(node, name)) {
      const text = textOf(child)
      if (text !== undefined) return text
    }
  }
  return undefined
}

/** An attribute, trimmed; undefined where it is blank or missing. */
export function attributeOf(node: FeedNode | undefined, name: string): string | undefined {
  const attributes = node?.['$']
  if (typeof attributes !== 'object' || attributes === null) return undefined
  // The XML parser makes these objects without a prototype.
  const value = (attributes as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** Whether an element holds others beside its text: their places in the text are then lost. */
export function hasElements(node: FeedNode): boolean {
  for (const name in node) if (name !== '_' && name !== '$') return true
  return false
}
