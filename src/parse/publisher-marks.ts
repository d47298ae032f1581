import { attributeOf, childOf, childText, type FeedNode, textOf } from './feed-node.ts'
import { childAddress, type Place, resolved } from './place.ts'

/** The program a feed says it was made with: its name, or its address where that is all RSS 1.0 gives. */
export function generatorOf(node: FeedNode): string | undefined {
  return childText(node, 'f.generator', 'atom.generator') ?? attributeOf(childOf(node, 'admin.generatoragent'), 'rdf:resource')
}

/** The picture a feed shows itself with, in Atom's terms, RSS's or those of podcasts. */
export function logoOf(node: FeedNode, place: Place): string | undefined {
  const image = childOf(node, 'f.image')
  const podcast = childOf(node, 'itunes.image')
  const stated = childAddress(image ?? {}, place, 'f.url') ?? childAddress(node, place, 'f.logo', 'atom.logo')
  const address = attributeOf(podcast, 'href') ?? attributeOf(podcast, 'url') ?? textOf(image)
  return stated ?? (address === undefined ? undefined : resolved(address, place))
}
