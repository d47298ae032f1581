import { describe, expect, it } from 'vitest'
import type { Link } from '../../src/domain/feed.ts'
import { type AnnouncingDocument, announcementOf } from '../../src/websub/announcement.ts'

const URL_OF_DOCUMENT = 'https://blog.example.jp/feed'
const link = (rel: string, href: string): Link => ({ rel, href })
const HUB = link('hub', 'https://hub.example/')
const SELF = link('self', 'https://blog.example.jp/atom.xml')

const cases: readonly [name: string, document: Partial<AnnouncingDocument>, expected: ReturnType<typeof announcementOf>][] = [
  ['nothing where no hub is named', { links: [SELF] }, undefined],
  ['hub and topic of the document', { links: [HUB, SELF] }, { hubs: ['https://hub.example/'], topic: SELF.href }],
  ['its own address as the topic where it names no self', { links: [HUB] }, { hubs: ['https://hub.example/'], topic: URL_OF_DOCUMENT }],
  ['no topic that may be secret', { links: [HUB], isPublic: false }, undefined],
  ['the topic a private document names itself', { links: [HUB, SELF], isPublic: false }, { hubs: [HUB.href], topic: SELF.href }],
  [
    'the header before the document',
    { links: [HUB, SELF], linkHeader: '<https://other.example/>; rel=hub, </self>; rel=self' },
    { hubs: ['https://other.example/'], topic: 'https://blog.example.jp/self' },
  ],
  [
    'the document where the header says nothing of it',
    { links: [HUB, SELF], linkHeader: '</self>; rel=self, </wp-json/>; rel="https://api.w.org/"' },
    { hubs: [HUB.href], topic: 'https://blog.example.jp/self' },
  ],
  [
    'several hubs in their order, each once',
    { links: [HUB, link('hub', 'https://b.example/'), HUB] },
    { hubs: [HUB.href, 'https://b.example/'], topic: URL_OF_DOCUMENT },
  ],
  [
    'hubs on the web alone',
    { links: [link('hub', 'ftp://hub.example/'), link('hub', 'javascript:alert(1)'), link('hub', 'https://['), HUB] },
    { hubs: [HUB.href], topic: URL_OF_DOCUMENT },
  ],
  [
    'addresses without userinfo and fragment',
    { links: [link('hub', 'https://u:p@hub.example/#x'), link('self', 'https://u:p@blog.example.jp/a#b')] },
    { hubs: [HUB.href], topic: 'https://blog.example.jp/a' },
  ],
  ['no address of absurd length', { links: [link('hub', `https://hub.example/${'a'.repeat(2_000)}`)] }, undefined],
]

describe('announcementOf', () => {
  for (const [name, document, expected] of cases)
    it(`gives ${name}`, () => expect(announcementOf({ url: URL_OF_DOCUMENT, isPublic: true, links: [], ...document })).toEqual(expected))

  it('gives five hubs at most', () => {
    const links = Array.from({ length: 50 }, (_, at) => link('hub', `https://hub${at}.example/`))
    expect(announcementOf({ url: URL_OF_DOCUMENT, isPublic: true, links })?.hubs).toHaveLength(5)
  })
})
