import { describe, expect, it } from 'vitest'
import type { FeedMetadata } from '../../../src/domain/feed.ts'
import { publishableSource } from '../../../src/render/feed/publishable-source.ts'

const entryUpdated = new Date(1)
const bare: FeedMetadata = { authors: [], contributors: [], categories: [], links: [] }
const self = { rel: 'self', href: 'https://a.example/feed' }
const alternate = { rel: 'alternate', href: 'https://a.example/' }

describe('publishableSource', () => {
  it('keeps what the feed says of itself', () => {
    const text = { type: 'text', value: 'A' } as const
    const read = publishableSource(
      {
        ...bare,
        id: 'urn:a',
        title: text,
        rights: text,
        updated: 0,
        language: 'en',
        links: [self, alternate],
        authors: [{ name: 'A', uri: 'x' }, { name: ' ' }],
      },
      entryUpdated,
    )
    const value = 'A'
    expect(read).toEqual({
      ...{ id: 'urn:a', title: { value }, rights: { value }, updated: new Date(0), language: 'en', links: [self, alternate] },
      authors: [{ name: 'A' }],
    })
  })

  it('takes its own address, else its page, for the id of a feed without one', () => {
    expect(publishableSource({ ...bare, id: 'no id', links: [alternate, self] }, entryUpdated)?.id).toBe(self.href)
    expect(publishableSource({ ...bare, links: [{ rel: 'self', href: '/feed' }, alternate] }, entryUpdated)?.id).toBe(alternate.href)
  })

  it('is absent where nothing identifies the feed', () => {
    expect(publishableSource({ ...bare, title: { type: 'text', value: 'A' } }, entryUpdated)).toBeUndefined()
  })

  it('goes by its host where it has no title, and is as old as the entry where it has no date', () => {
    expect(publishableSource({ ...bare, links: [self, alternate] }, entryUpdated)).toMatchObject({
      title: { value: 'a.example' },
      updated: entryUpdated,
    })
    expect(publishableSource({ ...bare, id: 'urn:a' }, entryUpdated)?.title).toEqual({ value: 'urn:a' })
  })

  it('tells the language of texts that have one of their own', () => {
    const title = { type: 'text', value: '題', language: 'ja' } as const
    expect(publishableSource({ ...bare, id: 'urn:a', title, language: 'en' }, entryUpdated)?.title).toEqual({ value: '題', language: 'ja' })
  })

  it('gives one link of each kind, without types and tags that are none', () => {
    const links = [
      { ...self, type: 'a"b', hreflang: '<' },
      { ...self, href: 'https://b.example/' },
      { rel: 'hub', href: 'https://h.example/' },
    ]
    expect(publishableSource({ ...bare, links }, entryUpdated)?.links).toEqual([self])
  })

  it('takes the text of an HTML title', () => {
    const title = { type: 'html', value: 'A &#8211; <script>x</script> R&amp;amp;D &bogus; &#x110000;' } as const
    expect(publishableSource({ ...bare, id: 'urn:a', title }, entryUpdated)?.title).toEqual({ value: 'A – R&amp;D &bogus; \ufffd' })
  })
})
