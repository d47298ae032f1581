import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { CommandContext } from '../../src/cli/command.ts'
import { type ImportOptions, importFile } from '../../src/cli/import.ts'
import type { Entry } from '../../src/domain/feed.ts'
import type { SourceId } from '../../src/domain/identifiers.ts'
import type { PostFeedSource } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import { openLog } from '../../src/log.ts'
import { incomingEntry } from '../../src/pipeline/incoming-entry.ts'
import { NO_METADATA } from '../../src/posts/import/export-reading.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { encoded, hatenaEntry, takeout, takeoutEntry, takeoutZip, wordpress, wordpressItem } from '../posts/import/sample-exports.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const ONE_BLOG = `outlets:
  - { id: tni, name: The National Interest, hosts: [nationalinterest.org] }
posts:
  - { id: blog, title: 翻訳帖, feed: "https://honyaku.example.jp/feeds/posts/default" }
`
const NOON = Date.UTC(2026, 6, 1, 12)

interface Workplace {
  readonly config: SampleConfig
  /** Writes an export, imports it, and gives the exit code with what was printed. */
  readonly import: (content: string | Uint8Array, options?: ImportOptions) => Promise<{ readonly exit: number; readonly report: Report }>
  readonly withStore: <T>(work: (store: Store) => Promise<T>) => Promise<T>
}

type Report = Readonly<Record<string, unknown>> & { readonly skipped: readonly unknown[] }

async function workplace(sources = ONE_BLOG): Promise<Workplace> {
  const folder = await temporaryFolder()
  const config = await writeConfig(folder, { sources, allowHosts: [] })
  const file = join(folder, 'export')
  return {
    config,
    import: async (content, options = {}) => {
      await writeFile(file, content)
      const printed: string[] = []
      const exit = await importFile(aContext(config.folder, printed, true), file, options)
      return { exit, report: JSON.parse(printed.join('')) as Report }
    },
    withStore: async work => {
      await using store = await openStore(config.storeFile)
      return await work(store)
    },
  }
}

