import { describe, expect, it } from 'vitest'
import { bloggerPage } from '../support/feed-documents.ts'
import { rssDocument } from './documents.ts'
import { openProgram, type Page, serveWeb } from './program.ts'

const HUB = 'https://hub.example.jp/'
const POST = { guid: 'https://b.example.jp/1', title: '題' }
const atom = (rel: string, href: string) => `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="${rel}" href="${href}"/>`

/** What the store knows of hubs after one poll of a page; `path` is below the origin. */
async function announcedBy(page: Page, path = '/feed') {
  const pages = new Map([[new URL(path, 'http://x/').pathname, page]])
  const origin = await serveWeb(pages)
  const address = origin.url(path)
  const program = await openProgram(origin, `posts: [{ id: blog, feed: "${address}" }]\n`)
  await program.cycle()
  const announced = async () => (await program.app.store.subscriptions.announcements()).get(address)
  return { pages, program, origin, announced }
}

describe('a poll', () => {
  it('notes the hub and the topic a feed names', async () => {
    const { announced } = await announcedBy(rssDocument([POST], atom('hub', HUB) + atom('self', 'https://b.example.jp/rss')))
    expect(await announced()).toEqual({ hubs: [HUB], topic: 'https://b.example.jp/rss' })
  })

  it('notes where the document came from as the topic of a feed that names none', async () => {
    const { announced, origin } = await announcedBy(rssDocument([POST], atom('hub', HUB)))
    expect(await announced()).toEqual({ hubs: [HUB], topic: origin.url('/feed') })
  })

  it('tells no hub an address that may hold a key', async () => {
    const { announced } = await announcedBy(rssDocument([POST], atom('hub', HUB)), '/feed?key=secret')
    expect(await announced()).toBeUndefined()
  })

  it('notes the hubs of a JSON Feed', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: '対訳帖',
      feed_url: 'https://b.example.jp/feed.json',
      hubs: [{ type: 'rssCloud' }, { type: 'WebSub', url: HUB }],
      items: [{ id: '1', content_text: '本文' }],
    }
    const { announced } = await announcedBy({ kind: 'document', body: JSON.stringify(feed), type: 'application/feed+json' })
    expect(await announced()).toEqual({ hubs: [HUB], topic: 'https://b.example.jp/feed.json' })
  })

  it('notes the topic of a blog on Blogger without what we ask for on top of it', async () => {
    const post = { id: '1', title: '題', html: '<p>本文</p>', labels: ['外交'], published: '2026-03-01T09:00:00+09:00' }
    const self =
      'https://www.blogger.com/feeds/1/posts/default/-/%E5%A4%96%E4%BA%A4?max-results=50&amp;orderby=updated&amp;redirect=false&amp;alt=atom'
    const page = bloggerPage([post]).replace('<generator', `<link rel="hub" href="${HUB}"/><link rel="self" href="${self}"/><generator`)
    const { announced } = await announcedBy(page, '/feeds/posts/default')
    expect(await announced()).toEqual({ hubs: [HUB], topic: 'https://www.blogger.com/feeds/1/posts/default/-/%E5%A4%96%E4%BA%A4?alt=atom' })
    const plain = await announcedBy(page.replace(/<link rel="self"[^>]*>/, ''), '/feeds/posts/default')
    expect(await plain.announced()).toEqual({ hubs: [HUB], topic: plain.origin.url('/feeds/posts/default') })
  })

  it('notes that a feed names no hub any more, and not that it could not be read', async () => {
    const { announced, pages, program } = await announcedBy(rssDocument([POST], atom('hub', HUB)))
    pages.set('/feed', { kind: 'document', body: '<!doctype html><title>Back soon</title>', type: 'text/html' })
    await program.cycle('all')
    expect(await announced()).toBeDefined()
    pages.set('/feed', rssDocument([POST]))
    await program.cycle('all')
    expect(await announced()).toBeUndefined()
  })
})
