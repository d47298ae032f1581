import { describe, expect, it } from 'vitest'
import type { FeedMetadata } from '../../../src/domain/feed.ts'
import { publishableSource } from '../../../src/render/feed/publishable-source.ts'

const bare: FeedMetadata = { authors: [], contributors: [], categories: [], links: [] }
const self = { rel: 'self', href: 'https://a.example/feed' }
const alternate = { rel: 'alternate', href: 'https://a.example/' }

describe('publishableSource', () => {
  it('keeps what the feed says of itself', () => {
    const text = { type: 'text', value: 'A' } as const
    const read = publishableSource({
      ...bare,
      id: 'urn:a',
      title: text,
      rights: text,
      updated: 0,
      language: 'en',
      links: [self, alternate],
    })
    expect(read).toEqual({ id: 'urn:a', title: 'A', rights: 'A', updated: new Date(0), language: 'en', links: [self, alternate] })
  })

  it('takes its own address, else its page, for the id of a feed without one', () => {
    expect(publishableSource({ ...bare, id: 'no id', links: [alternate, self] })?.id).toBe(self.href)
    expect(publishableSource({ ...bare, links: [{ rel: 'self', href: '/feed' }, alternate] })?.id).toBe(alternate.href)
  })

  it('is absent where nothing identifies the feed', () => {
    expect(publishableSource({ ...bare, title: { type: 'text', value: 'A' } })).toBeUndefined()
  })

  it('gives one link of each kind, without types and tags that are none', () => {
    const links = [
      { ...self, type: 'a"b', hreflang: '<' },
      { ...self, href: 'https://b.example/' },
      { rel: 'hub', href: 'https://h.example/' },
    ]
    expect(publishableSource({ ...bare, links })?.links).toEqual([self])
  })

  it('takes the text of an HTML title', () => {
    const title = { type: 'html', value: 'A &#8211; <script>x</script> R&amp;amp;D &bogus; &#x110000;' } as const
    expect(publishableSource({ ...bare, id: 'urn:a', title })?.title).toBe('A – R&amp;D &bogus; \ufffd')
  })
})
