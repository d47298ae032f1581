import { describe, expect, it } from 'vitest'
import { DAY, type Instant } from '../../src/domain/time.ts'
import { type AtomEntry, atomDocument, type RssItem, rssDocument } from './documents.ts'
import { openProgram, type Page, pollOf, serveWeb } from './program.ts'
import { START } from './start.ts'

describe('the identity of an entry', () => {
  it('is that of its own blog where two blogs count 1, 2, 3', async () => {
    const blog = (name: string) => rssDocument([1, 2, 3].map(n => ({ guid: `${n}`, title: `${name}の${n}`, published: START - n * DAY })))
    const origin = await serveWeb(
      new Map([
        ['/a', blog('甲')],
        ['/b', blog('乙')],
      ]),
    )
    const program = await openProgram(origin, `posts: [{ id: a, feed: "${origin.url('/a')}" }, { id: b, feed: "${origin.url('/b')}" }]`)
    await program.cycle()
    expect(await program.posts()).toHaveLength(6)
    const entries = await program.feed('外交')
    expect(entries.map(({ title }) => title).toSorted()).toEqual(['乙の1', '乙の2', '乙の3', '甲の1', '甲の2', '甲の3'])
    expect(new Set(entries.map(({ id }) => id)).size).toBe(6)
  })

  it('does not keep its feed from being published where an id is 5,000 characters long', async () => {
    const long = `https://b.example/?id=${'x'.repeat(5_000)}`
    const items = [long, `${long}y`, 'https://b.example/3'].map((guid, index) => ({
      guid,
      title: `第${index + 1}回`,
      published: START - index * DAY,
    }))
    const origin = await serveWeb(new Map([['/rss', rssDocument(items)]]))
    const program = await openProgram(origin, `posts: [{ id: a, feed: "${origin.url('/rss')}" }]`)
    expect((await program.cycle()).publish).toMatchObject({ refused: [], leftOut: [] })
    const entries = await program.feed('外交')
    expect(entries.map(({ title }) => title)).toEqual(['第1回', '第2回', '第3回'])
    expect(Math.max(...entries.map(({ id }) => id.length))).toBeLessThan(200)
    expect(entries[2]?.id).toBe('https://b.example/3')
  })
})

describe('the dates of an entry that is edited', () => {
  const EDIT = START + 2 * DAY

  it('changes `updated` alone where the entry says nothing but when it was updated', async () => {
    const entry: AtomEntry = { id: 'tag:b.example,2026:1', title: '題', html: '<p>本文です。</p>', updated: START - DAY }
    const [before, after] = await publishedTwice(
      atomDocument([entry]),
      atomDocument([{ ...entry, html: '<p>直した本文です。</p>', updated: EDIT }]),
    )
    expect(before).toEqual({ published: START - DAY, updated: START - DAY })
    expect(after).toEqual({ published: START - DAY, updated: EDIT })
  })

  const body = `<p>${'長い本文です。'.repeat(800)}</p>`
  const item: RssItem = { guid: 'https://b.example/1', title: '題', html: `${body}<p>結びです。</p>`, published: START - DAY }

  for (const [role, published] of [
    ['a post', publishedTwice],
    ['an article', articleTwice],
  ] as const) {
    it(`changes \`updated\` where ${role} is edited behind its 4,000th character`, async () => {
      const edited = rssDocument([{ ...item, html: `${body}<p>書き直した結びです。</p>` }])
      const [before, after] = await published(rssDocument([item]), edited)
      expect(before).toEqual({ published: START - DAY, updated: START - DAY })
      expect(after?.published).toBe(START - DAY)
      expect(after?.updated).toBeGreaterThanOrEqual(EDIT)
    })

    it(`changes nothing where only the markup of ${role} is edited`, async () => {
      const edited = rssDocument([{ ...item, html: `<div class="new">${body}<p><em>結びです。</em></p></div>` }])
      const [before, after] = await published(rssDocument([item]), edited)
      expect(after).toEqual(before)
    })
  }

  it('does not change where the document is served again as it was', async () => {
    const [before, after] = await publishedTwice(rssDocument([item]), rssDocument([item], '<generator>another</generator>'))
    expect(after).toEqual(before)
  })

  /** The dates under which the only post is published from each of two documents, the second two days later. */
  async function publishedTwice(first: string, second: string) {
    return datesTwice(first, second, url => `posts: [{ id: blog, feed: "${url}" }]`, '外交')
  }

  /** The same for an article that nobody has translated. */
  async function articleTwice(first: string, second: string) {
    const sources = (url: string) => `outlets: [{ id: o, name: Outlet, hosts: [b.example], sources: [{ url: "${url}" }] }]
feeds: [{ slug: articles, include: all }]`
    return datesTwice(first, second, sources, 'articles')
  }

  async function datesTwice(first: string, second: string, sources: (url: string) => string, slug: string) {
    const pages = new Map<string, Page>([['/feed', first]])
    const origin = await serveWeb(pages)
    const program = await openProgram(origin, sources(origin.url('/feed')))
    const dates = async () => {
      const [entry] = await program.feed(slug)
      return { published: instant(entry?.published), updated: instant(entry?.updated) }
    }
    await program.cycle()
    const before = await dates()
    program.wait(2 * DAY)
    pages.set('/feed', second)
    const report = await program.cycle()
    expect(pollOf(report, report.polls[0]?.source ?? '')).toMatchObject({ added: 0, unmodified: 0 })
    return [before, await dates()] as const
  }
})

function instant(text: string | undefined): Instant {
  return Date.parse(text ?? '')
}
