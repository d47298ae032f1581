import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/domain/time.ts'
import type { LocalOrigin } from '../support/local-feeds.ts'
import { type BloggerBlog, bloggerBlog, bloggerDocument, FEED_PATH, refusal, startIndexOf } from './blogger-blog.ts'
import { openProgram, type Page, type Program, pollOf, serveWeb } from './program.ts'
import { START } from './start.ts'

const BLOGGER_PAGE_LIMIT = 40

describe('reading a Blogger blog for the first time', () => {
  it('brings every post of a blog whose news page lists what was edited last', async () => {
    const blog = unlabelled(100)
    for (let number = 1; number <= 25; number++) blog.edit(number, START - HOUR + number)
    const { program, origin } = await open(blog)
    const report = await program.cycle()
    expect(await numbers(program)).toEqual(countdown(100))
    expect(pollOf(report, 'blog')).toMatchObject({ result: 'ok', added: 100, detail: '', skipped: [] })
    expect(pagesAsked(origin)).toEqual([1, 1, 26, 51, 76])
    expect((await program.state('blog'))?.resumeAt).toBeNull()
  })

  it('does not loop where the server gives its first page at every index', async () => {
    const blog = unlabelled(100)
    const { program, origin } = await open(blog, () => blog.page(new URL('http://localhost/')))
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(100).slice(0, 25))
    expect(origin.requests.length).toBeLessThanOrEqual(3)
  })

  it('does not loop where the server gives its first page under the index it was asked for', async () => {
    const blog = unlabelled(100)
    const firstPosts = blog.posts.toReversed().slice(0, 25)
    const { program, origin } = await open(blog, url =>
      bloggerDocument(firstPosts, { total: 100, startIndex: startIndexOf(url), size: 25 }),
    )
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(100).slice(0, 25))
    expect(origin.requests.length).toBeLessThanOrEqual(4)
  })

  it('misses none when posts are added between two pages', async () => {
    const blog = unlabelled(100)
    const { program } = await open(blog, url => {
      const page = blog.page(url)
      if (startIndexOf(url) === 26) blog.write(3, START - 1_000)
      return page
    })
    await program.cycle()
    expect((await numbers(program)).filter(number => number <= 100)).toEqual(countdown(100))
    program.wait(DAY)
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(103))
  })

  it('goes on at the next cycle when there are more pages than one poll may read', async () => {
    const { program, origin } = await open(unlabelled(100, 2))
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(100).slice(0, 2 * BLOGGER_PAGE_LIMIT))
    expect(origin.requests.length).toBe(BLOGGER_PAGE_LIMIT + 1)
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(100))
    expect((await program.state('blog'))?.resumeAt).toBeNull()
    await program.cycle()
    expect(origin.requests.length).toBe(BLOGGER_PAGE_LIMIT + 1 + 1 + 10)
  })
})

describe('a back-fill that was interrupted', () => {
  it('goes on where it stopped, though the news page has not changed', async () => {
    const blog = unlabelled(100)
    const { program, origin, failFrom } = await open(blog)
    failFrom(51)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'blocked', detail: expect.stringContaining('entry 51') })
    expect(await numbers(program)).toEqual(countdown(100).slice(0, 50))
    failFrom(Number.POSITIVE_INFINITY)
    const before = origin.requests.length
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ unmodified: 1, added: 50 })
    expect(await numbers(program)).toEqual(countdown(100))
    expect(pagesAsked(origin).slice(before)).toEqual([1, 51, 76])
  })

  it('loses nothing when more than a page of news has come meanwhile', async () => {
    const blog = unlabelled(100)
    const { program, failFrom } = await open(blog)
    failFrom(26)
    await program.cycle()
    failFrom(Number.POSITIVE_INFINITY)
    blog.write(60, START + 1_000)
    program.wait(DAY)
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(160))
  })

  it('loses nothing when the reading of edits is interrupted too', async () => {
    const blog = unlabelled(100)
    const { program, failFrom } = await open(blog)
    failFrom(26)
    await program.cycle()
    // Posts at the end of the blog are edited, two pages of them; behind those the reading fails again.
    for (let number = 1; number <= 50; number++) blog.edit(number, START + HOUR + number)
    failFrom(51)
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'blocked', added: 50 })
    failFrom(Number.POSITIVE_INFINITY)
    program.wait(DAY)
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(100))
    expect(await titles(program)).toEqual(blog.posts.toReversed().map(({ title }) => title))
  })
})

