import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../src/parse/decode-document.ts'
import { parseFeed } from '../../src/parse/parse-feed.ts'

const folders = ['blogger', 'realworld'].map(name => new URL(`../../../shared/data/${name}/`, import.meta.url))
const missing = folders.filter(folder => !existsSync(folder))
if (missing.length > 0) console.warn(`stored documents are not read: ${missing.map(({ pathname }) => pathname).join(', ')} not found`)

/** No list of posts but what the Blogger API gives for one. */
const NO_FEEDS = new Set(['blogger-api-v3-response.json'])
/** Ends in the middle of its third item. */
const CUT = 'NetNewsWire__allthis-partial.json'
const MOST_MS = 2000

describe.skipIf(missing.length > 0)('parseFeed on stored documents', () => {
  for (const folder of folders.filter(candidate => !missing.includes(candidate)))
    for (const file of readdirSync(folder).filter(name => !name.endsWith('.tsv') && name !== CUT))
      it(`reads every entry of ${file}`, async () => {
        const bytes = new Uint8Array(readFileSync(new URL(file, folder)))
        const startedAt = performance.now()
        const parsed = await parseFeed(bytes, { url: 'https://e.org/feed' })
        expect(performance.now() - startedAt).toBeLessThan(MOST_MS)
        expect(parsed.kind).toBe(NO_FEEDS.has(file) ? 'not-a-feed' : 'feed')
        if (parsed.kind === 'feed') {
          expect(parsed.feed.entries).toHaveLength(entriesIn(bytes))
          expect(parsed.feed.skipped).toEqual([])
        }
      })

  it('reads what is complete of a document that is cut off', async () => {
    const [file = ''] = folders.flatMap(folder =>
      readdirSync(folder)
        .filter(name => name === CUT)
        .map(name => new URL(name, folder)),
    )
    const parsed = await parseFeed(new Uint8Array(readFileSync(file)), { url: 'https://e.org/feed' })
    expect(parsed).toMatchObject({ kind: 'feed', feed: { entries: [{}, {}], skipped: [expect.stringContaining('cut off')] } })
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

/** Counts by other means than the parser's: start tags by a search, items of JSON by reading it. */
function entriesIn(bytes: Uint8Array): number {
  const { text } = decodeDocument(bytes, undefined)
  if (!/^\s*[{[]/.test(text)) return text.match(/<(?:[\w.-]+:)?(?:item|entry)[\s>]/g)?.length ?? 0
  const { items }: { readonly items: readonly unknown[] } = JSON.parse(text)
  return items.length
}
