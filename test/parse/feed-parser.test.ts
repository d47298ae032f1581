import { afterAll, describe, expect, it } from 'vitest'
import { openFeedParser } from '../../src/parse/feed-parser.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const context = { url: 'https://a.example/feed' }
const GOOD = '<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>t</title><entry><id>1</id><title>One</title></entry></feed>'

describe('openFeedParser', () => {
  const parser = openFeedParser()
  afterAll(() => parser.close())

  it('reads a document in good order', async () => {
    expect(await parser.parse(bytes(GOOD), context)).toMatchObject({ kind: 'feed', feed: { entries: [{ id: '1' }] } })
  })

  it('reads a broken document to the same end in its thread', async () => {
    expect(await parser.parse(bytes(GOOD.replace('One', 'One & two')), context)).toMatchObject({
      kind: 'feed',
      feed: { entries: [{ id: '1', title: { value: 'One & two' } }] },
    })
  })

  it('reads documents that come at once each for itself', async () => {
    const parsed = await Promise.all(['a', 'b', 'c'].map(id => parser.parse(bytes(GOOD.replace('One', `${id} & ${id}`)), context)))
    const titles = parsed.map(result => (result.kind === 'feed' ? result.feed.entries[0]?.title?.value : result.kind))
    expect(titles).toEqual(['a & a', 'b & b', 'c & c'])
  })

  it('says what a page is', async () => {
    expect(await parser.parse(bytes('<!doctype html><title>Log in</title>'), context)).toEqual({
      kind: 'not-a-feed',
      detail: 'an HTML page titled “Log in”',
    })
  })
})

describe('openFeedParser with a thread that fails', () => {
  const parser = openFeedParser({ deadlineMs: 400, worker: new URL('./hanging-worker.ts', import.meta.url) })
  afterAll(() => parser.close())

  it('ends a document that hangs and reads the next', async () => {
    const [hung, next] = await Promise.all([parser.parse(bytes('hang'), context), parser.parse(bytes('next'), context)])
    expect(hung).toEqual({ kind: 'unreadable', detail: 'a document that takes more than 0.4 s to read' })
    expect(next).toEqual({ kind: 'not-a-feed', detail: 'next' })
  })

  it('outlives a document that takes all memory', async () => {
    const greedy = openFeedParser({ deadlineMs: 15_000, worker: new URL('./hanging-worker.ts', import.meta.url) })
    expect(await greedy.parse(bytes('memory'), context)).toEqual({
      kind: 'unreadable',
      detail: 'a document that takes too much memory to read',
    })
    expect(await greedy.parse(bytes('next'), context)).toEqual({ kind: 'not-a-feed', detail: 'next' })
    await greedy.close()
  })
})
