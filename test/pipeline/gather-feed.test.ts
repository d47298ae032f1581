import { beforeAll, describe, expect, it } from 'vitest'
import { bloggerBlog, FEED_PATH } from './blogger-blog.ts'
import { openProgram, type Program, serveWeb } from './program.ts'

const POSTS = 300
const EVERY = 10
/** Numbers of the posts the rules of this file select, newest first. */
const SELECTED = Array.from({ length: POSTS / EVERY }, (_, index) => POSTS - index * EVERY)

const rules: readonly (readonly [name: string, slug: string, rule: string])[] = [
  ['wants two labels', 'all', 'all: [外交, 選]'],
  ['excludes a label', 'none', 'none: [雑記]'],
  ['wants an outlet', 'outlets', 'outlets: [tni]'],
]

let program: Program

beforeAll(async () => {
  const blog = bloggerBlog(POSTS, { cap: 150 })
  blog.posts = blog.posts.map(post =>
    post.number % EVERY === 0
      ? { ...post, title: `${post.title}(The National Interest)`, labels: ['外交', '選'] }
      : { ...post, labels: ['外交', '雑記'] },
  )
  const origin = await serveWeb(new Map([[FEED_PATH, blog.page]]))
  const feeds = rules.flatMap(([, slug, rule]) => [25, 40].map(limit => `  - { slug: ${slug}-${limit}, ${rule}, limit: ${limit} }`))
  const sources = `outlets: [{ id: tni, name: The National Interest, hosts: [tni.example] }]
posts: [{ id: blog, feed: "${origin.url(FEED_PATH)}" }]
feeds:
${feeds.join('\n')}`
  program = await openProgram(origin, sources, { limit: 50 })
  await program.cycle()
})

describe('a picky rule over many posts', () => {
  for (const [name, slug] of rules) {
    it(`that ${name} gives the newest up to its limit, none left out`, async () => {
      expect(await numbers(`${slug}-25`)).toEqual(SELECTED.slice(0, 25))
    })

    it(`that ${name} gives all there are where there are fewer than its limit`, async () => {
      expect(await numbers(`${slug}-40`)).toEqual(SELECTED)
    })
  }
})

async function numbers(slug: string): Promise<readonly number[]> {
  return (await program.feed(slug)).map(({ id }) => Number(id.split('.post-')[1]))
}
