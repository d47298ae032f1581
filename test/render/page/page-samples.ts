import { type DomHandler, parseDocument } from 'htmlparser2'
import type { EntryKey, OutletId, Slug } from '../../../src/domain/identifiers.ts'
import type { FeedRule, OutputEntry, OutputFeed } from '../../../src/domain/output-feed.ts'
import type { Site } from '../../../src/domain/site.ts'

/** Builds a slug from literal text. */
export const aSlug = (text: string) => text as Slug

/** The outlet of the samples. */
export const anOutlet = { id: 'tni' as OutletId, name: 'The National Interest' }

/** A valid site under a sub-path; takes what the test is about. */
export function aSite(changes: Partial<Site> = {}): Site {
  return {
    title: '論考の架け橋',
    subtitle: '英語の論考を日本語で',
    url: 'https://user.example/translations/',
    id: 'tag:user.example,2025:translations',
    language: 'ja',
    author: { name: '架け橋編集室', uri: 'https://user.example/about' },
    rights: '訳文の著作権は訳者に帰属します。',
    timeZone: 'Asia/Tokyo',
    ...changes,
  }
}

/** A valid rule of the feed for 米外交政策; takes what the test is about. */
export function aRule(changes: Partial<FeedRule> = {}): FeedRule {
  return {
    slug: aSlug('米外交政策'),
    title: '米外交政策',
    kind: 'label',
    label: '米外交政策',
    any: [],
    all: [],
    none: [],
    outlets: [],
    include: 'translated',
    titles: 'japanese',
    content: 'full',
    excerptCharacters: 200,
    limit: 50,
    ...changes,
  }
}

/** A valid translated post with a known original; takes what the test is about. */
export function anEntry(changes: Partial<OutputEntry> = {}): OutputEntry {
  return {
    key: 'entry-1' as EntryKey,
    kind: 'post',
    id: 'tag:blog.example,2025:post-1',
    url: 'https://blog.example/2025/03/post-1.html',
    title: '停戦の先にあるもの',
    comment: '逆向きのデタントですね。',
    language: 'ja',
    published: Date.UTC(2025, 2, 12, 3),
    updated: Date.UTC(2025, 2, 12, 3),
    authors: [{ name: '訳者' }],
    labels: [{ term: '米外交政策' }, { term: 'ロシア' }, { term: '停戦' }],
    outlets: [anOutlet],
    excerpt: '交渉団は停戦の大枠に合意した。',
    original: {
      outlet: anOutlet,
      url: 'https://nationalinterest.example/feature/after-a-ceasefire',
      title: 'What Comes After a Ceasefire',
      authors: ['Jane Whitcombe'],
      published: Date.UTC(2025, 2, 10, 12),
      language: 'en',
      tier: 2,
    },
    source: { authors: [], contributors: [], categories: [], links: [] },
    ...changes,
  }
}

/** A feed of the given entries. */
export function aFeed(entries: readonly OutputEntry[], rule: FeedRule = aRule()): OutputFeed {
  return { rule, id: 'tag:user.example,2025:feed', language: 'ja', updated: null, entries }
}

type Document = DomHandler['root']

/** One element as a test sees it. */
export interface SeenElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
}

/** Parses a page and lists its elements in document order. */
export function elementsOf(page: string): readonly SeenElement[] {
  return descend(parseDocument(page))
}

/** Lists the elements of one name. */
export function allOf(page: string, name: string): readonly SeenElement[] {
  return elementsOf(page).filter(element => element.name === name)
}

/** The markup's skeleton: names of elements and of their attributes, without any text or value. */
export function skeletonOf(page: string): readonly string[] {
  return elementsOf(page).map(({ name, attributes }) => `${name} ${Object.keys(attributes).join(' ')}`)
}

function descend(node: Document | Document['children'][number]): readonly SeenElement[] {
  if (!('children' in node)) return []
  const below = node.children.flatMap(child => descend(child))
  return 'attribs' in node ? [{ name: node.name, attributes: node.attribs, text: textOf(node) }, ...below] : below
}

function textOf(node: Document['children'][number]): string {
  if ('children' in node) return node.children.map(textOf).join('')
  return 'data' in node ? node.data : ''
}
