import { describe, expect, it } from 'vitest'
import { countsOf, readWhole, wordpress, wordpressItem } from './sample-exports.ts'

describe('a WordPress export', () => {
  it('gives published posts as the blog’s feed has them', async () => {
    const { reading, entries } = await readWhole(wordpress([wordpressItem(12)]))
    expect(reading).toMatchObject({ kind: 'wordpress', feed: { title: { value: '訳文集' }, language: 'ja' } })
    expect(entries).toMatchObject([
      {
        id: 'https://wp.example.jp/?p=12',
        url: 'https://wp.example.jp/12/',
        published: Date.UTC(2026, 5, 1, 9),
        updated: Date.UTC(2026, 5, 2, 9),
        authors: [{ name: 'yakusha' }],
      },
    ])
    expect(entries[0]?.categories).toEqual([{ term: '米外交政策' }, { term: 'NATO' }])
    expect(entries[0]?.summary).toBeUndefined()
  })

  it('makes paragraphs of bare line breaks', async () => {
    const { entries } = await readWhole(wordpress([wordpressItem(1)]))
    expect(entries[0]?.content?.value).toBe('<p>一段落目<br>\n続き</p>\n<p>二段落目 <a href="https://a.example/?a=1&b=2">原文</a></p>')
  })

  it('takes the excerpt for the summary where somebody wrote one', async () => {
    const { entries } = await readWhole(wordpress([wordpressItem(1, { excerpt: '要旨' })]))
    expect(entries[0]?.summary).toMatchObject({ type: 'html', value: '要旨' })
  })

  it('leaves out what is no published post, and all comments', async () => {
    const comment = '<wp:comment><wp:comment_id>1</wp:comment_id><wp:status>publish</wp:status></wp:comment>'
    const { entries, skipped } = await readWhole(
      wordpress([
        wordpressItem(1, { type: 'page' }),
        wordpressItem(2, { type: 'attachment', status: 'inherit' }),
        wordpressItem(3, { type: 'nav_menu_item' }),
        wordpressItem(4, { type: 'wp_block' }),
        wordpressItem(5, { status: 'draft' }),
        wordpressItem(6, { status: 'future' }),
        wordpressItem(7, { status: 'private' }),
        wordpressItem(8, { password: 'geheim' }),
        wordpressItem(9, { more: comment + comment }),
      ]),
    )
    expect(entries.map(({ id }) => id)).toEqual(['https://wp.example.jp/?p=9'])
    const expected = {
      page: 1,
      attachment: 1,
      'menu item': 1,
      'other item': 1,
      draft: 1,
      'scheduled post': 1,
      'private post': 2,
      comment: 2,
    }
    expect(countsOf(skipped)).toEqual(expected)
  })

  it('lives with dates that say nothing', async () => {
    const { entries } = await readWhole(wordpress([wordpressItem(1, { modified: '0000-00-00 00:00:00' })]))
    expect(entries[0]).not.toHaveProperty('updated')
  })

  it('reads posts behind a head that lists thousands of tags', async () => {
    const tags = Array.from({ length: 5_000 }, (_, index) => `<wp:tag><wp:tag_name><![CDATA[標識${index}]]></wp:tag_name></wp:tag>`).join(
      '\n',
    )
    const items = Array.from({ length: 450 }, (_, index) => wordpressItem(index))
    const { entries, reading } = await readWhole(wordpress(items).replace('<item>', `${tags}<item>`))
    expect(entries).toHaveLength(450)
    expect(reading.feed.title?.value).toBe('訳文集')
  })
})
