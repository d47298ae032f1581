import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { rssDocument } from './documents.ts'
import { openProgram, type Page, pollOf, serveWeb } from './program.ts'
import { START } from './start.ts'

const item = (name: string) => ({ guid: `https://b.example/${name}`, title: `${name}の題`, published: START - DAY })
const good = (name: string) => rssDocument([item(name)])
// An ampersand that begins nothing, a break that is not closed, an element that is not either.
const broken = good('broken').replace('対訳帖', '対訳帖 & <br> 訳文').replace('</channel></rss>', '')
const json = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: '対訳帖',
  items: [
    { id: 'https://b.example/json', title: 'jsonの題', content_text: '本文です。', tags: ['外交'], date_published: '2026-03-31T00:00:00Z' },
  ],
})

describe('documents out of order in a cycle', () => {
  it('are read beside those in good order, each as what it is', async () => {
    const pages: Readonly<Record<string, Page>> = {
      one: good('one'),
      broken,
      json: { kind: 'document', body: json, type: 'application/feed+json' },
      utf16: { kind: 'document', body: Buffer.from(`\ufeff${good('utf16')}`, 'utf16le'), type: 'application/rss+xml' },
      page: { kind: 'document', body: '<!doctype html><title>Just a moment</title>', type: 'text/html' },
      rubbish: { kind: 'document', body: Buffer.from([0xff, 0x00, 0x13, 0x37]), type: 'application/rss+xml' },
      two: good('two'),
    }
    const names = Object.keys(pages)
    const origin = await serveWeb(new Map(names.map(name => [`/${name}`, pages[name] ?? ''])))
    const program = await openProgram(
      origin,
      `posts: [${names.map(name => `{ id: ${name}, feed: "${origin.url(`/${name}`)}" }`).join(', ')}]`,
    )
    const report = await program.cycle()
    const results = Object.fromEntries(names.map(name => [name, pollOf(report, name).result]))
    expect(results).toMatchObject({ one: 'ok', two: 'ok', broken: 'ok', json: 'ok', utf16: 'ok', page: 'not-a-feed' })
    expect(results['rubbish']).toMatch(/not-a-feed|unreadable/)
    expect((await program.feed('外交')).map(({ id, title }) => [id, title]).toSorted()).toEqual(
      ['broken', 'json', 'one', 'two', 'utf16'].map(name => [`https://b.example/${name}`, `${name}の題`]),
    )
  })
})
