import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OpmlFeed, readOpml } from '../../src/parse/opml.ts'

function feedsOf(text: string): readonly OpmlFeed[] {
  const reading = readOpml(Buffer.from(text))
  if (reading.kind !== 'opml') throw new Error(reading.detail)
  return reading.feeds
}

const opml = (body: string) => `<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>${body}</body></opml>`
const feed = (name: string) => `<outline type="rss" text="${name}" xmlUrl="https://${name}.example/feed"/>`
const addresses = (text: string) => feedsOf(text).map(({ xmlUrl }) => xmlUrl)

describe('readOpml', () => {
  it('reads a feed with all it says', () => {
    const text = opml(
      '<outline type="rss" text="A &amp; B" title="other" xmlUrl="https://a.example/?x=1&amp;y=2" htmlUrl="https://a.example/"/>',
    )
    expect(feedsOf(text)).toEqual([{ title: 'A & B', xmlUrl: 'https://a.example/?x=1&y=2', htmlUrl: 'https://a.example/', isPost: false }])
  })

  it('tells publishers from folders, at any depth', () => {
    const publisher = `<outline text="Pub" htmlUrl="https://pub.example/"><outline text="inner">${feed('a')}</outline>${feed('b')}</outline>`
    const read = feedsOf(opml(`<outline text="Folder"><outline text="Sub">${publisher}</outline>${feed('c')}</outline>${feed('d')}`))
    expect(read.map(({ title, publisher: around }) => [title, around?.name])).toEqual([
      ['a', 'Pub'],
      ['b', 'Pub'],
      ['c', undefined],
      ['d', undefined],
    ])
  })

  it('knows the posts by their outermost outline', () => {
    const read = feedsOf(
      opml(`<outline text="posts">${feed('a')}</outline><outline text="x"><outline text="posts">${feed('b')}</outline></outline>`),
    )
    expect(read.map(({ title, isPost }) => [title, isPost])).toEqual([
      ['a', true],
      ['b', false],
    ])
  })

  const odd: readonly [name: string, text: string, expected: readonly string[]][] = [
    ['takes a feed without a type', opml('<outline title="A" xmlUrl="https://a.example/feed"/>'), ['https://a.example/feed']],
    ['takes names of attributes in any case', opml('<OUTLINE TEXT="A" XMLURL="https://a.example/feed"/>'), ['https://a.example/feed']],
    ['takes bare ampersands', opml('<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>'), ['https://a.example/?x=1&y=2']],
    [
      'takes what stands before the break of a cut file',
      `${opml(feed('a')).slice(0, -14)}<outline text="b" xmlUrl="https://b.exa`,
      ['https://a.example/feed'],
    ],
    [
      'takes feeds that are not closed',
      opml('<outline text="A" xmlUrl="https://a.example/"><outline text="B" xmlUrl="https://b.example/">'),
      ['https://a.example/', 'https://b.example/'],
    ],
    ['takes end tags too many', opml(`</outline></outline>${feed('a')}`), ['https://a.example/feed']],
    ['looks into no comment', opml(`<!-- ${feed('a')} -->${feed('b')}`), ['https://b.example/feed']],
    ['takes outlines without a root', feed('a'), ['https://a.example/feed']],
    ['takes an empty list', opml(''), []],
    [
      'expands no entity',
      `<!DOCTYPE opml [<!ENTITY e SYSTEM "file:///etc/passwd">]>${opml('<outline text="&e;" xmlUrl="https://a.example/"/>')}`,
      ['https://a.example/'],
    ],
  ]
  for (const [name, text, expected] of odd) it(name, () => expect(addresses(text)).toEqual(expected))

  const others: readonly [name: string, text: string, detail: string][] = [
    ['a feed', '<rss version="2.0"><channel><title>x</title></channel></rss>', 'a feed'],
    ['a page', '<!doctype html><title>x</title>', 'an HTML page'],
    ['JSON', '{"version": "https://jsonfeed.org/version/1.1"}', 'a JSON document'],
    ['an empty file', '', 'an empty document'],
  ]
  for (const [name, text, detail] of others) {
    it(`says what it got instead: ${name}`, () => expect(readOpml(Buffer.from(text))).toEqual({ kind: 'not-opml', detail }))
  }

  it('reads hundreds of thousands of open outlines in a moment, and ten thousand feeds at most', () => {
    const startedAt = performance.now()
    expect(feedsOf(opml('<outline text="x">'.repeat(300_000)))).toEqual([])
    expect(feedsOf(opml(feed('a').repeat(20_000)))).toHaveLength(10_000)
    expect(feedsOf(opml('<outline a="'.repeat(100_000)))).toEqual([])
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('survives anything', () => {
    const piece = fc.constantFrom(
      '<opml>',
      '<outline ',
      'text="',
      'xmlUrl="https://a.example/"',
      '"',
      '/>',
      '>',
      '</outline>',
      '<!--',
      '<![CDATA[',
      '&#x0;',
    )
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string())), pieces => void readOpml(Buffer.from(pieces.join('')))))
  })
})
