import { setImmediate as nextTurn } from 'node:timers/promises'
import type { OutletId, SourceId } from '../../src/domain/identifiers.ts'
import type { Judgement } from '../../src/domain/match.ts'
import type { OutletSource, PostFeedSource } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import { DAY, HOUR, type Instant } from '../../src/domain/time.ts'
import { incomingEntry } from '../../src/pipeline/incoming-entry.ts'
import { type MatchDeps, type MatchReport, matchPosts } from '../../src/pipeline/match-posts.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { START } from './start.ts'

/** A store with an outlet and a blog, and the matching of the one with the other. */
export interface MatchingDesk {
  readonly store: Store
  readonly bringArticle: (article: SampleText) => Promise<void>
  readonly bringPost: (post: SampleText) => Promise<void>
  readonly match: (changes?: Partial<MatchDeps>) => Promise<MatchReport>
  /** Of every post, by its id. */
  readonly judgements: () => Promise<ReadonlyMap<string, Judgement>>
  /** The same in short: `accepted reef`, or `none`. */
  readonly inShort: () => Promise<Readonly<Record<string, string>>>
}

/** An article or a post in plain text. */
export interface SampleText {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly published?: Instant
}

const OUTLET_ID = 'outlet' as OutletId
const BLOG: PostFeedSource = {
  ...{ kind: 'post-feed', id: 'blog' as SourceId, feedUrl: 'https://blog.example.jp/feed', pollEveryMs: HOUR, language: 'ja' },
  onlyLabels: [],
}
const FEED: OutletSource = {
  ...{ kind: 'outlet', id: 'feed' as SourceId, feedUrl: 'https://outlet.example/feed', pollEveryMs: HOUR, outlet: OUTLET_ID },
}
const directory = outletDirectory([
  { id: OUTLET_ID, name: 'Outlet', hosts: ['outlet.example'], movedHosts: [], aliases: [], language: 'en', republish: 'excerpt' },
])

/** The address of a sample article. */
export function articleUrl(id: string): string {
  return `https://outlet.example/${id}`
}

/** The address of a sample post. */
export function postUrl(id: string): string {
  return `https://blog.example.jp/${id}`
}

/** @param file `:memory:` unless given */
export async function openMatchingDesk(file = ':memory:'): Promise<MatchingDesk> {
  const store = await openStore(file)
  atEnd(() => store[Symbol.asyncDispose]())
  let time = START
  const now = () => time++
  const bring = async (source: typeof BLOG | typeof FEED, { id, title, text, published = START - DAY }: SampleText) => {
    const url = source === BLOG ? postUrl(id) : articleUrl(id)
    const nobody = { authors: [], contributors: [], categories: [], links: [] }
    const words = { title: { type: 'text', value: title }, content: { type: 'html', value: `<p>${text}</p>` } } as const
    const entries = [incomingEntry({ id: url, url, published, ...words, ...nobody }, source, directory)]
    const activeSources = new Set([BLOG.id, FEED.id])
    await store.entries.saveEntries({ source: source.id, feed: nobody, entries, activeSources, isComplete: false, now })
  }
  const deps: MatchDeps = {
    ...{ store, directory, postSources: [BLOG], pairs: [], judgementDigest: 'digest', windowMs: 60 * DAY, glossary: [] },
    ...{ dictionary: null, acceptAbove: 0.9, proposeAbove: 0.5, now },
  }
  const judgements = async () => {
    const posts = await store.posts.newest({ anyLabel: [], limit: 1_000, offset: 0 })
    return new Map(posts.map(({ post, judgement }) => [post.id.replace(postUrl(''), ''), judgement] as const).sort())
  }
  return {
    store,
    bringArticle: article => bring(FEED, article),
    bringPost: post => bring(BLOG, post),
    match: changes => matchPosts({ ...deps, ...changes }),
    judgements,
    inShort: async () => Object.fromEntries([...(await judgements())].map(([id, judgement]) => [id, stateOf(judgement)])),
  }
}

function stateOf(judgement: Judgement): string {
  if (judgement.kind === 'none') return 'none'
  return `${judgement.match.state} ${judgement.match.original.url?.replace(articleUrl(''), '')}`
}

/** Counts how often others had their turn while something was done. */
export async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false]
  const done = work.finally(() => {
    isDone = true
  })
  while (!isDone) {
    await nextTurn()
    turns++
  }
  await done
  return turns
}
