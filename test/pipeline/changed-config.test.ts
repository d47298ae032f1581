import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { rssFeed } from '../support/feed-documents.ts'
import { bloggerBlog, FEED_PATH } from './blogger-blog.ts'
import { type RssItem, rssDocument } from './documents.ts'
import { openProgram, type Page, type Program, pollOf, serveWeb } from './program.ts'
import { START } from './start.ts'

const LABEL_PATH = `${FEED_PATH}/-/%E5%A4%96%E4%BA%A4`

describe('a source that gets another name', () => {
  it('keeps its posts and is not polled before its time', async () => {
    const blog = bloggerBlog(30)
    const origin = await serveWeb(new Map([[FEED_PATH, blog.page]]))
    const sources = (id: string) => `posts: [{ id: ${id}, feed: "${origin.url(FEED_PATH)}" }]`
    const program = await openProgram(origin, sources('old-name'))
    await program.cycle()
    const [before, state, asked] = [await program.feed('外交'), await program.state('old-name'), origin.requests.length]
    await program.reconfigure(sources('new-name'))
    const report = await program.cycle()
    expect([report.polls, report.publish.refused, origin.requests.length]).toEqual([[], [], asked])
    expect(await program.feed('外交')).toEqual(before)
    expect(await program.state('new-name')).toEqual(state)
    expect(await program.state('old-name')).toBeUndefined()
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'new-name')).toMatchObject({ added: 0, changed: 0, requests: 1, unmodified: 1 })
  })

  it('keeps posts whose ids mean nothing elsewhere, under the ids they were published with', async () => {
    let items: readonly RssItem[] = [1, 2].map(number => ({ guid: `${number}`, title: `第${number}回`, published: START - number * DAY }))
    const origin = await serveWeb(new Map<string, Page>([['/rss', () => rssDocument(items)]]))
    const sources = (id: string) => `posts: [{ id: ${id}, feed: "${origin.url('/rss')}" }]`
    const program = await openProgram(origin, sources('old-name'))
    await program.cycle()
    const before = await program.feed('外交')
    await program.reconfigure(sources('new-name'))
    items = [{ guid: '3', title: '第3回', published: START }, ...items]
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'new-name')).toMatchObject({ added: 1, changed: 0 })
    expect((await program.feed('外交')).map(({ title }) => title)).toEqual(['第3回', '第1回', '第2回'])
    expect((await program.feed('外交')).slice(1)).toEqual(before)
  })

  it('keeps its articles where its outlet gets another id', async () => {
    const article = {
      url: 'https://tni.example/2026/an-article-of-march',
      title: 'An Article',
      text: 'Its lead.',
      published: '2026-03-20T00:00:00Z',
    }
    const post = {
      guid: 'https://b.example/1',
      title: '題',
      html: '<p><a href="https://tni.example/2026/an-article-of-march">原文</a></p>',
      published: START - DAY,
    }
    let articles = [article]
    const origin = await serveWeb(
      new Map<string, Page>([
        ['/tni', () => rssFeed('TNI', articles)],
        ['/rss', rssDocument([post])],
      ]),
    )
    const sources = (
      id: string,
    ) => `outlets: [{ id: ${id}, name: The National Interest, hosts: [tni.example], sources: [{ url: "${origin.url('/tni')}" }] }]
posts: [{ id: blog, feed: "${origin.url('/rss')}" }]`
    const program = await openProgram(origin, sources('tni'))
    await program.cycle()
    await program.reconfigure(sources('national-interest'))
    await program.cycle()
    const original = { outlet: 'national-interest', title: 'An Article', entry: expect.any(String) }
    expect(await originals(program)).toEqual([expect.objectContaining(original)])
    articles = [{ ...article, url: 'https://tni.example/2026/an-article-of-april', title: 'Another Article' }, article]
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'national-interest')).toMatchObject({ added: 1, changed: 0 })
    expect(await originals(program)).toEqual([expect.objectContaining(original)])
  })
})

describe('a blog and its label feed', () => {
  it('lets the posts of the one that is removed move to the other at its next poll', async () => {
    const blog = bloggerBlog(30)
    const origin = await serveWeb(
      new Map([
        [FEED_PATH, blog.page],
        [LABEL_PATH, blog.page],
      ]),
    )
    const whole = `{ id: a-whole, feed: "${origin.url(FEED_PATH)}" }`
    const labelled = `{ id: labelled, feed: "${origin.url(LABEL_PATH)}" }`
    const program = await openProgram(origin, `posts: [${whole}, ${labelled}]`)
    await program.cycle()
    const before = (await program.feed('外交')).map(({ id }) => id)
    const first = (await program.posts())[0]?.post.source
    await program.reconfigure(`posts: [${first === 'labelled' ? whole : labelled}]`)
    const report = await program.cycle()
    expect(report.polls).toHaveLength(1)
    expect(report.publish).toMatchObject({ refused: [], withdrawn: [] })
    expect((await program.feed('外交')).map(({ id }) => id)).toEqual(before)
    expect(new Set((await program.posts()).map(({ post }) => post.source))).toEqual(
      new Set([first === 'labelled' ? 'a-whole' : 'labelled']),
    )
  })
})