describe('the news of a blog that was read whole', () => {
  it('shows an edit of a post far behind the first page', async () => {
    const blog = unlabelled(100)
    blog.unasked = 'published'
    const { program } = await open(blog)
    await program.cycle()
    blog.edit(3, START + HOUR, { title: '書き直した題' })
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ added: 0, changed: 1, requests: 1 })
    expect(await titles(program)).toContain('書き直した題')
  })

  it('shows an edit of the oldest of three hundred posts with one conditional request a poll', async () => {
    const blog = unlabelled(300, 150)
    const { program } = await open(blog)
    await program.cycle()
    blog.edit(1, START + HOUR, { title: '書き直した題' })
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ added: 0, changed: 1, requests: 1, conditional: 1 })
    expect(await titles(program)).toContain('書き直した題')
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ changed: 0, requests: 1, unmodified: 1 })
  })

  it('brings more than a page of new posts at once', async () => {
    const blog = unlabelled(100)
    const { program, origin } = await open(blog)
    await program.cycle()
    const before = origin.requests.length
    blog.write(60, START + 1_000)
    program.wait(DAY)
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(160))
    // The page that brings nothing new is the last.
    expect(pagesAsked(origin).slice(before)).toEqual([1, 26, 51, 76])
  })
})

describe('a blog with large posts', () => {
  const LARGE = `<p>${'長い本文です。'.repeat(400)}</p>`

  it('is read in smaller pages, and one post that is too large by itself is left out and noted', async () => {
    const blog = unlabelled(60)
    for (let number = 21; number <= 40; number++) blog.edit(number, START - 60 * DAY, { html: LARGE })
    blog.edit(30, START - 60 * DAY, { html: LARGE.repeat(15) })
    const { program } = await open(blog, undefined, ['max_size: 100KB'])
    const report = pollOf(await program.cycle(), 'blog')
    expect(await numbers(program)).toEqual(countdown(60).filter(number => number !== 30))
    expect(report).toMatchObject({ result: 'ok', added: 59 })
    expect(report.skipped).toEqual([expect.stringMatching(/^Entry 31 was left out: /)])
    expect((await program.state('blog'))?.lastDetail).toMatch(/1 left out: Entry 31/)
    expect((await program.state('blog'))?.resumeAt).toBeNull()
  })

  it('is read though its news page is too large from the first', async () => {
    const blog = unlabelled(60)
    for (const { number } of blog.posts) blog.edit(number, START - HOUR + number, { html: LARGE })
    const { program } = await open(blog, undefined, ['max_size: 100KB'])
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'ok', added: 60 })
    expect(await numbers(program)).toEqual(countdown(60))
    blog.write(1, START + HOUR)
    blog.edit(7, START + HOUR, { html: LARGE })
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'ok', added: 1, changed: 1 })
    expect(await numbers(program)).toEqual(countdown(61))
  })
})

/** Posts without labels: nothing is published but the list of feeds. */
function unlabelled(count: number, cap = 25): BloggerBlog {
  return bloggerBlog(count, { cap, labels: [] })
}

async function open(blog: BloggerBlog, page: Page = url => blog.page(url), polling: readonly string[] = []) {
  let failing = Number.POSITIVE_INFINITY
  const answer = (url: URL) => (startIndexOf(url) >= failing ? refusal(403) : typeof page === 'function' ? page(url) : page)
  const origin = await serveWeb(new Map([[FEED_PATH, answer]]))
  const program = await openProgram(origin, `posts: [{ id: blog, feed: "${origin.url(FEED_PATH)}" }]`, { polling, limit: 5 })
  /** Pages from this index on are refused. */
  const failFrom = (index: number) => {
    failing = index
  }
  return { program, origin, failFrom }
}

/** Indexes of the pages that were asked for, in order. */
function pagesAsked({ requests }: LocalOrigin): readonly number[] {
  return requests.map(({ target }) => startIndexOf(new URL(target, 'http://localhost/')))
}

/** Numbers of the posts that are there, newest first. */
async function numbers(program: Program): Promise<readonly number[]> {
  return (await program.posts()).map(({ post }) => Number(post.id.split('.post-')[1]))
}

async function titles(program: Program): Promise<readonly string[]> {
  return (await program.posts()).map(({ post }) => post.title)
}

function countdown(from: number): readonly number[] {
  return Array.from({ length: from }, (_, index) => from - index)
}
