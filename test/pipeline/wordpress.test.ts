import { describe, expect, it } from 'vitest'
import { DAY, HOUR, SECOND } from '../../src/domain/time.ts'
import { openProgram, type Program, pollOf } from './program.ts'
import { START } from './start.ts'
import { guidOf, restPost, type WordpressBlog, wordpressBlog, wordpressDocument } from './wordpress-blog.ts'

describe('reading a blog on WordPress for the first time', () => {
  it('brings every post, a page after the other until there are no more', async () => {
    const { blog, program } = await open(35)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'ok', added: 35, detail: '', skipped: [] })
    expect(await numbers(program)).toEqual(countdown(35))
    expect(blog.requests).toEqual(['/feed/', '/feed/?paged=2', '/feed/?paged=3', '/feed/?paged=4', '/feed/?paged=5'])
    expect((await program.state('blog'))?.resumeAt).toBeNull()
  })

  it('keeps the query of the feed', async () => {
    const { blog, program } = await open(15, '?feed=rss2&cat=3')
    await program.cycle()
    expect(blog.requests).toEqual(['/feed/?feed=rss2&cat=3', '/feed/?feed=rss2&cat=3&paged=2', '/feed/?feed=rss2&cat=3&paged=3'])
  })

  it('says nothing of the page in what it keeps of the feed', async () => {
    const { program } = await open(15)
    await program.cycle()
    const [entry] = await program.app.store.entries.find(guidOf(1), undefined)
    expect(entry?.feed.links.filter(({ rel }) => rel === 'self')).toEqual([])
  })

  it('is known by the header that names the REST API where the feed does not say who made it', async () => {
    const { blog, program } = await open(15)
    blog.instead = url => silentAbout(blog, url)
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(15))
  })

  it('does not take any other feed for one of WordPress', async () => {
    const { blog, program } = await open(15)
    blog.instead = url => silentAbout(blog, url)
    blog.namesApi = false
    await program.cycle()
    expect(await numbers(program)).toEqual(countdown(15).slice(0, 10))
    expect(blog.requests).toEqual(['/feed/'])
  })

  it('ends where the server gives its first page for every page', async () => {
    const { blog, program } = await open(35)
    blog.instead = url => (url.searchParams.has('paged') ? page(blog, 0) : undefined)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'ok', added: 10, requests: 2 })
    expect((await program.state('blog'))?.resumeAt).toBeNull()
  })

  it('ends at a page that holds nothing', async () => {
    const { blog, program } = await open(15)
    blog.instead = url => (url.searchParams.get('paged') === '3' ? page(blog, 20) : undefined)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'ok', added: 15, requests: 3 })
  })

  for (const status of [403, 410]) {
    it(`takes what there is where a page is refused with ${status}, says so, and polls on as ever`, async () => {
      const { blog, program } = await open(35)
      blog.instead = url => (url.searchParams.get('paged') === '3' ? { status } : undefined)
      const report = pollOf(await program.cycle(), 'blog')
      expect(report).toMatchObject({
        result: 'ok',
        added: 20,
        detail: expect.stringContaining('older posts, from page 3 on, cannot be read'),
      })
      const state = await program.state('blog')
      expect(state).toMatchObject({ failures: 0, resumeAt: null, lastDetail: report.detail })
      expect(state?.nextPollAt).toBeLessThan(START + DAY)
    })
  }

  it('goes on where it was interrupted', async () => {
    const { blog, program } = await open(35)
    blog.instead = url => (url.searchParams.get('paged') === '3' ? { status: 500 } : undefined)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ result: 'server-error', detail: expect.stringContaining('page 3') })
    blog.instead = () => undefined
    blog.requests.splice(0)
    program.wait(DAY)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ unmodified: 1, added: 15 })
    expect(blog.requests).toEqual(['/feed/', '/feed/?paged=3', '/feed/?paged=4', '/feed/?paged=5'])
    expect(await numbers(program)).toEqual(countdown(35))
  })

  it('leaves the host alone for as long as it asks while its pages are read', async () => {
    const { blog, program } = await open(35)
    blog.instead = url => (url.searchParams.get('paged') === '3' ? { status: 429, headers: { 'retry-after': '86400' } } : undefined)
    await program.cycle()
    expect((await program.state('blog'))?.nextPollAt).toBeGreaterThanOrEqual(START + DAY)
  })
})