describe('a source that gets another address', () => {
  it('starts afresh, at once, and reads the whole blog there', async () => {
    const blog = bloggerBlog(60)
    // The label feed has the newest half of the blog: what the news of the whole one show first is known.
    blog.posts = blog.posts.map(post => ({ ...post, labels: post.number > 30 ? ['外交'] : [] }))
    const origin = await serveWeb(
      new Map([
        [FEED_PATH, blog.page],
        [LABEL_PATH, blog.page],
      ]),
    )
    const sources = (path: string) => `posts: [{ id: blog, feed: "${origin.url(path)}" }]`
    const program = await openProgram(origin, sources(LABEL_PATH))
    await program.cycle()
    expect(await program.posts()).toHaveLength(30)
    await program.reconfigure(sources(FEED_PATH))
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'ok', conditional: 0, added: 30 })
    expect(await program.posts()).toHaveLength(60)
  })
})

describe('what later knowledge does to a judgement', () => {
  it('matches a stored article when its host is known to have moved, without asking anybody', async () => {
    const article = {
      url: 'https://old.example/2026/an-article-of-march',
      title: 'An Article',
      text: 'Its lead.',
      published: '2026-03-20T00:00:00Z',
    }
    const post = {
      guid: 'https://b.example/1',
      title: '題',
      html: '<p><a href="https://new.example/2026/an-article-of-march">原文</a></p>',
      published: START - DAY,
    }
    const origin = await serveWeb(
      new Map([
        ['/tni', rssFeed('TNI', [article])],
        ['/rss', rssDocument([post])],
      ]),
    )
    const sources = (
      moves: string,
    ) => `outlets: [{ id: tni, name: The National Interest, hosts: [new.example, old.example], ${moves} sources: [{ url: "${origin.url('/tni')}" }] }]
posts: [{ id: blog, feed: "${origin.url('/rss')}" }]`
    const program = await openProgram(origin, sources(''))
    await program.cycle()
    expect(await originals(program)).toEqual([expect.objectContaining({ entry: null, address: 'new.example/2026/an-article-of-march' })])
    const asked = origin.requests.length
    await program.reconfigure(sources('moved_hosts: [{ from: old.example, to: new.example }],'))
    await program.cycle()
    expect(await originals(program)).toEqual([
      expect.objectContaining({ entry: expect.any(String), address: 'new.example/2026/an-article-of-march', title: 'An Article' }),
    ])
    expect(origin.requests.length).toBe(asked)
  })

  it('matches a stated title with an article that is polled later', async () => {
    const earlier = { url: 'https://tni.example/0', title: 'An Earlier Article', text: 'Its lead.', published: '2025-03-20T00:00:00Z' }
    const stated = {
      url: 'https://tni.example/2026/an-article-of-march',
      title: 'The Stated Article',
      text: 'Its lead.',
      published: '2026-03-20T00:00:00Z',
    }
    let articles = [earlier]
    const origin = await serveWeb(new Map<string, Page>([['/tni', () => rssFeed('TNI', articles)]]))
    const program = await openProgram(
      origin,
      `outlets: [{ id: tni, name: The National Interest, hosts: [tni.example], sources: [{ url: "${origin.url('/tni')}" }] }]
posts: [{ id: files, folder: ../posts, url_template: "https://b.example/{path}" }]`,
    )
    await mkdir(join(program.folder, 'posts'))
    const file = '---\ntitle: 題\ndate: 2026-03-25\noriginal_title: The Stated Article\noutlet: The National Interest\n---\n本文です。\n'
    await writeFile(join(program.folder, 'posts', '1.md'), file)
    await program.cycle()
    expect(await originals(program)).toEqual([expect.objectContaining({ entry: null, title: 'The Stated Article' })])
    articles = [stated, earlier]
    program.wait(DAY + HOUR)
    await program.cycle()
    expect(await originals(program)).toEqual([
      expect.objectContaining({ entry: expect.any(String), url: 'https://tni.example/2026/an-article-of-march' }),
    ])
  })
})

async function originals(program: Program) {
  return (await program.posts()).map(({ judgement }) => (judgement.kind === 'match' ? judgement.match.original : judgement.because))
}
