import { describe, expect, it } from 'vitest'
import { readJsonFeed } from '../../src/parse/json-feed.ts'

const place = { base: 'https://e.org/feed.json', isStated: false }
const read = (document: unknown) => readJsonFeed(JSON.stringify(document), place)
const VERSION = 'https://jsonfeed.org/version/1.1'

describe('readJsonFeed', () => {
  it('reads a feed of version 1.1', () => {
    const reading = read({
      version: VERSION,
      title: 'Notes',
      home_page_url: 'https://e.org/',
      next_url: '/feed-2.json',
      language: 'en_GB',
      authors: [{ name: 'Ann', url: '/ann' }],
      items: [
        {
          id: 12,
          url: '/12',
          title: '  A <b> title ',
          content_html: '<p>Hi</p>',
          summary: 'Hi',
          date_published: '2026-06-02T00:00:00Z',
          tags: ['navy', '', 3],
          language: 'fr',
          attachments: [{ url: '/a.mp3', mime_type: 'audio/mpeg', size_in_bytes: 5 }],
        },
      ],
    })
    expect(reading).toEqual({
      kind: 'feed',
      feed: {
        format: 'json',
        metadata: {
          title: { type: 'text', value: 'Notes' },
          language: 'en-GB',
          authors: [{ name: 'Ann', uri: 'https://e.org/ann' }],
          contributors: [],
          categories: [],
          links: [
            { rel: 'alternate', href: 'https://e.org/' },
            { rel: 'next', href: 'https://e.org/feed-2.json' },
          ],
        },
        entries: [
          {
            id: '12',
            title: { type: 'text', value: 'A <b> title' },
            summary: { type: 'text', value: 'Hi' },
            content: { type: 'html', value: '<p>Hi</p>' },
            published: Date.UTC(2026, 5, 2),
            language: 'fr',
            url: 'https://e.org/12',
            authors: [],
            contributors: [],
            categories: [{ term: 'navy' }, { term: '3' }],
            links: [
              { rel: 'alternate', href: 'https://e.org/12' },
              { rel: 'enclosure', href: 'https://e.org/a.mp3', type: 'audio/mpeg', length: 5 },
            ],
          },
        ],
        skipped: [],
      },
    })
  })

  it('reads the single author of version 1.0', () => {
    const reading = read({ version: 'https://jsonfeed.org/version/1', items: [], author: { name: 'Ann' } })
    expect(reading.kind === 'feed' && reading.feed.metadata.authors).toEqual([{ name: 'Ann' }])
  })

  it('leaves out an item that is no object, and only that one', () => {
    const reading = read({ version: VERSION, items: ['x', { id: 'a' }] })
    expect(reading.kind === 'feed' && reading.feed.entries.map(({ id }) => id)).toEqual(['a'])
    expect(reading.kind === 'feed' && reading.feed.skipped).toEqual(['Entry 1 was left out: it is not an object.'])
  })

  it('takes values of the wrong type as missing', () => {
    const reading = read({
      version: VERSION,
      items: [{ id: { a: 1 }, url: 'https://e.org/1', title: ['x'], tags: 'x', authors: { name: 'x' } }],
    })
    expect(reading.kind === 'feed' && reading.feed.entries[0]).toMatchObject({ id: 'https://e.org/1', categories: [], authors: [] })
  })

  it('says that other JSON is no feed', () => {
    expect(read({ kind: 'blogger#postList', items: [] }).kind).toBe('not-a-feed')
  })

  it('says that a JSON Feed cut off in its first item is unreadable', () => {
    expect(readJsonFeed(`{"version": "${VERSION}", "items": [{"id"`, place).kind).toBe('unreadable')
  })

  it('reads what is complete of a JSON Feed cut off, and says so', () => {
    const reading = readJsonFeed(`{"version": "${VERSION}", "items": [{"id": "a"}, {"id": "b`, place)
    expect(reading.kind === 'feed' && reading.feed.entries.map(({ id }) => id)).toEqual(['a'])
    expect(reading.kind === 'feed' && reading.feed.skipped).toEqual(['The document is cut off: what came behind is missing.'])
  })
})
