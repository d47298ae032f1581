import { createInterface } from 'node:readline'
import { publishFeeds } from '../../src/pipeline/publish-feeds.ts'
import { openStore } from '../../src/store/store.ts'
import { publishingOf, type State } from './changing-blog.ts'

// Run by `publish-faults.test.ts` as a process of its own: publishes what is stored whenever it is told to, until it is killed.
const [, , storeFile = '', folder = ''] = process.argv
await using store = await openStore(storeFile)
// What a first run loads is loaded before anybody counts.
await import('../../src/pipeline/publish-all.ts')
process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write('publishing\n')
  await publishFeeds(publishingOf(JSON.parse(line) as State, { store, folder }))
  process.stdout.write('published\n')
}
