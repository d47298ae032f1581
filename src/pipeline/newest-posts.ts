import { newestFirst } from '../label/output-feed.ts'
import type { CataloguedPost } from '../store/page-store.ts'

/** Gives the posts that a feed's own document holds, newest first. @param members all that it selects, oldest first */
export function newestPosts(members: readonly CataloguedPost[], limit: number): readonly CataloguedPost[] {
  const oldest = members[members.length - limit]
  // Those of one moment are in another order here and there.
  const candidates = oldest === undefined ? members : members.filter(({ published }) => published >= oldest.published)
  return candidates.toSorted(newestFirst).slice(0, limit)
}
