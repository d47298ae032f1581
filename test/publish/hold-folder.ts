import { setTimeout as pause } from 'node:timers/promises'
import { aloneIn } from '../../src/publish/folder-lock.ts'

// Has a folder to itself, again and again, for as short as is asked; says when it begins and when it ends.
const [folder = '', turns = '1', heldMs = '0'] = process.argv.slice(2)
for (let turn = 0; turn < Number(turns); turn++)
  await aloneIn(folder, { now: Date.now, onBusy: holder => console.log(`busy: ${holder}`) }, async () => {
    console.log(`begins ${performance.timeOrigin + performance.now()}`)
    await pause(Number(heldMs))
    console.log(`ends ${performance.timeOrigin + performance.now()}`)
  })
