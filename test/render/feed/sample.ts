import type { EntryKey, OutletId, Slug } from '../../../src/domain/identifiers.ts'
import type { FeedRule, OutputEntry } from '../../../src/domain/output-feed.ts'
import type { Site } from '../../../src/domain/site.ts'
import { atomEntry } from '../../../src/render/feed/atom.ts'
import type { EntryContext } from '../../../src/render/feed/entry-context.ts'
import type { FeedHeader } from '../../../src/render/feed/feed-header.ts'
import { jsonItem } from '../../../src/render/feed/json-feed.ts'
import { publishableEntry } from '../../../src/render/feed/publishable-entry.ts'
import { rssItem } from '../../../src/render/feed/rss.ts'

export const LABEL_SCHEME = 'tag:kakehashi.example,2026:labels'

export const site: Site = {
  title: '架け橋',
  url: 'https://kakehashi.example/',
  id: 'tag:kakehashi.example,2026:site',
  language: 'ja',
  author: { name: '架け橋編集部', uri: 'https://kakehashi.example/about' },
  rights: '© 2026 架け橋',
  timeZone: 'Asia/Tokyo',
}

export const rule: FeedRule = {
  slug: '米外交政策' as Slug,
  title: '米外交政策',
  subtitle: '米国の外交政策を論じた記事の翻訳',
  kind: 'label',
  label: '米外交政策',
  any: [],
  all: [],
  none: [],
  outlets: [],
  include: 'translated',
  titles: 'bilingual',
  content: 'full',
  excerptCharacters: 200,
  limit: 50,
}

export function aHeader(changes: Partial<FeedHeader> = {}): FeedHeader {
  return {
    site,
    rule,
    id: 'tag:kakehashi.example,2026:feed:us-foreign-policy',
    language: 'ja',
    updated: Date.parse('2025-03-13T01:30:00Z'),
    labelScheme: LABEL_SCHEME,
    generator: { version: '0.1.0', uri: 'https://kakehashi.example/software' },
    hubs: [],
    place: { kind: 'complete' },
    tombstones: [],
    ...changes,
  }
}

export function aContext(changes: Partial<EntryContext> = {}): EntryContext {
  return { site, rule, language: 'ja', labelScheme: LABEL_SCHEME, ...changes }
}

/** A translated post whose original is known. */
export function anEntry(changes: Partial<OutputEntry> = {}): OutputEntry {
  return {
    key: '0f1e2d3c4b5a' as EntryKey,
    kind: 'post',
    id: 'tag:blogger.com,1999:blog-1234567890.post-42',
    url: 'https://honyaku.example/2025/03/taiwan.html',
    title: '台湾防衛は米国に可能なのか',
    language: 'ja',
    published: Date.parse('2025-03-12T22:00:00Z'),
    updated: Date.parse('2025-03-13T01:30:00.250Z'),
    authors: [{ name: '訳者 花子', uri: 'https://honyaku.example/profile' }],
    labels: [
      { term: '米外交政策', scheme: 'http://www.blogger.com/atom/ns#' },
      { term: 'taiwan', label: '台湾' },
    ],
    outlets: [{ id: 'tni' as OutletId, name: 'The National Interest' }],
    content: '<p>3月11日、<ruby>米国<rt>べいこく</rt></ruby>は…</p>\n<p>批評家は「遅すぎる」と言う。</p>',
    excerpt: '3月11日、米国は…',
    original: {
      outlet: { id: 'tni' as OutletId, name: 'The National Interest', homepage: 'https://nationalinterest.org/' },
      url: 'https://nationalinterest.org/feature/can-america-defend-taiwan-1',
      title: 'Can America Defend Taiwan?',
      authors: ['Jane Doe'],
      published: Date.parse('2025-03-11T15:00:00Z'),
      language: 'en',
      tier: 2,
    },
    source: {
      id: 'tag:blogger.com,1999:blog-1234567890',
      title: { type: 'text', value: '海外論考の翻訳' },
      updated: Date.parse('2025-03-13T01:30:00Z'),
      language: 'ja',
      rights: { type: 'text', value: '© 訳者 花子' },
      authors: [],
      contributors: [],
      categories: [],
      links: [
        { rel: 'self', href: 'https://honyaku.example/feeds/posts/default', type: 'application/atom+xml' },
        { rel: 'alternate', href: 'https://honyaku.example/', type: 'text/html', hreflang: 'ja' },
        { rel: 'hub', href: 'https://hub.example/' },
      ],
    },
    ...changes,
  }
}

