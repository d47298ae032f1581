import type { BlockKind } from './block.ts'

/** An element that has been opened and not yet closed. */
export interface OpenElement {
  readonly name: string
  /** What the blocks within it are. */
  readonly kind: BlockKind
  /** Whether its content is left out, its own or an ancestor's doing. */
  readonly isDropped: boolean
  readonly isDropCap: boolean
}

/** The elements that are open while a document is read, innermost last. */
export interface OpenElements {
  readonly innermost: () => OpenElement
  readonly push: (element: OpenElement) => void
  /** Closes the innermost elements for as long as their names are among `names`; gives them innermost first. */
  readonly closeWhile: (names: ReadonlySet<string>) => readonly OpenElement[]
  /** Closes the nearest element of that name and all within it; gives them innermost first, none where none is open. */
  readonly close: (name: string) => readonly OpenElement[]
}

const ROOT: OpenElement = { name: '', kind: 'paragraph', isDropped: false, isDropCap: false }

/** Starts with nothing open. Any sequence of calls takes time linear in its length. */
export function openElements(): OpenElements {
  const stack: OpenElement[] = []
  // An end tag nothing was opened for must not cost a search through the whole stack.
  const openByName = new Map<string, number>()
  const pop = (): OpenElement | undefined => {
    const element = stack.pop()
    if (element !== undefined) openByName.set(element.name, (openByName.get(element.name) ?? 1) - 1)
    return element
  }
  const popWhile = (holds: (name: string) => boolean): OpenElement[] => {
    const popped: OpenElement[] = []
    for (let top = stack.at(-1); top !== undefined && holds(top.name); top = stack.at(-1)) {
      pop()
      popped.push(top)
    }
    return popped
  }
  return {
    innermost: () => stack.at(-1) ?? ROOT,
    push: element => {
      stack.push(element)
      openByName.set(element.name, (openByName.get(element.name) ?? 0) + 1)
    },
    closeWhile: names => popWhile(name => names.has(name)),
    close: name => {
      if ((openByName.get(name) ?? 0) === 0) return []
      const within = popWhile(top => top !== name)
      const element = pop()
      return element === undefined ? within : [...within, element]
    },
  }
}
