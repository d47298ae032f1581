import { describe, expect, it } from 'vitest'
import { bloggerPage, postId, rssFeed } from '../support/feed-documents.ts'
import { atomDocument } from './documents.ts'
import { openProgram, serveWeb } from './program.ts'

const ARTICLE = {
  url: 'https://outlet.example/feature/deterrence-strait',
  title: 'Deterrence in the Strait',
  text: 'Deterrence has three pillars.',
  published: '2026-03-01T00:00:00Z',
}
const TRANSLATION = {
  id: '100',
  title: '海峡の抑止力(Outlet)',
  html: `<p>抑止力は3つの柱から成る。</p><p>原文 <a href="${ARTICLE.url}">${ARTICLE.url}</a></p>`,
  labels: ['外交'],
  published: '2026-03-02T09:00:00+09:00',
}
const SECOND_ID = 'https://second.example.jp/?p=7'

describe('two blogs that publish the same translation', () => {
  it('give two posts of one article, each with an id of its own', async () => {
    const { id: _, ...same } = TRANSLATION
    const origin = await serveWeb(
      new Map([
        ['/outlet', rssFeed('Outlet', [ARTICLE])],
        ['/first', bloggerPage([TRANSLATION])],
        ['/second', atomDocument([{ ...same, id: SECOND_ID, published: Date.parse(same.published) }])],
      ]),
    )
    const program = await openProgram(
      origin,
      `outlets: [{ id: outlet, name: Outlet, hosts: [outlet.example], sources: [{ url: "${origin.url('/outlet')}" }] }]
posts: [{ id: first, feed: "${origin.url('/first')}" }, { id: second, feed: "${origin.url('/second')}" }]`,
    )
    await program.cycle()

    const posts = await program.posts()
    expect(posts.map(({ post }) => [post.source, post.id]).sort()).toEqual([
      ['first', postId(TRANSLATION)],
      ['second', SECOND_ID],
    ])
    const [article] = await program.app.store.entries.find(ARTICLE.url, undefined)
    for (const { judgement } of posts)
      expect(judgement).toMatchObject({ kind: 'match', match: { state: 'accepted', original: { entry: article?.key, url: ARTICLE.url } } })

    const published = await program.feed('外交')
    expect(published.map(({ id }) => id).sort()).toEqual([SECOND_ID, postId(TRANSLATION)].sort())
    expect(published.map(({ links }) => links['via'])).toEqual([ARTICLE.url, ARTICLE.url])
  })
})
