import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EntryKey, SourceId } from '../../src/domain/identifiers.ts'
import type { Post } from '../../src/domain/post.ts'
import { parseFeed } from '../../src/parse/parse-feed.ts'
import { isBloggerFeed } from '../../src/posts/blogger.ts'
import { readPost } from '../../src/posts/read-post.ts'
import { isWordpressFeed } from '../../src/posts/wordpress.ts'
import { SAMPLE_DIRECTORY } from './sample-outlets.ts'

const PUBLISHED = Date.parse('2026-03-01T21:00:00+09:00')
const ORIGINAL = 'https://nationalinterest.org/feature/deterrence-strait'

interface Service {
  readonly file: string
  readonly feedUrl: string
  readonly post: Partial<Post>
  readonly text?: string
}

const SERVICES: ReadonlyMap<string, Service> = new Map([
  [
    'Hatena Blog in Atom',
    {
      file: 'hatena.atom',
      feedUrl: 'https://taiyaku.example.jp/feed',
      post: {
        id: 'hatenablog://entry/6802418398000000001',
        url: 'https://taiyaku.example.jp/entry/2026/03/01/210000',
        updated: Date.parse('2026-03-02T07:30:00+09:00'),
        labels: ['米外交政策', '台湾'],
        authors: [{ name: 'hanako_y' }],
      },
    },
  ],
  [
    // RSS has neither the author nor the time of the last edit; the id is that of the Atom feed.
    'Hatena Blog in RSS',
    {
      file: 'hatena.rss',
      feedUrl: 'https://taiyaku.example.jp/rss',
      post: {
        id: 'hatenablog://entry/6802418398000000001',
        url: 'https://taiyaku.example.jp/entry/2026/03/01/210000',
        updated: PUBLISHED,
        labels: ['米外交政策', '台湾'],
        authors: [{ name: '訳者' }],
      },
    },
  ],
  [
    // The beginning of the body is all there is, and there are no labels.
    'note',
    {
      file: 'note.rss',
      feedUrl: 'https://note.example.jp/hanako_y/rss',
      post: {
        id: 'https://note.example.jp/hanako_y/n/n0123456789ab',
        url: 'https://note.example.jp/hanako_y/n/n0123456789ab',
        labels: [],
        authors: [{ name: '訳者' }],
      },
      text: '\n続きをみる',
    },
  ],
  [
    'FC2',
    {
      file: 'fc2.rdf',
      feedUrl: 'https://taiyaku.blog.fc2.example/?xml',
      post: {
        id: 'https://taiyaku.blog.fc2.example/blog-entry-12.html',
        url: 'https://taiyaku.blog.fc2.example/blog-entry-12.html',
        labels: ['米外交政策'],
        authors: [{ name: '山田花子' }],
      },
    },
  ],
  [
    'livedoor Blog in RSS 1.0',
    {
      file: 'livedoor.rdf',
      feedUrl: 'http://taiyaku.blog.example.jp/index.rdf',
      post: {
        id: 'http://taiyaku.blog.example.jp/archives/12345678.html',
        url: 'http://taiyaku.blog.example.jp/archives/12345678.html',
        labels: ['米外交政策', '台湾'],
        authors: [{ name: '山田花子' }],
      },
    },
  ],
  [
    'livedoor Blog in Atom 0.3',
    {
      file: 'livedoor.atom',
      feedUrl: 'http://taiyaku.blog.example.jp/atom.xml',
      post: {
        id: 'tag:blog.example.jp,2026:taiyaku.12345678',
        url: 'http://taiyaku.blog.example.jp/archives/12345678.html',
        updated: Date.parse('2026-03-01T12:05:00Z'),
        labels: ['米外交政策'],
        authors: [{ name: '山田花子' }],
      },
    },
  ],
])

describe('a post from a feed of', () => {
  for (const [name, { file, feedUrl, post, text = '' }] of SERVICES)
    it(`${name} arrives with id, dates, labels, body and original`, async () => {
      const [read, ...others] = await postsIn(file, feedUrl)
      expect(others).toEqual([])
      expect(read).toMatchObject({
        headline: '台湾海峡の抑止力',
        comment: '現場の声',
        outlets: ['tni'],
        published: PUBLISHED,
        cited: [{ url: ORIGINAL, address: 'nationalinterest.org/feature/deterrence-strait', outlet: 'tni', isCredit: true }],
        text: `抑止力は3つの柱から成る。\n原文 ${ORIGINAL}${text}`,
        ...post,
      })
    })
})

describe('a feed of another service', () => {
  for (const [name, { file, feedUrl }] of SERVICES)
    it(`is not paged: ${name}`, async () => {
      const feed = await feedIn(file, feedUrl)
      expect([isBloggerFeed(feed), isWordpressFeed(feed, undefined)]).toEqual([false, false])
    })
})

async function feedIn(file: string, url: string) {
  const bytes = new Uint8Array(readFileSync(new URL(`blog-services/${file}`, import.meta.url)))
  const parsed = await parseFeed(bytes, { url })
  if (parsed.kind !== 'feed') throw new Error(parsed.detail)
  expect(parsed.feed.skipped).toEqual([])
  return parsed.feed
}

async function postsIn(file: string, feedUrl: string): Promise<readonly Post[]> {
  const common = { id: 'blog' as SourceId, pollEveryMs: 1, language: 'ja', translator: '訳者', onlyLabels: [] }
  const { entries } = await feedIn(file, feedUrl)
  return entries.map(entry => readPost(entry, { kind: 'post-feed', feedUrl, ...common }, 'key' as EntryKey, 0, SAMPLE_DIRECTORY))
}
