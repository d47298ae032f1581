import type { Instant } from '../domain/time.ts'
import { childrenOf, type FeedNode, textOf } from './feed-node.ts'
import { instantOf } from './instants.ts'

/** The moment named by the first child of the names that can be read as a date, looked for in the order given. */
export function dateChild(node: FeedNode, ...names: readonly string[]): Instant | undefined {
  for (const name of names) {
    for (const child of childrenOf(node, name)) {
      const instant = instantOf(textOf(child))
      if (instant !== undefined) return instant
    }
  }
  return undefined
}
