import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'
import { startServer } from '../../src/web/server.ts'
import { type AtomEntry, atomDocument } from '../pipeline/documents.ts'
import { openProgram, type Page, type Program, serveWeb } from '../pipeline/program.ts'
import { START } from '../pipeline/start.ts'
import { atEnd } from '../support/at-end.ts'
import { documentFault, pairFaults } from '../support/published-files.ts'
import { ask, type ServedAnswer, servedFaults } from '../support/served-document.ts'
import { deadLinks } from '../support/site-links.ts'
import { filesIn, snapshotOf } from '../support/temp-folder.ts'
import { servedPlace } from '../web/served-place.ts'

const FEED = 'feeds/外交.atom'
/** What the clock is set back by: once the zone was wrong, once the machine has no clock of its own. */
const SETBACKS: readonly (readonly [name: string, ms: number])[] = [
  ['twenty hours', 20 * HOUR],
  ['ten years', 3_650 * DAY],
]

describe.each(SETBACKS)('a clock that is set back by %s', (_, setBackMs) => {
  let disturbed: Blog
  let before: ServedAnswer
  let during: ServedAnswer
  let askedByTime: ServedAnswer

  beforeAll(async () => {
    disturbed = await openBlog()
    await disturbed.publish(NEWS.slice(0, 1))
    before = await disturbed.get()
    disturbed.program.wait(-setBackMs)
    await disturbed.publish(NEWS.slice(0, 2))
    during = await disturbed.get()
    askedByTime = await disturbed.get({ 'if-modified-since': before.headers['last-modified'] ?? '' })
  })

  it('leaves documents that are valid and lead somewhere', async () => {
    const folder = disturbed.program.config.publicFolder
    expect([servedFaults(FEED, during), await deadLinks(folder, 'https://feeds.example.jp/'), await pairFaults(folder)]).toEqual([
      [],
      [],
      [],
    ])
    for (const path of await filesIn(folder)) expect([path, await documentFault(join(folder, path))]).toEqual([path, undefined])
  })

  it('shows what is new to a reader who asks by ETag and to one who asks by the time', () => {
    expect(during.headers.etag).not.toBe(before.headers.etag)
    expect(askedByTime.status).toBe(200)
    expect(Date.parse(during.headers['last-modified'] ?? '')).toBeGreaterThan(Date.parse(before.headers['last-modified'] ?? ''))
  })

  it('ends, when the clock is right again, with all entries as they would be without', async () => {
    disturbed.program.wait(setBackMs)
    await disturbed.publish(NEWS)
    const calm = await openBlog()
    for (const until of [1, 2, 3]) await calm.publish(NEWS.slice(0, until))
    const [entries, expected] = [await disturbed.program.feed('外交'), await calm.program.feed('外交')]
    expect(entries.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted())
    // Whoever has seen nothing but a clock ten years back takes what is dated today for a mistake.
    const isDoubtful = ({ id }: { readonly id: string }) => setBackMs > DAY && id === ID_OF_SECOND_NEWS
    expect(entries.filter(entry => !isDoubtful(entry))).toEqual(expected.filter(entry => !isDoubtful(entry)))
    if (setBackMs < DAY) expect(await disturbed.digests()).toEqual(await calm.digests())
  })
})

const ID_OF_SECOND_NEWS = 'tag:blog.example.jp,2026:4'

interface Blog {
  readonly program: Program
  readonly publish: (entries: readonly (readonly AtomEntry[])[]) => Promise<void>
  readonly get: (headers?: Readonly<Record<string, string>>) => Promise<ServedAnswer>
  readonly digests: () => Promise<ReadonlyMap<string, string>>
}

/** A blog, the program that publishes it, and a server. */
async function openBlog(): Promise<Blog> {
  const pages = new Map<string, Page>()
  const origin = await serveWeb(pages)
  const program = await openProgram(origin, `posts: [{ id: blog, feed: "${origin.url('/blog')}" }]`)
  const { publicFolder } = program.config
  const place = servedPlace(publicFolder)
  let served = START
  const server = await startServer({ host: '127.0.0.1', port: 0, place: () => place, now: () => served, messagePage: kind => kind })
  atEnd(() => server.close())
  return {
    program,
    publish: async news => {
      pages.set('/blog', atomDocument(news.flat()))
      program.wait(HOUR)
      await program.cycle('all')
    },
    get: async (headers = {}) => {
      // Longer than a file is served without a look at it.
      served += MINUTE
      const answer = await ask(server.address + FEED.split('/').map(encodeURIComponent).join('/'), headers)
      if (answer === undefined) throw new Error('expected an answer')
      return answer
    },
    digests: async () => new Map(Object.entries(await snapshotOf(publicFolder)).map(([path, { digest }]) => [path, digest])),
  }
}

/** What the blog writes in turn; what is edited stands in a later turn under the same id. */
const NEWS: readonly (readonly AtomEntry[])[] = [[1, 2, 3].map(number => entryOf(number)), [entryOf(4)], [entryOf(5)]]

function entryOf(number: number): AtomEntry {
  const published = START - (10 - number) * HOUR
  return { id: `tag:blog.example.jp,2026:${number}`, title: `第${number}回`, html: '<p>本文です。</p>', published, updated: published }
}