describe('the news of a blog on WordPress', () => {
  it('are one conditional request where nothing has changed', async () => {
    const { blog, later } = await read(35)
    expect(await later()).toMatchObject({ requests: 1, conditional: 1, unmodified: 1 })
    expect(blog.requests).toEqual(['/feed/'])
  })

  it('are read on where there are more than the feed shows', async () => {
    const { blog, program, later } = await read(35)
    blog.write(25, START + SECOND)
    expect(await later()).toMatchObject({ added: 25 })
    expect(await numbers(program)).toEqual(countdown(60))
    // The page that brings nothing new is the last.
    expect(blog.requests.filter(request => request.startsWith('/feed/'))).toEqual([
      ...['/feed/', '/feed/?paged=2', '/feed/?paged=3', '/feed/?paged=4'],
    ])
  })

  it('are not read on where a plug-in changes every post of the feed', async () => {
    const { blog, later } = await read(35)
    for (const { number } of blog.posts) blog.edit(number, START + HOUR, { html: '<p>飾り</p>' })
    expect(await later()).toMatchObject({ changed: 35 })
    expect(blog.requests.filter(request => request.startsWith('/feed/'))).toEqual(['/feed/'])
  })
})

describe('an edit of a post that the feed is too short to show', () => {
  it('arrives, under the id the feed gave, with the labels and the author it has there', async () => {
    const { blog, program, later } = await read(35)
    blog.edit(3, START + HOUR, { title: '直した題 &#8211; <em>改</em>', html: '<p>直しました。</p>', categories: ['米外交政策'] })
    expect(await later()).toMatchObject({ result: 'ok', added: 0, changed: 1, requests: 2, skipped: [] })
    const post = (await program.posts()).find(({ post }) => post.id === guidOf(3))?.post
    expect(post).toMatchObject({
      title: '直した題 – 改',
      html: '<p>直しました。</p>',
      labels: ['米外交政策', 'Q&A'],
      authors: [{ name: '山田花子' }],
      published: START - 33 * DAY,
      updated: START + HOUR,
      url: 'https://blog.example.jp/archives/3',
    })
    expect(await numbers(program)).toEqual(countdown(35))
  })

  it('is asked for once a day at most, and not at all where the feed is unmodified', async () => {
    const { blog, later } = await read(35)
    const asked = () => blog.requests.filter(request => request.startsWith('/wp-json/')).length
    await later()
    expect(asked()).toBe(0)
    blog.edit(3, START + HOUR, { html: EDITED })
    await later()
    expect(asked()).toBe(1)
    blog.edit(4, START + 2 * DAY, { html: EDITED })
    await later(2 * HOUR)
    expect(asked()).toBe(1)
    // The feed is unmodified since, but nobody has asked since it was modified.
    expect(await later()).toMatchObject({ unmodified: 1, changed: 1 })
    expect(asked()).toBe(2)
    await later()
    expect(asked()).toBe(2)
  })

  it('leaves alone the posts that the feed shows: it words them differently', async () => {
    const { blog, program, later } = await read(35)
    blog.edit(3, START + HOUR, { html: EDITED })
    blog.edit(34, START + HOUR, { html: EDITED })
    expect(await later()).toMatchObject({ changed: 2 })
    expect((await program.posts()).find(({ post }) => post.id === guidOf(34))?.post.html).toContain('最初に表示されました')
  })

  it('is not taken for a post that the feed never had: it may be the feed of a category', async () => {
    const { blog, program, later } = await read(35)
    blog.posts.unshift({ ...first(blog), number: 900, published: START - 300 * DAY, modified: START + HOUR })
    expect(await later()).toMatchObject({ added: 0, changed: 0 })
    expect(await numbers(program)).toEqual(countdown(35))
  })

  it('arrives once: the same answer again changes nothing', async () => {
    const { blog, later } = await read(35)
    blog.edit(3, START + HOUR, { html: EDITED })
    expect(await later()).toMatchObject({ changed: 1 })
    blog.edit(35, START + 2 * DAY)
    expect(await later()).toMatchObject({ changed: 0, requests: 2 })
  })

  it('is none where a post was saved again as it was', async () => {
    const { blog, later } = await read(35)
    for (let number = 1; number <= 15; number++) blog.edit(number, START + HOUR)
    expect(await later()).toMatchObject({ changed: 0, requests: 2 })
  })

  it('is none where the feed showed it while the post was in it, though without its date', async () => {
    const { blog, later } = await read(35)
    blog.edit(26, START + HOUR, { categories: ['米外交政策'] })
    expect(await later(2 * HOUR)).toMatchObject({ changed: 1, requests: 1 })
    blog.write(3, START + 3 * HOUR)
    expect(await later()).toMatchObject({ added: 3, changed: 0, requests: 2 })
  })

  it('is not undone, nor dated anew, when the feed shows the post again in words of its own', async () => {
    const { blog, program, later } = await read(35)
    blog.edit(3, START + HOUR, { html: EDITED })
    await later()
    blog.pageSize = 40
    blog.edit(35, START + 2 * DAY)
    expect(await later()).toMatchObject({ result: 'ok', added: 0, changed: 0 })
    expect((await program.posts()).find(({ post }) => post.id === guidOf(3))?.post).toMatchObject({ html: EDITED, updated: START + HOUR })
    blog.edit(3, START + 3 * DAY, { html: `${EDITED}<p>もう一度。</p>` })
    expect(await later()).toMatchObject({ changed: 1 })
  })

  it('arrives with all the others when hundreds of posts are edited at once, and in the same second', async () => {
    const { blog, program, later } = await read(90)
    for (let number = 1; number <= 45; number++) blog.edit(number, START + HOUR, { title: `改・${number}` })
    for (let number = 46; number <= 80; number++) blog.edit(number, START + HOUR + number * SECOND, { title: `改・${number}` })
    expect(await later()).toMatchObject({ changed: 80 })
    expect((await titles(program)).filter(title => title.startsWith('改・'))).toHaveLength(80)
  })

  it('arrives with the next polls when there are more than one poll may read', async () => {
    const { blog, program, later } = await read(300)
    for (let number = 1; number <= 290; number++) blog.edit(number, START + HOUR + number * SECOND, { title: `改・${number}` })
    await later()
    expect(blog.requests.filter(request => request.startsWith('/wp-json/'))).toHaveLength(10)
    await later(2 * HOUR)
    expect((await titles(program)).filter(title => title.startsWith('改・'))).toHaveLength(290)
  })

  it('is not asked for while the blog names no REST API, nor of another host', async () => {
    const { blog, program } = await open(35)
    blog.namesApi = false
    await program.cycle()
    blog.instead = () => undefined
    blog.edit(3, START + HOUR, { html: EDITED })
    program.wait(DAY)
    const link = '<https://elsewhere.example/wp-json/>; rel="https://api.w.org/"'
    blog.instead = url => (url.pathname === '/feed/' ? { ...page(blog, 0), headers: { link } } : undefined)
    expect(pollOf(await program.cycle(), 'blog')).toMatchObject({ requests: 1 })
  })
})

