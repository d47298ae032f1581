import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { EntryKey, OutletId } from '../../src/domain/identifiers.ts'
import { openStore } from '../../src/store/store.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { earlierState } from './earlier-state.ts'
import { aMatch, aPost, BLOG, NOW, noMatch, TNI } from './samples.ts'

it('a state file from before outlets were counted gets them counted from what it holds', async () => {
  const file = join(await temporaryFolder(), 'store.db')
  const [one, two, three] = ['1', '2', '3'] as unknown as [EntryKey, EntryKey, EntryKey]
  const posts = [
    { key: one, isTaken: 1, outlets: [TNI], judgement: noMatch(one) },
    { key: two, isTaken: 1, outlets: [], judgement: aMatch(two, { outlet: TNI }) },
    { key: three, isTaken: 0, outlets: ['fp' as OutletId], judgement: noMatch(three) },
  ]
  await earlierState(file, '2026-11-23-websub', async db => {
    for (const { key, isTaken, outlets, judgement } of posts) {
      const document = JSON.stringify(aPost({ key, published: NOW, source: BLOG }, { outlets }))
      const post = { post_key: key, source_id: BLOG, published: NOW, updated: NOW, judgement_digest: 'd', is_taken: isTaken, document }
      await db.insertInto('posts').values(post).execute()
      const match = { post_key: key, state: 'none', entry_key: null, address: null, tier: null, score: null, judged_at: NOW }
      await db
        .insertInto('matches')
        .values({ ...match, document: JSON.stringify(judgement) })
        .execute()
    }
  })
  await using store = await openStore(file)
  expect(await store.posts.outlets()).toEqual([{ outlet: TNI, count: 2 }])
})
