import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../src/parse/decode-document.ts'
import { type ParsedDocument, parseFeed } from '../../src/parse/parse-feed.ts'

const folders = ['blogger', 'realworld'].map(name => new URL(`../../../shared/data/${name}/`, import.meta.url))
const missing = folders.filter(folder => !existsSync(folder))
if (missing.length > 0) console.warn(`stored documents are not read: ${missing.map(({ pathname }) => pathname).join(', ')} not found`)

/** Documents that are not what their names say. */
const exceptions: Readonly<Record<string, ParsedDocument['kind']>> = {
  // A list of posts as the Blogger API gives it.
  'blogger-api-v3-response.json': 'not-a-feed',
  // Ends in the middle of its third item.
  'NetNewsWire__allthis-partial.json': 'unreadable',
}

describe.skipIf(missing.length > 0)('parseFeed on stored documents', () => {
  for (const folder of folders.filter(candidate => !missing.includes(candidate)))
    for (const file of readdirSync(folder).filter(name => !name.endsWith('.tsv')))
      it(`reads every entry of ${file}`, async () => {
        const bytes = new Uint8Array(readFileSync(new URL(file, folder)))
        const parsed = await parseFeed(bytes, { url: 'https://e.org/feed' })
        expect(parsed.kind).toBe(exceptions[file] ?? 'feed')
        if (parsed.kind === 'feed') {
          expect(parsed.feed.entries).toHaveLength(entriesIn(bytes))
          expect(parsed.feed.skipped).toEqual([])
        }
      })

  it('reads what every public Blogger feed says of every post', async () => {
    const [blogger = new URL('.', import.meta.url)] = folders
    const feeds = readdirSync(blogger).filter(name => name.endsWith('.atom'))
    for (const file of feeds) {
      const parsed = await parseFeed(new Uint8Array(readFileSync(new URL(file, blogger))), { url: 'https://e.org/feed' })
      for (const entry of parsed.kind === 'feed' ? parsed.feed.entries : []) {
        expect(entry.id).toMatch(/^tag:blogger\.com,1999:blog-\d+\.post-\d+$/)
        for (const value of [entry.title ?? entry.content ?? entry.summary, entry.url, entry.published, entry.updated, entry.authors[0]])
          expect(value, file).toBeDefined()
      }
    }
    expect(feeds.length).toBeGreaterThan(4)
  })
})

function entriesIn(bytes: Uint8Array): number {
  const { text } = decodeDocument(bytes, undefined)
  if (!/^\s*[{[]/.test(text)) return text.match(/<(?:[\w.-]+:)?(?:item|entry)[\s>]/g)?.length ?? 0
  const { items }: { readonly items: readonly unknown[] } = JSON.parse(text)
  return items.length
}
