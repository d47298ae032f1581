import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/domain/feed.ts'
import type { OutletId, SourceId } from '../../src/domain/identifiers.ts'
import type { Source } from '../../src/domain/outlet.ts'
import { HOUR } from '../../src/domain/time.ts'
import { incomingEntry } from '../../src/pipeline/incoming-entry.ts'
import { matchPosts } from '../../src/pipeline/match-posts.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { openNewsroom } from './newsroom.ts'
import { START } from './start.ts'

// Words that are in no lexicon, so that nothing but the dictionary can know them.
const EDICT = `霧笛灯守 [むてきとうもり] /(n) foghorn keeper/
渦潮祭祀 [うずしおさいし] /(n) whirlpool rite/
鯨骨細工 [げいこつざいく] /(n) scrimshaw/
`
const WIRE: Source = {
  kind: 'outlet',
  id: 'wire' as SourceId,
  outlet: 'wire' as OutletId,
  feedUrl: 'https://wire.example/feed',
  pollEveryMs: HOUR,
}

function anEntry(id: string, title: string, text: string, published: number): Entry {
  const lists = { authors: [], contributors: [], categories: [], links: [] }
  return { id, title: { type: 'text', value: title }, content: { type: 'html', value: `<p>${text}</p>` }, published, ...lists }
}

describe('matchPosts', () => {
  it('compares texts by the words of a dictionary too, and says so', async () => {
    const room = await openNewsroom()
    const [blog] = room.matching.postSources
    if (blog === undefined) throw new Error('expected a post source')
    const post = anEntry('https://blog.example.jp/1', '霧笛灯守と鯨骨細工', '霧笛灯守が渦潮祭祀に鯨骨細工を納める。', START)
    const article = anEntry(
      'a',
      'A foghorn keeper and his scrimshaw',
      'The foghorn keeper brings scrimshaw to the whirlpool rite.',
      START - HOUR,
    )
    const { store, directory, now } = room.matching
    for (const [source, entry] of [
      [blog, post],
      [WIRE, article],
    ] as const) {
      const feed = { authors: [], contributors: [], categories: [], links: [] }
      const entries = [incomingEntry(entry, source, directory)]
      await store.entries.saveEntries({ source: source.id, feed, entries, activeSources: new Set([source.id]), isComplete: true, now })
    }
    const file = join(await temporaryFolder(), 'edict')
    await writeFile(file, EDICT)

    const evidenceWith = async (dictionary: typeof room.matching.dictionary, judgementDigest: string) => {
      await matchPosts({ ...room.matching, windowMs: 24 * HOUR, proposeAbove: 0, dictionary, judgementDigest })
      const [judged] = await store.posts.newest({ anyLabel: [], limit: 1, offset: 0 })
      return JSON.stringify(judged?.judgement)
    }
    expect(await evidenceWith({ file, bytes: EDICT.length }, 'with')).toContain('["鯨骨細工","scrimshaw"]')
    expect(await evidenceWith(null, 'without')).not.toContain('scrimshaw"]')
  })
})