describe('a REST API that is of no use', () => {
  const answers: readonly [name: string, answer: { readonly status: number; readonly body?: string }, said: string][] = [
    ['is closed', { status: 401, body: '{"code":"rest_not_logged_in"}' }, '401 Unauthorized'],
    ['is gone', { status: 410 }, '410 Gone'],
    ['gives a page', { status: 200, body: '<!DOCTYPE html><p>welcome' }, 'expected a list of posts as JSON'],
  ]
  for (const [name, answer, said] of answers) {
    it(`and ${name} is told, harms nothing, and is asked again after a month`, async () => {
      const { blog, program, later } = await read(35)
      blog.instead = url => (url.pathname.startsWith('/wp-json/') ? answer : undefined)
      blog.edit(3, START + HOUR, { html: EDITED })
      blog.write(1, START + HOUR)
      expect(await later()).toMatchObject({ result: 'ok', added: 1, detail: expect.stringContaining(said) })
      expect(await program.state('blog')).toMatchObject({ failures: 0, lastResult: 'ok', lastDetail: expect.stringContaining(said) })
      blog.write(1, START + 3 * DAY)
      expect(await later(7 * DAY)).toMatchObject({ requests: 1, added: 1 })
      blog.instead = () => undefined
      blog.write(1, START + 20 * DAY)
      expect(await later(30 * DAY)).toMatchObject({ requests: 2, added: 1, changed: 1 })
    })
  }

  it('is asked again the next day where it only stumbled', async () => {
    const { blog, later } = await read(35)
    blog.instead = url => (url.pathname.startsWith('/wp-json/') ? { status: 502 } : undefined)
    blog.edit(3, START + HOUR, { html: '<p>直しました。</p>' })
    expect(await later()).toMatchObject({ result: 'not-modified', requests: 2, changed: 0 })
    blog.instead = () => undefined
    expect(await later()).toMatchObject({ requests: 2, changed: 1 })
  })

  it('is left alone for as long as it asks, and so is the host', async () => {
    const { blog, program, later } = await read(35)
    blog.instead = url => (url.pathname.startsWith('/wp-json/') ? { status: 429, headers: { 'retry-after': '172800' } } : undefined)
    blog.edit(3, START + HOUR, { html: EDITED })
    await later()
    const state = await program.state('blog')
    expect(state?.failures).toBe(0)
    expect(state?.nextPollAt).toBeGreaterThanOrEqual(START + 3 * DAY)
  })

  it('is given up where it knows nothing of "modified_after"', async () => {
    const { blog, later } = await read(35)
    const oldest = blog.posts.slice(0, 20)
    blog.instead = url => (url.pathname.startsWith('/wp-json/') ? restAnswer(oldest) : undefined)
    blog.edit(30, START + HOUR)
    expect(await later()).toMatchObject({ requests: 2, changed: 0, detail: expect.stringContaining('5.7') })
    blog.edit(31, START + 2 * DAY)
    expect(await later(3 * DAY)).toMatchObject({ requests: 1 })
  })

  it('leaves out a post that is of no use, says why, and takes the others', async () => {
    const { blog, program, later } = await read(35)
    for (const number of [2, 3, 4, 5]) blog.edit(number, START + HOUR, { title: '改' })
    blog.distort = ([a, b, c, d]) => [
      ...[null, 7, [], { ...(a as object), modified_gmt: '0000-00-00T00:00:00' }, { ...(b as object), guid: {}, link: 'javascript:x' }],
      { ...(c as object), content: { rendered: '<p>…</p>', protected: true } },
      { ...(c as object), content: { rendered: '' } },
      d,
    ]
    const report = await later()
    expect(report).toMatchObject({ changed: 1 })
    expect(report.skipped).toEqual([
      ...[1, 2, 3, 4].map(number => `Edited post ${number} was left out: it does not say when it was edited.`),
      'Edited post 5 was left out: it has neither guid nor link.',
      'Edited post 6 was left out: it has a password.',
      'Edited post 7 was left out: it came without its text.',
    ])
    expect((await titles(program)).filter(title => title === '改')).toHaveLength(1)
  })

  it('does not lose author and labels where they are not embedded', async () => {
    const { blog, program, later } = await read(35)
    blog.edit(3, START + HOUR, { html: '<p>直しました。</p>' })
    blog.distort = posts => posts.map(post => ({ ...(post as object), _embedded: { author: [{ code: 'rest_user_invalid_id' }] } }))
    await later()
    expect((await program.posts()).find(({ post }) => post.id === guidOf(3))?.post).toMatchObject({
      html: '<p>直しました。</p>',
      authors: [{ name: '山田花子' }],
      labels: ['外交', 'Q&A'],
    })
  })

  it('does not hide later edits behind a date in the future', async () => {
    const { blog, later } = await read(35)
    blog.edit(3, START + 9_000 * DAY, { html: '<p>未来から。</p>' })
    expect(await later()).toMatchObject({ changed: 1 })
    blog.edit(4, START + 2 * DAY, { html: '<p>直しました。</p>' })
    blog.edit(3, START + 9_001 * DAY)
    expect(await later()).toMatchObject({ changed: 1 })
  })
})

