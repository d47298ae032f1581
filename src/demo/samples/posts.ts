import { citedPosts } from './posts-cited.ts'
import { uncitedPosts } from './posts-uncited.ts'
import type { SamplePost } from './sample-post.ts'

/** What the sample blog says of itself. */
export const sampleBlog = {
  id: '7304518266019942113',
  title: '潮見坂翻訳ノート',
  subtitle: '海外の外交・安全保障論考を日本語で読む',
  author: '潮見坂',
  host: 'shiomizaka.localhost',
} as const

/** Every post of the sample blog, newest first. */
export const samplePosts: readonly SamplePost[] = [...citedPosts, ...uncitedPosts].sort(
  (a, b) => Date.parse(b.published) - Date.parse(a.published),
)

/** Every label of the sample blog, the most used first. */
export function sampleLabels(): readonly string[] {
  const uses = new Map<string, number>()
  for (const label of samplePosts.flatMap(post => post.labels)) uses.set(label, (uses.get(label) ?? 0) + 1)
  return [...uses].sort(([, a], [, b]) => b - a).map(([label]) => label)
}
