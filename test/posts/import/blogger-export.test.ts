import { describe, expect, it } from 'vitest'
import { countsOf, HOME, readWhole, takeout, takeoutEntry, takeoutZip } from './sample-exports.ts'

describe('a Blogger Takeout', () => {
  it('gives live posts with their id, labels and an address below the host', async () => {
    const { reading, entries } = await readWhole(takeout([takeoutEntry(1)]))
    expect(reading).toMatchObject({ kind: 'blogger-takeout', encoding: 'utf-8', feed: { id: 'tag:blogger.com,1999:blog-7' } })
    expect(entries).toMatchObject([
      {
        id: 'tag:blogger.com,1999:blog-7.post-1',
        title: { value: '記事1の訳' },
        content: { type: 'html', value: '<p>本文1</p>' },
        url: `${HOME}2026/06/post-1.html`,
        published: Date.UTC(2026, 5, 1, 9),
        updated: Date.UTC(2026, 5, 2, 9),
        authors: [{ name: '訳者' }],
        categories: [{ term: '米外交政策' }],
      },
    ])
  })

  it('leaves out what is no live post', async () => {
    const { entries, skipped } = await readWhole(
      takeout([
        takeoutEntry(1, { type: 'COMMENT' }),
        takeoutEntry(2, { type: 'PAGE', status: 'DRAFT' }),
        takeoutEntry(3, { status: 'DRAFT' }),
        takeoutEntry(4, { status: 'SOFT_TRASHED' }),
        takeoutEntry(5, { status: 'SCHEDULED' }),
        takeoutEntry(6, { more: '<blogger:trashed>2026-07-01T00:00:00Z</blogger:trashed>' }),
        takeoutEntry(7, { status: 'NEW_STATE' }),
        takeoutEntry(8, { more: '<blogger:trashed/>' }),
      ]),
    )
    expect(entries.map(({ id }) => id)).toEqual(['tag:blogger.com,1999:blog-7.post-8'])
    expect(countsOf(skipped)).toEqual({ comment: 1, page: 1, draft: 2, 'trashed post': 2, 'scheduled post': 1 })
  })

  it('gives no address without a host, and none that leaves the blog', async () => {
    const { entries } = await readWhole(takeout([takeoutEntry(1)]), { home: null })
    expect(entries[0]?.url).toBeUndefined()
    const hostile = await readWhole(
      takeout([takeoutEntry(1, { filename: 'javascript:alert(1)' }), takeoutEntry(2, { filename: '//evil.example/' })]),
    )
    expect(hostile.entries.map(({ url }) => url)).toEqual([undefined, `${HOME}evil.example/`])
  })

  it('reads more posts than one document of the feed parser may hold', async () => {
    const { entries, reading } = await readWhole(takeout(Array.from({ length: 10_500 }, (_, index) => takeoutEntry(index))))
    expect(reading.kind).toBe('blogger-takeout')
    expect(new Set(entries.map(({ id }) => id)).size).toBe(10_500)
  })

  it('takes the first of several posts with one id', async () => {
    const { entries, skipped } = await readWhole(takeout([takeoutEntry(1), takeoutEntry(1, { title: '別の版' })]))
    expect(entries.map(({ title }) => title?.value)).toEqual(['記事1の訳'])
    expect(countsOf(skipped)).toEqual({ 'repeated post': 1 })
  })

  it('names a post whose end is missing, and reads the others', async () => {
    const cutOff = takeout([takeoutEntry(1), takeoutEntry(2)]).replace(/<blogger:filename>\/2026\/06\/post-2[\s\S]*$/, '')
    const { entries, skipped } = await readWhole(cutOff)
    expect(entries).toHaveLength(1)
    expect(skipped).toEqual([{ what: 'unreadable post', why: '“記事2の訳”: its end is missing', count: 1 }])
  })
})

describe('a Takeout zip', () => {
  it('gives the posts of its only blog', async () => {
    const { entries, reading } = await readWhole(takeoutZip({ 翻訳帖: takeout([takeoutEntry(1)]) }))
    expect([reading.kind, entries.length]).toEqual(['blogger-takeout', 1])
  })

  it('asks which of several blogs is meant, and takes the one that is named', async () => {
    const zip = takeoutZip({ 翻訳帖: takeout([takeoutEntry(1)]), 日記: takeout([takeoutEntry(2)], '日記') })
    await expect(readWhole(zip)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('"日記", "翻訳帖"') })
    expect((await readWhole(zip, {}, '日記')).reading.feed.title?.value).toBe('日記')
    await expect(readWhole(zip, {}, '旅行記')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('an old Blogger backup', () => {
  const kind = (name: string) =>
    `<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#${name}'/>`
  const entry = (id: string, more: string) => `<entry><id>tag:blogger.com,1999:blog-7.${id}
    </id><published>2026-06-01T18:00:00.000+09:00
    </published><updated>2026-06-02T18:00:00.000+09:00</updated><title type='text'>題 ${id}</title><content type='html'>&lt;p&gt;本文&lt;/p&gt;</content>${more}</entry>`
  const backup = (entries: readonly string[]) =>
    `<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'><id>tag:blogger.com,1999:blog-7.archive</id><title>翻訳帖</title>
    <link rel='self' href='https://www.blogger.com/feeds/7/archive'/>${entries.join('')}</feed>`
  const draft = (open: string) => `${kind('post')}<app:control${open}><app:draft>yes</app:draft></app:control>`

  it('gives posts under the id, date and labels they have in the blog’s feed', async () => {
    const label =
      "<category scheme='http://www.blogger.com/atom/ns#' term='米外交政策'/><link rel='alternate' href='https://a.example/1.html'/>"
    const { reading, entries } = await readWhole(backup([entry('post-1', kind('post') + label)]))
    expect(reading).toMatchObject({ kind: 'blogger-backup', feed: { id: 'tag:blogger.com,1999:blog-7', links: [] } })
    expect(entries).toMatchObject([
      { id: 'tag:blogger.com,1999:blog-7.post-1', published: Date.UTC(2026, 5, 1, 9), url: 'https://a.example/1.html' },
    ])
    expect(entries[0]?.categories).toEqual([{ term: '米外交政策', scheme: 'http://www.blogger.com/atom/ns#' }])
  })

  it('leaves out settings, template, pages, comments and drafts under any prefix', async () => {
    const { entries, skipped } = await readWhole(
      backup([
        entry('layout', kind('template')),
        entry('settings.A', kind('settings')),
        entry('page-1', kind('page')),
        entry('post-9', kind('comment')),
        entry('post-2', draft(" xmlns:app='http://purl.org/atom/app#'")),
        entry('post-3', draft(" xmlns:app='http://www.w3.org/2007/app'")),
        entry('post-4', draft('')),
        entry('post-5', kind('post')),
      ]),
    )
    expect(entries.map(({ id }) => id)).toEqual(['tag:blogger.com,1999:blog-7.post-5'])
    expect(countsOf(skipped)).toEqual({ template: 1, setting: 1, page: 1, comment: 1, draft: 3 })
  })
})