function aContext(configFolder: string, printed: string[], isJson: boolean): CommandContext {
  const ignore = () => {}
  return {
    configFolder,
    isJson,
    terminal: { print: text => printed.push(text), note: ignore, progress: ignore, endProgress: ignore },
    environment: { isPlain: true, secret: () => undefined },
    openLog,
    now: () => NOON,
    random: () => 0.5,
    signal: new AbortController().signal,
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** What the blog's own feed would have brought. */
async function poll(store: Store, entries: readonly Entry[]): Promise<void> {
  const source: PostFeedSource = {
    ...{ kind: 'post-feed', id: 'blog' as SourceId, feedUrl: 'https://honyaku.example.jp/feeds/posts/default' },
    ...{ pollEveryMs: 3_600_000, language: 'ja', onlyLabels: [] },
  }
  await store.sources.sync([{ id: source.id, address: source.feedUrl, host: 'honyaku.example.jp', firstPollAt: 0, hasPosts: true }])
  const state = (await store.sources.states([source.id])).get(source.id)
  if (state === undefined) throw new Error('the source is not known')
  const directory = outletDirectory([])
  await store.entries.savePoll({
    source: source.id,
    feed: NO_METADATA,
    entries: entries.map(entry => incomingEntry(entry, source, directory)),
    state: () => ({ ...state, bodyDigest: 'as polled', nextPollAt: NOON + 1_000 }),
    activeSources: new Set([source.id]),
    now: () => NOON,
  })
}

function anEntry(changes: Partial<Entry>): Entry {
  return {
    id: 'tag:blogger.com,1999:blog-7.post-1',
    title: { type: 'text', value: '記事1の訳' },
    content: { type: 'html', value: '<p>本文1</p>' },
    published: Date.UTC(2026, 5, 1, 9),
    updated: Date.UTC(2026, 5, 2, 9),
    url: 'https://honyaku.example.jp/2026/06/post-1.html',
    authors: [],
    contributors: [],
    categories: [{ term: '米外交政策', scheme: 'http://www.blogger.com/atom/ns#' }],
    links: [],
    ...changes,
  }
}

describe('importFile', () => {
  const bothKinds = numbers(3).map(number => takeoutEntry(number))
  const mt = numbers(3).map(number => hatenaEntry(number))
  const exports: readonly [name: string, content: string | Uint8Array, kind: string][] = [
    ['a Takeout feed', takeout(bothKinds), 'blogger-takeout'],
    ['a Takeout zip', takeoutZip({ 翻訳帖: takeout(bothKinds) }), 'blogger-takeout'],
    ['a WordPress export', wordpress(numbers(3).map(number => wordpressItem(number))), 'wordpress'],
    ['a Movable Type text', mt.join(''), 'movable-type'],
    [
      'a Movable Type text in Shift_JIS',
      encoded(mt.join('').replaceAll('<p>', '<p>情勢をめぐる、専門家の見方。'), 'shift_jis'),
      'movable-type',
    ],
    ['a Movable Type text without basenames', mt.join('').replaceAll(/BASENAME:.*\n/g, ''), 'movable-type'],
    [
      'an Atom feed',
      `<feed xmlns="http://www.w3.org/2005/Atom">${numbers(3).map(number => `<entry><id>urn:${number}</id><title>${number}</title><content>本文</content></entry>`)}</feed>`,
      'feed',
    ],
  ]
  for (const [name, content, kind] of exports) {
    it(`stores and judges the posts of ${name}; a second import changes nothing`, async () => {
      const place = await workplace()
      const first = await place.import(content)
      expect(first).toMatchObject({ exit: 0, report: { kind, read: 3, added: 3, changed: 0, unchanged: 0, match: { judged: 3 } } })
      const second = await place.import(content)
      const nothing = { added: 0, changed: 0, unchanged: 3, kept: 0, match: { judged: 0 }, publish: { written: [] } }
      expect(second).toMatchObject({ exit: 0, report: nothing })
    })
  }

  const backup = fileURLToPath(new URL('../../../shared/data/blogger/bloggerexport-old-archive.xml', import.meta.url))
  it.skipIf(!existsSync(backup))(
    'takes the live post of a real Blogger backup, and says what it leaves (skipped where the file is absent)',
    async () => {
      const { config } = await workplace()
      const printed: string[] = []
      expect(await importFile(aContext(config.folder, printed, false), backup, {})).toBe(0)
      expect(await importFile(aContext(config.folder, printed, false), backup, {})).toBe(0)
      expect(printed[0]).toContain('Recognised a Blogger backup of “Notes of a Young Doctor”')
      expect(printed[0]).toContain('1 post: 1 new, 0 changed, 0 unchanged\nskipped: 58 settings, 2 pages, 1 comment, 1 draft, 1 template')
      expect(printed[1]).toContain('1 post: 0 new, 0 changed, 1 unchanged')
    },
  )

  it('reads an export of hundreds of posts in batches, all of them judged', async () => {
    const place = await workplace()
    const { report } = await place.import(takeout(numbers(500).map(number => takeoutEntry(number))))
    expect(report).toMatchObject({ added: 500, match: { judged: 500 } })
    expect(await place.withStore(store => store.entries.counts())).toEqual({ articles: 0, posts: 500 })
  })

  it('joins Takeout’s paths with the host of the source’s feed, or the one that is given', async () => {
    const place = await workplace()
    await place.import(takeout([takeoutEntry(1)]))
    expect(await place.withStore(store => store.entries.find('https://honyaku.example.jp/2026/06/post-1.html', undefined))).toHaveLength(1)
    await place.import(takeout([takeoutEntry(2)]), { host: 'blog.example.org' })
    expect(await place.withStore(store => store.entries.find('https://blog.example.org/2026/06/post-2.html', undefined))).toHaveLength(1)
  })

  it('says how many posts have no address, and gives it to them once the host is known', async () => {
    const place = await workplace(ONE_BLOG.replace('https://honyaku.example.jp/feeds', 'https://www.blogger.com/feeds/7'))
    expect((await place.import(takeout([takeoutEntry(1)]))).report).toMatchObject({ added: 1, withoutAddress: 1 })
    const again = await place.import(takeout([takeoutEntry(1)]), { host: 'https://blog.example.org' })
    expect(again.report).toMatchObject({ changed: 1, withoutAddress: 0 })
    const nameless = 'TITLE: 題\nSTATUS: Publish\n-----\nBODY:\n本文\n-----\n--------\n'
    for (const host of [{ host: 'blog.example.org' }, {}])
      expect((await place.import(nameless, host)).report).toMatchObject({ withoutAddress: 1, nameless: 1 })
  })

  it('reads times in the zone that is given', async () => {
    const place = await workplace()
    await place.import(hatenaEntry(1), { timeZone: 'UTC' })
    const [stored] = await place.withStore(store => store.entries.find('https://honyaku.example.jp/entry/2026/06/01/000001', undefined))
    expect(stored?.published).toBe(Date.UTC(2026, 5, 1, 18))
  })

  describe('where the feed has brought the post', () => {
    it('leaves what says the same as it is, and the source’s schedule too', async () => {
      const place = await workplace()
      await place.withStore(store => poll(store, [anEntry({})]))
      const { report } = await place.import(takeout([takeoutEntry(1), takeoutEntry(2)]))
      expect(report).toMatchObject({ added: 1, changed: 0, unchanged: 1, kept: 0 })
      const state = await place.withStore(async store => (await store.sources.states(['blog' as SourceId])).get('blog' as SourceId))
      expect(state).toMatchObject({ bodyDigest: 'as polled', nextPollAt: NOON + 1_000, lastResult: null })
    })

    it('does not put an older text in the place of a newer one', async () => {
      const place = await workplace()
      await place.withStore(store => poll(store, [anEntry({ updated: Date.UTC(2026, 5, 9), title: { type: 'text', value: '改題' } })]))
      expect((await place.import(takeout([takeoutEntry(1)]))).report).toMatchObject({ added: 0, changed: 0, kept: 1 })
      const [stored] = await place.withStore(store => store.entries.find('tag:blogger.com,1999:blog-7.post-1', undefined))
      expect(stored?.title).toBe('改題')
    })

    it('takes a newer text', async () => {
      const place = await workplace()
      await place.withStore(store => poll(store, [anEntry({})]))
      const edited = takeout([takeoutEntry(1, { text: '<p>改稿</p>', updated: '2026-06-20T00:00:00Z' })])
      expect((await place.import(edited)).report).toMatchObject({ changed: 1 })
      expect((await place.import(edited)).report).toMatchObject({ changed: 0, unchanged: 1 })
    })

    it('finds a Hatena post by its address, as its feed has another id', async () => {
      const place = await workplace()
      const url = 'https://honyaku.example.jp/entry/2026/06/01/000001'
      await place.import(takeout([]))
      await place.withStore(store => poll(store, [anEntry({ id: 'hatenablog://entry/1', url })]))
      // Posts are known by their address once they were judged.
      await place.import(hatenaEntry(9))
      expect((await place.import(hatenaEntry(1))).report).toMatchObject({ added: 0, kept: 1 })
      expect(await place.withStore(store => store.entries.counts())).toMatchObject({ posts: 2 })
    })
  })

  it('leaves a post to the source that has it', async () => {
    const two = `${ONE_BLOG}  - { id: label, feed: "https://honyaku.example.jp/feeds/posts/default/-/NATO" }\n`
    const place = await workplace(two)
    await place.import(takeout([takeoutEntry(1)]), { source: 'label' })
    expect((await place.import(takeout([takeoutEntry(1)]), { source: 'blog' })).report).toMatchObject({ added: 0, changed: 0, kept: 1 })
  })

  it('ends with the code for "not all" where a post cannot be read', async () => {
    const place = await workplace()
    const { exit, report } = await place.import(takeout([takeoutEntry(1), takeoutEntry(2)]).slice(0, -60))
    expect([exit, report['added']]).toEqual([3, 1])
    expect(report.skipped).toEqual([{ what: 'unreadable post', count: 1, why: ['“記事2の訳”: its end is missing'] }])
  })

  const two = `${ONE_BLOG}  - { id: diary, feed: "https://nikki.example.jp/feed" }\n`
  const refused: readonly [name: string, sources: string, options: ImportOptions, code: string, says: string][] = [
    ['a source that nobody configured', ONE_BLOG, { source: 'blgo' }, 'not-found', 'did you mean "blog"?'],
    ['no source where there are several', two, {}, 'usage', '"blog", "diary"'],
    ['a config without post sources', ONE_BLOG.replace(/posts:[\s\S]*/, ''), {}, 'usage', 'under "posts"'],
    ['a host that is none', ONE_BLOG, { host: 'not a host' }, 'usage', '--host'],
    ['a time zone that does not exist', ONE_BLOG, { timeZone: 'Asia/Edo' }, 'usage', '--time-zone'],
  ]
  for (const [name, sources, options, code, says] of refused) {
    it(`refuses ${name}`, async () => {
      const place = await workplace(sources)
      await expect(place.import(hatenaEntry(1), options)).rejects.toMatchObject({ code, message: expect.stringContaining(says) })
    })
  }

  it('refuses a file that does not exist, and a folder', async () => {
    const { config } = await workplace()
    const context = aContext(config.folder, [], true)
    await expect(importFile(context, join(config.folder, 'nothing.xml'), {})).rejects.toMatchObject({ code: 'not-found' })
    await expect(importFile(context, config.folder, {})).rejects.toMatchObject({ code: 'feed-unreadable' })
  })
})
