import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EntryKey } from '../../src/domain/identifiers.ts'
import type { FeedRule } from '../../src/domain/output-feed.ts'
import { archivePath } from '../../src/domain/site.ts'
import { labelScheme } from '../../src/label/output-feed.ts'
import { feedHistory, publishArchives } from '../../src/pipeline/archive-pages.ts'
import { currentRules } from '../../src/pipeline/current-rules.ts'
import { gatherFeed } from '../../src/pipeline/gather-feed.ts'
import { noMemberships } from '../../src/pipeline/known-memberships.ts'
import { postMemberships } from '../../src/pipeline/post-memberships.ts'
import type { PublishDeps } from '../../src/pipeline/publish-deps.ts'
import { renderFeed } from '../../src/pipeline/render-feed.ts'
import { inspectAtom } from '../../src/publish/check-document.ts'
import type { Document } from '../../src/publish/publish-documents.ts'
import { type Newsroom, openNewsroom } from '../pipeline/newsroom.ts'
import { demoFolder, runDemoOnce } from '../support/demo-run.ts'
import { documentFaults } from '../support/document-faults.ts'
import { filesIn } from '../support/temp-folder.ts'

const POSTS = 5_000
const LABELS = 20

describe('every document of the demo', () => {
  it('is valid by RFC 4287 and our rules', { timeout: 120_000 }, async () => {
    const demo = await demoFolder()
    expect((await runDemoOnce(demo)).exitCode).toBe(0)
    const paths = (await filesIn(demo.publicFolder)).filter(path => /\.(?:atom|rss|json|opml)$/.test(path))
    expect(paths.length).toBeGreaterThan(30)
    for (const path of paths)
      expect([path, documentFaults(path, await readFile(join(demo.publicFolder, path), 'utf8'))]).toEqual([path, []])
  })
})

describe('every document of 5,000 posts in 20 labels', () => {
  it('is valid by RFC 4287 and our rules, and each post is in one that is reached from its feed', { timeout: 300_000 }, async () => {
    const room = await openNewsroom()
    await room.setPosts(new Map(Array.from({ length: POSTS }, (_, index) => [index + 1, [`話題${index % LABELS}`]])))
    const deps: PublishDeps = {
      ...room.publishing,
      feeds: { all: true, outlets: false, untranslated: false },
      hubs: ['https://hub.example/'],
    }
    const rules = await currentRules(deps)
    expect(rules).toHaveLength(LABELS + 1)
    const members = await postMemberships(rules, await room.store.pages.catalogue(), room.store, noMemberships())
    let documents = 0
    for (const rule of rules) {
      const reached = new Set<string>()
      for (const document of await documentsOf(rule, members.get(rule.slug) ?? [], deps, room)) {
        documents++
        expect([document.path, documentFaults(document.path, document.text)]).toEqual([document.path, []])
        if (document.kind === 'atom') for (const id of inspectAtom(document.text).ids) reached.add(id)
      }
      expect(reached.size).toBe(members.get(rule.slug)?.length)
    }
    // 20 feeds of 250 posts, each with three documents and four archives, and one of 5,000 with 99 archives.
    expect(documents).toBe(LABELS * (3 + 4) + 3 + 99)
  })
})

async function documentsOf(
  rule: FeedRule,
  members: Parameters<typeof feedHistory>[1],
  deps: PublishDeps,
  { store }: Newsroom,
): Promise<readonly Document[]> {
  const about = { directory: deps.directory, labelScheme: labelScheme(deps.site) }
  const gathered = await gatherFeed(rule, deps.site, store, about)
  const history = await feedHistory(rule, members, deps, { tombstones: new Map(), pages: new Map() })
  const archives: Document[] = []
  await publishArchives([{ rule, archives: history.archives, allowShrink: false }], deps, collector(archives))
  expect(archives.map(({ path }) => path)).toEqual(history.archives.map(({ page }) => archivePath(rule.slug, page)).toReversed())
  const kept = (await store.archives.pages()).get(rule.slug) ?? new Map<EntryKey, number>()
  expect([...kept.keys()].toSorted()).toEqual(members.map(({ key }): EntryKey => key).toSorted())
  return [...archives, ...(await renderFeed(gathered, deps, history)).documents]
}

function collector(documents: Document[]): Parameters<typeof publishArchives>[2] {
  return {
    isCurrent: () => false,
    publishSoon: async published => {
      documents.push(...published)
    },
    leaveOut: entries => expect(entries).toEqual([]),
    settled: async () => undefined,
  }
}
