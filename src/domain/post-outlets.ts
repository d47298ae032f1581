import type { OutletId } from './identifiers.ts'
import type { Judgement } from './match.ts'
import type { Post } from './post.ts'

/** The outlets that a post names, and that of its accepted original; none twice. */
export function outletsOf(post: Pick<Post, 'outlets'>, judgement: Judgement): readonly OutletId[] {
  const outlet = judgement.kind === 'match' && judgement.match.state === 'accepted' ? judgement.match.original.outlet : null
  return [...new Set(outlet === null ? post.outlets : [...post.outlets, outlet])]
}
