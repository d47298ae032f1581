import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../src/domain/time.ts'
import { editsUrl, nextEditsPage, readEdits } from '../../src/posts/wordpress-edits.ts'

const AFTER = Date.parse('2026-03-01T12:00:00.250Z')

describe('editsUrl', () => {
  it('asks for what was edited since, the earliest first, with authors and labels', () => {
    const url = new URL(editsUrl('https://blog.example.jp/blog/wp-json/', { after: AFTER, page: 2 }))
    expect(url.origin + url.pathname).toBe('https://blog.example.jp/blog/wp-json/wp/v2/posts')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ modified_after: '2026-03-01T12:00:00Z', orderby: 'modified', order: 'asc', per_page: '20', page: '2', _embed: 'author,wp:term' },
      _fields: expect.stringContaining('modified_gmt'),
    })
  })

  it('keeps to the query where a blog has plain permalinks', () => {
    const url = new URL(editsUrl('https://blog.example.jp/index.php?rest_route=/', { after: AFTER, page: 1 }))
    expect([url.pathname, url.searchParams.get('rest_route')]).toEqual(['/index.php', '/wp/v2/posts'])
  })
})

describe('nextEditsPage', () => {
  const at = { after: AFTER, page: 1 }
  it('ends with a page that is not full', () => expect(nextEditsPage(at, 19, AFTER + 60 * SECOND)).toBeUndefined())
  it('goes on by time, a second back, as more than one post may be edited in it', () =>
    expect(nextEditsPage(at, 20, AFTER + 60 * SECOND)).toEqual({ after: AFTER + 59 * SECOND, page: 1 }))
  it('goes on by number where a page holds the edits of one second', () =>
    expect(nextEditsPage(at, 20, AFTER + SECOND)).toEqual({ after: AFTER, page: 2 }))
})

describe('readEdits', () => {
  const read = (document: unknown) =>
    readEdits(new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document)))
  const post = {
    guid: { rendered: 'https://blog.example.jp/?post_type=x&#038;p=7' },
    link: 'https://blog.example.jp/archives/7',
    date_gmt: '2026-02-01T03:04:05',
    modified_gmt: '2026-03-01T12:00:00',
    title: { rendered: '台湾海峡の抑止力(The National Interest)&#8213;AT&amp;T <em>改</em>' },
    content: { rendered: '\n<p>本文です。</p>\n', protected: false },
    excerpt: { rendered: '<p>本文…</p>' },
    _embedded: {
      author: [{ name: '山田 花子' }],
      'wp:term': [
        [{ name: '米外交政策', taxonomy: 'category' }],
        [{ name: 'Q&amp;A', taxonomy: 'post_tag' }],
        [{ name: '標準', taxonomy: 'post_format' }],
      ],
    },
  }

  it('reads a post as its feed would have it', () => {
    expect(read([post])).toEqual({
      ...{ kind: 'edits', received: 1, skipped: [] },
      posts: [
        {
          ids: ['https://blog.example.jp/?post_type=x&p=7', 'https://blog.example.jp/archives/7'],
          modified: Date.parse('2026-03-01T12:00:00Z'),
          change: {
            title: { type: 'text', value: '台湾海峡の抑止力(The National Interest)―AT&T 改' },
            content: { type: 'html', value: '<p>本文です。</p>' },
            summary: { type: 'html', value: '<p>本文…</p>' },
            published: Date.parse('2026-02-01T03:04:05Z'),
            updated: Date.parse('2026-03-01T12:00:00Z'),
            url: 'https://blog.example.jp/archives/7',
            authors: [{ name: '山田 花子' }],
            categories: [{ term: '米外交政策' }, { term: 'Q&A' }],
          },
        },
      ],
    })
  })

  const unusable: readonly (readonly [name: string, document: unknown])[] = [
    ['nothing', ''],
    ['a page', '<!DOCTYPE html>'],
    ['a warning before the JSON', '<b>Warning</b>: x\n[]'],
    ['an error', { code: 'rest_forbidden', message: 'no', data: { status: 401 } }],
    ['a number', 7],
    ['JSON that nests without end', '['.repeat(300_000)],
  ]
  for (const [name, document] of unusable) it(`has no use for ${name}`, () => expect(read(document)).toMatchObject({ kind: 'unusable' }))

  it('leaves absent what is not what it should be', () => {
    const odd = {
      ...post,
      title: 'text',
      excerpt: null,
      link: 'javascript:alert(1)',
      date_gmt: 20260201,
      _embedded: { author: {}, 'wp:term': [7, [null]] },
    }
    expect(read([odd])).toMatchObject({
      posts: [
        {
          ids: ['https://blog.example.jp/?post_type=x&p=7'],
          change: { content: { value: '<p>本文です。</p>' }, updated: expect.any(Number) },
        },
      ],
    })
    const { posts: [only] = [] } = read([odd]) as { readonly posts?: readonly { readonly change: object }[] }
    expect(Object.keys(only?.change ?? {}).sort()).toEqual(['content', 'updated'])
  })

  it('takes names from the prototype of objects for nothing', () => {
    expect(read('[{"__proto__": {"modified_gmt": "2026-03-01T12:00:00"}, "constructor": {"prototype": {"x": 1}}}]')).toMatchObject({
      ...{ posts: [], received: 1, skipped: ['Edited post 1 was left out: it does not say when it was edited.'] },
    })
    expect({}).not.toHaveProperty('x')
  })

  it('never throws, and accounts for every post', () => {
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(post)), fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(post))))
    fc.assert(
      fc.property(fc.array(fc.oneof(fields, fc.jsonValue())), items => {
        const edits = read(items)
        expect(edits.kind === 'edits' && edits.posts.length + edits.skipped.length).toBe(items.length)
      }),
    )
  })
})
