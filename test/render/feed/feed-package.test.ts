import { describe, expect, it } from 'vitest'
import type { OutputEntry } from '../../../src/domain/output-feed.ts'
import { atomDocument } from '../../../src/render/feed/atom.ts'
import { jsonDocument } from '../../../src/render/feed/json-feed.ts'
import { rssDocument } from '../../../src/render/feed/rss.ts'
import { all, child, type ReadElement, readXml } from './read-xml.ts'
import { aContext, aHeader, anEntry, atomOf, jsonOf, rssOf, without } from './sample.ts'

const japanese = aContext({ rule: { titles: 'japanese' } })

function atomRead(entry: OutputEntry, context = japanese): ReadElement {
  return child(readXml(atomDocument(aHeader(), [atomOf(entry, context)])), 'entry')
}

function rssRead(entry: OutputEntry): ReadElement {
  return child(child(readXml(rssDocument(aHeader(), [rssOf(entry, japanese)])), 'channel'), 'item')
}

function jsonRead(entry: OutputEntry): Readonly<Record<string, unknown>> {
  return JSON.parse(jsonDocument(aHeader(), [jsonOf(entry, japanese)])).items[0]
}

describe('what the feed package does wrong and the documents do right', () => {
  it('carries two ]]> in one content', () => {
    const content = '<p>a ]]> b ]]><author>injected</author></p>'
    const entry = without(anEntry({ content }), 'original')
    const read = atomRead({ ...entry, outlets: [] })
    expect(child(read, 'content').text).toBe(content)
    expect(child(child(read, 'author'), 'name').text).toBe('訳者 花子')
    expect(child(rssRead({ ...entry, outlets: [] }), 'content:encoded').text).toBe(content)
  })

  it('carries two ]]> in a title', () => {
    expect(child(atomRead(anEntry({ title: ']]> and ]]>' })), 'title').text).toBe(']]> and ]]>')
    expect(child(rssRead(anEntry({ title: ']]> and ]]>' })), 'title').text).toBe(']]> and ]]>')
  })

  it('leaves out control characters that XML cannot carry', () => {
    const entry = anEntry({ title: 'a\u0000\u0008\u000b\u001fb\ufffe', excerpt: 'c\u000cd' })
    expect(child(atomRead(entry), 'title').text).toBe('ab')
    expect(child(rssRead(entry), 'description').text).toBe('cd')
    expect(jsonRead(entry)['title']).toBe('ab')
  })

  it('replaces lone surrogates and keeps pairs', () => {
    const entry = anEntry({ title: 'a\ud800b \udc00c 𠮷' })
    expect(child(atomRead(entry), 'title').text).toBe('a\ufffdb \ufffdc 𠮷')
    expect(jsonRead(entry)['title']).toBe('a\ufffdb \ufffdc 𠮷')
  })

  it('escapes < and quotes in a category', () => {
    const labels = [{ term: '<a "b" & c>', label: 'x < y\n\tz' }]
    expect(child(atomRead(anEntry({ labels })), 'category').attributes).toMatchObject({ term: '<a "b" & c>', label: 'x < y\n\tz' })
  })

  it('gives every category a term, a scheme and a label', () => {
    const labels = [{ term: '台湾', scheme: 'no scheme' }, { term: ' ' }, { term: 'x', scheme: 'https://a.example/s', label: '' }]
    expect(all(atomRead(anEntry({ labels })), 'category').map(({ attributes }) => attributes)).toEqual([
      { term: '台湾', scheme: japanese.labelScheme, label: '台湾' },
      { term: 'x', scheme: 'https://a.example/s', label: 'x' },
    ])
  })

  it('takes an id that is no URL', () => {
    const minted = 'tag:kakehashi.example,2026:site:entry:0f1e2d3c4b5a'
    expect(child(atomRead(anEntry({ id: '123' })), 'id').text).toBe(minted)
    expect(child(rssRead(anEntry({ id: 'a b' })), 'guid')).toMatchObject({ text: minted, attributes: { isPermaLink: 'false' } })
    expect(jsonRead(anEntry({ id: 'N/A' }))['id']).toBe(minted)
  })

  it('keeps an id byte for byte', () => {
    const id = 'HTTP://Example.ORG/%7Ea?x=é&y=米'
    expect(child(atomRead(anEntry({ id })), 'id').text).toBe(id)
    expect(child(rssRead(anEntry({ id })), 'guid').text).toBe(id)
    expect(jsonRead(anEntry({ id }))['id']).toBe(id)
  })

  it('leaves out a relative link', () => {
    const entry = anEntry({ url: '/2025/03/post.html' })
    expect(all(atomRead(entry), 'link').map(({ attributes }) => attributes['rel'])).toEqual(['via', 'related'])
    expect(all(rssRead(entry), 'link')).toEqual([])
    expect(jsonRead(entry)).not.toHaveProperty('url')
  })

  it('does not lose a level of &amp; in titles, names and the header', () => {
    const title = '&amp; &amp;amp; <b>'
    const feed = readXml(atomDocument(aHeader({ rule: { ...aHeader().rule, title } }), []))
    expect(child(feed, 'title')).toMatchObject({ text: title, attributes: { type: 'text' } })
    expect(child(atomRead(anEntry({ title })), 'title').text).toBe(title)
    expect(child(child(atomRead(anEntry({ authors: [{ name: title }] })), 'contributor'), 'name').text).toBe(title)
  })

  it('never dates a feed without entries from now', () => {
    const header = aHeader({ updated: null })
    expect(child(readXml(atomDocument(header, [])), 'updated').text).toBe('2005-12-01T00:00:00Z')
    expect(rssDocument(header, [])).toContain('<lastBuildDate>Thu, 01 Dec 2005 00:00:00 GMT</lastBuildDate>')
  })

  it('tells the language of the feed, and of entries and titles in another one', () => {
    expect(readXml(atomDocument(aHeader(), [])).attributes['xml:lang']).toBe('ja')
    expect(atomRead(anEntry({ language: 'JA' })).attributes).toEqual({})
    expect(atomRead(anEntry({ language: 'en' })).attributes['xml:lang']).toBe('en')
    expect(child(atomRead(anEntry(), aContext({ rule: { titles: 'original' } })), 'title').attributes['xml:lang']).toBe('en')
  })

  it('writes JSON Feed 1.1 with a language and a list of authors', () => {
    const feed = JSON.parse(jsonDocument(aHeader(), []))
    expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', language: 'ja', authors: [{ name: '架け橋編集部' }] })
    expect(feed).not.toHaveProperty('author')
  })

  it('links the original', () => {
    const { url: href, title } = { url: '', ...anEntry().original }
    const link = { type: 'text/html', hreflang: 'en', title, href }
    const spoken = { ...link, 'xml:lang': 'en' }
    expect(all(atomRead(anEntry()), 'link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'alternate', type: 'text/html', hreflang: 'ja', href: anEntry().url },
      { rel: 'via', ...spoken },
      { rel: 'related', ...spoken },
    ])
    expect(child(rssRead(anEntry()), 'atom:link').attributes).toEqual({ rel: 'via', ...link })
    expect(jsonRead(anEntry())['external_url']).toBe(href)
  })

  it('names the authors of the original, in their language, and the translator', () => {
    const read = atomRead(anEntry())
    expect(child(read, 'author').attributes).toEqual({ 'xml:lang': 'en' })
    expect(child(child(read, 'author'), 'name').text).toBe('Jane Doe')
    expect(child(child(read, 'contributor'), 'name').text).toBe('訳者 花子')
    const item = rssRead(anEntry())
    expect([child(item, 'dc:creator').text, child(item, 'dc:contributor').text]).toEqual(['Jane Doe', '訳者 花子'])
    expect(jsonRead(anEntry())).toMatchObject({ authors: [{ name: 'Jane Doe' }], _kakehashi: { translators: [{ name: '訳者 花子' }] } })
  })
})
