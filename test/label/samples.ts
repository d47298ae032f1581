import type { EntryKey, Slug } from '../../src/domain/identifiers.ts'
import type { FeedRule, OutputEntry } from '../../src/domain/output-feed.ts'

/** A feed of everything that is translated. */
export function aRule(changes: Partial<FeedRule> = {}): FeedRule {
  const open = {
    kind: 'selection',
    label: null,
    any: [],
    all: [],
    none: [],
    outlets: [],
    include: 'translated',
    titles: 'japanese',
  } as const
  return { slug: 'feed' as Slug, title: 'Feed', content: 'full', excerptCharacters: 200, limit: 50, ...open, ...changes }
}

export function anEntry(key: string, changes: Partial<OutputEntry> = {}): OutputEntry {
  return {
    key: key as EntryKey,
    kind: 'post',
    id: `urn:${key}`,
    title: key,
    language: 'ja',
    published: 0,
    updated: 0,
    authors: [],
    labels: [],
    outlets: [],
    excerpt: '',
    source: { authors: [], contributors: [], categories: [], links: [] },
    ...changes,
  }
}
