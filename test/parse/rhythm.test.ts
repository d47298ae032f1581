import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/parse/parse-feed.ts'

const channel = (inside: string) =>
  `<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>t</title>${inside}<item><title>a</title><link>https://a.example/1</link></item></channel></rss>`

async function rhythm(inside: string) {
  const parsed = await parseFeed(new TextEncoder().encode(channel(inside)), { url: 'https://a.example/feed' })
  return parsed.kind === 'feed' ? parsed.feed.rhythm : parsed
}

describe('the rhythm a feed asks for', () => {
  const cases: readonly [claim: string, inside: string, rhythm: unknown][] = [
    ['is absent where the feed says nothing', '', undefined],
    ['reads ttl as minutes', '<ttl>90</ttl>', { ttlMs: 5_400_000 }],
    ['passes over a ttl of nothing or nonsense', '<ttl>0</ttl>', undefined],
    [
      'divides the period of the syndication module by its frequency',
      '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>',
      { updateEveryMs: 21_600_000 },
    ],
    ['takes a period without frequency as once', '<sy:updatePeriod>\n hourly </sy:updatePeriod>', { updateEveryMs: 3_600_000 }],
    ['reads the hours to skip, 24 as 0', '<skipHours><hour>24</hour><hour>3</hour><hour>99</hour></skipHours>', { skipHours: [0, 3] }],
    ['reads the days to skip', '<skipDays><day>Sunday</day><day>saturday</day><day>Someday</day></skipDays>', { skipDays: [0, 6] }],
  ]
  for (const [claim, inside, expected] of cases) it(claim, async () => expect(await rhythm(inside)).toEqual(expected))
})
