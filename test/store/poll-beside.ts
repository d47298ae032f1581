import { openStore } from '../../src/store/store.ts'
import { anIncoming, poll } from './samples.ts'

/** Run as a process of its own: polls into a store, one entry at a time, as the command line does beside the daemon. */
const [file = '', name = '', times = '0'] = process.argv.slice(2)
await using store = await openStore(file)
for (let index = 0; index < Number(times); index++) await poll(store, [anIncoming(`${name}-${index}`, { role: 'article' })])
