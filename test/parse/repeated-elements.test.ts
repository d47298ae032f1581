import { describe, expect, it } from 'vitest'
import { KNOWN_FIELDS } from '../../src/parse/fields.ts'
import { parseOrderlyFeed } from '../../src/parse/parse-feed.ts'

const PREFIXES = [...new Set([...KNOWN_FIELDS].map(name => name.split('.')[0] ?? ''))].filter(prefix => prefix !== 'f')
const USUAL = 'urn:the-prefix-says-it'
const DECLARED = PREFIXES.map(prefix => ` xmlns:${prefix}="${USUAL}"`).join('')
const bytesOf = (text: string) => new TextEncoder().encode(text)

async function readingMs(text: string): Promise<number> {
  const startedAt = performance.now()
  expect(await parseOrderlyFeed(bytesOf(text), { url: 'https://e.org/feed' })).toBeDefined()
  return performance.now() - startedAt
}

/** Documents in good order are read where nothing could end a hang. */
describe('parseOrderlyFeed on an element that is there 20,000 times', () => {
  for (const field of KNOWN_FIELDS)
    it(`takes linear time for ${field}`, async () => {
      const name = field.startsWith('f.') ? field.slice(2) : field.replace('.', ':')
      const repeated = Array.from({ length: 20_000 }, (_, index) => `<${name}>https://e.org/${index}</${name}>`).join('')
      expect(await readingMs(`<rss version="2.0"${DECLARED}><channel><item>${repeated}</item></channel></rss>`)).toBeLessThan(2000)
    })

  it('takes linear time for groups within groups', async () => {
    const inner = '<media:title>a</media:title>'.repeat(100_000)
    const groups = `${'<media:group>'.repeat(190)}${inner}${'</media:group>'.repeat(190)}`
    expect(await readingMs(`<rss version="2.0"${DECLARED}><channel><item>${groups}</item></channel></rss>`)).toBeLessThan(2000)
  })
})
