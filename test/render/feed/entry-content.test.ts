import { describe, expect, it } from 'vitest'
import { entryContent } from '../../../src/render/feed/entry-content.ts'
import { aContext, anEntry, without } from './sample.ts'

describe('entryContent', () => {
  it('puts the comment before the content and the credit behind it', () => {
    const entry = without(anEntry({ content: '<p>本文</p>', comment: '一言' }), 'original')
    expect(entryContent(entry, aContext(), true)).toBe('<p>訳者コメント：一言</p>\n<p>本文</p>\n<p>出典：The National Interest</p>')
  })

  it('words them in the language of the feed', () => {
    const entry = without(anEntry({ content: '<p>本文</p>' }), 'original')
    expect(entryContent(entry, aContext({ language: 'en-GB' }), true)).toBe('<p>本文</p>\n<p lang="en">Source: The National Interest</p>')
  })

  it('dates the original in the time zone of the site', () => {
    const context = aContext({ site: { ...aContext().site, timeZone: 'America/New_York' } })
    expect(entryContent(anEntry(), context, true)).toContain('2025年3月11日')
  })

  it('adds no credit to a post that ends with its own to the same address', () => {
    const url = anEntry().original?.url ?? ''
    const content = `<p>本文</p><p>元記事：<a href="${url.replace('https', 'http')}?utm_source=x">Can America Defend Taiwan?</a></p>`
    expect(entryContent(anEntry({ content }), aContext(), true)).toBe(content)
  })

  it('is absent where the content is not published, whatever there is to credit', () => {
    expect(entryContent(without(anEntry({ comment: '一言' }), 'content'), aContext(), true)).toBeUndefined()
    expect(entryContent(anEntry({ content: ' \n' }), aContext(), true)).toBeUndefined()
  })
})
