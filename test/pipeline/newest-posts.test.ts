import { describe, expect, it } from 'vitest'
import type { EntryKey } from '../../src/domain/identifiers.ts'
import { newestPosts } from '../../src/pipeline/newest-posts.ts'
import type { CataloguedPost } from '../../src/store/page-store.ts'

/** Oldest first, and by key where two are of one moment, as the catalogue has them. */
function members(...posts: readonly (readonly [key: string, published: number])[]): readonly CataloguedPost[] {
  return posts.map(([key, published]) => {
    return { key: key as EntryKey, published, updated: published, stamp: '', match: 'none', translation: null, labels: [], outlets: [] }
  })
}

describe('newestPosts', () => {
  const cases: readonly (readonly [name: string, posts: readonly CataloguedPost[], limit: number, expected: readonly string[]])[] = [
    ['gives the newest first', members(['a', 1], ['b', 2], ['c', 3]), 2, ['c', 'b']],
    ['gives all where there are fewer', members(['a', 1], ['b', 2]), 5, ['b', 'a']],
    ['gives nothing of nothing', [], 5, []],
    ['takes those of one moment by their keys, as feeds do', members(['a', 1], ['b', 1], ['c', 1], ['d', 2]), 3, ['d', 'a', 'b']],
  ]
  for (const [name, posts, limit, expected] of cases)
    it(name, () => expect(newestPosts(posts, limit).map(({ key }) => key as string)).toEqual(expected))
})