/** The same without the fields named; what is optional in an entry is absent, not undefined. */
export function without<Key extends keyof OutputEntry>(entry: OutputEntry, ...keys: readonly Key[]): OutputEntry {
  const kept = Object.entries(entry).filter(([key]) => !keys.some(dropped => dropped === key))
  return Object.fromEntries(kept) as unknown as OutputEntry
}

/** Everything that has ever broken a feed, in every field that takes a string from outside. */
export const HOSTILE = ']]> ]]> <b a="1\'">&amp; &#8217; \u0008\u000b\ufffe\ud800 終\r\n</entry></item>'

/** Five entries, newest first: matched, matched by its outlet's name alone, an article, one without page or proper id, a hostile one. */
export function fiveEntries(): readonly OutputEntry[] {
  const bare = { authors: [], contributors: [], categories: [], links: [] }
  return [
    anEntry(),
    {
      ...without(anEntry(), 'original'),
      id: 'tag:blogger.com,1999:blog-1234567890.post-41',
      url: 'https://honyaku.example/2025/03/f-35.html',
      title: 'F-35はもう要らない',
      comment: '価格の話を避けているのは残念。',
      excerpt: '短い記事。',
      content: '<p>短い記事。</p>',
      outlets: [{ id: '1945' as OutletId, name: '19FortyFive' }],
    },
    {
      ...without(anEntry(), 'content', 'original'),
      kind: 'article',
      id: 'https://foreignpolicy.example/?p=77&ref=a%20b',
      url: 'https://foreignpolicy.example/2025/03/10/alliances?a=1&b=2',
      title: 'Alliances < Interests & "Values"',
      language: 'en_US',
      excerpt: 'Alliances serve interests & values — if R&D < costs.',
      authors: [],
      labels: [],
      outlets: [{ id: 'fp' as OutletId, name: 'Foreign Policy' }],
      rights: { type: 'html', value: '&copy; <b>FP&nbsp;Group</b>' },
      source: {
        ...bare,
        title: { type: 'html', value: 'Foreign Policy &#8211; <i>the magazine</i>', language: 'en' },
        language: 'en',
        links: [{ rel: 'self', href: 'https://foreignpolicy.example/feed/' }],
      },
    },
    {
      ...without(anEntry(), 'url', 'content', 'original'),
      key: 'aa11bb22cc33' as EntryKey,
      id: 'N/A',
      title: '',
      outlets: [],
      authors: [],
      source: bare,
      excerpt: 'ページを持たない記事 <番外>',
    },
    {
      ...anEntry(),
      id: 'HTTP://Example.ORG/%7Ea?x=米',
      url: 'https://example.org/a b?x=<é>&y="',
      title: HOSTILE,
      comment: HOSTILE,
      authors: [{ name: HOSTILE, uri: 'javascript:alert(1)', email: 'nobody' }],
      labels: [{ term: HOSTILE, scheme: 'not a scheme', label: HOSTILE }],
      outlets: [{ id: 'x' as OutletId, name: HOSTILE }],
      content: `<p>${'x ]]&gt; y ]]> z '.repeat(2)}\u0000</p>`,
      excerpt: HOSTILE,
      original: {
        outlet: { id: 'x' as OutletId, name: HOSTILE },
        url: 'javascript:alert(1)',
        title: HOSTILE,
        authors: [HOSTILE],
        published: Number.NaN,
        language: '"><script>',
        tier: 4,
      },
      rights: { type: 'text', value: HOSTILE },
      source: {
        id: HOSTILE,
        title: { type: 'html', value: HOSTILE },
        ...bare,
        links: [
          { rel: 'self', href: '/relative' },
          { rel: 'alternate', href: 'https://example.org/', type: 'text/html"', hreflang: '"' },
        ],
      },
    },
  ]
}

/** Renders an entry as Atom. */
export function atomOf(entry: OutputEntry, context: EntryContext): string {
  return atomEntry(publishableEntry(entry, context), context)
}

/** Renders an entry as RSS. */
export function rssOf(entry: OutputEntry, context: EntryContext): string {
  return rssItem(publishableEntry(entry, context), context)
}

/** Renders an entry as JSON Feed. */
export function jsonOf(entry: OutputEntry, context: EntryContext): string {
  return jsonItem(publishableEntry(entry, context))
}