const EDITED = '<p>直しました。</p>'

/** A program with a blog on WordPress. */
async function open(count: number, query = '') {
  const blog = await wordpressBlog(count)
  const program = await openProgram(blog, `posts: [{ id: blog, feed: "${blog.feedUrl}${query}" }]`, { limit: 5 })
  return { blog, program }
}

/** The same once the blog has been read; `later` polls again after a day, or as told, whatever the blog's rhythm. */
async function read(count: number) {
  const { blog, program } = await open(count)
  await program.cycle()
  blog.requests.splice(0)
  const later = async (ms = DAY) => {
    program.wait(ms)
    return pollOf(await program.cycle('all'), 'blog')
  }
  return { blog, program, later }
}

function silentAbout(blog: WordpressBlog, url: URL) {
  const start = (Number(url.searchParams.get('paged') ?? 1) - 1) * 10
  const { status, body } = page(blog, start)
  return start >= blog.posts.length ? undefined : { status, body: body.replace(/<generator>.*<\/generator>/, '') }
}

/** A page of the feed that begins with the post that has this index, 0-based. */
function page(blog: WordpressBlog, start: number) {
  return { status: 200, body: wordpressDocument(blog.posts.toReversed().slice(start, start + 10), blog.feedUrl) }
}

function restAnswer(posts: WordpressBlog['posts']) {
  return { status: 200, body: JSON.stringify(posts.map(restPost)) }
}

function first({ posts }: WordpressBlog) {
  const [post] = posts
  if (post === undefined) throw new Error('expected a blog with posts')
  return post
}

async function numbers(program: Program): Promise<readonly number[]> {
  return (await program.posts()).map(({ post }) => Number(post.id.split('?p=')[1]))
}

async function titles(program: Program): Promise<readonly string[]> {
  return (await program.posts()).map(({ post }) => post.title)
}

function countdown(from: number): readonly number[] {
  return Array.from({ length: from }, (_, index) => from - index)
}
