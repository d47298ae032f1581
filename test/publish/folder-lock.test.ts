import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aloneIn, clearDeadLock, LOCK_NAME, type LockDeps } from '../../src/publish/folder-lock.ts'
import { launchScript } from '../support/run-cli.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const HOLDER = new URL('./hold-folder.ts', import.meta.url)
const QUICK: LockDeps = { now: Date.now, times: { lookEvery: 10, renewEvery: 20, lease: 200, patience: 2_000 } }
const hold = (folder: string, ...how: readonly string[]) => launchScript(HOLDER, [folder, ...how], folder)
const begun = (line: string) => line.startsWith('begins')
const never = () => new Promise<never>(() => {})

describe('clearDeadLock', () => {
  it('takes away the lock of a process that has died, and no other', async () => {
    const folder = await temporaryFolder()
    await clearDeadLock(folder)
    const holder = hold(folder, '1', '60000')
    await holder.printed(begun)
    await clearDeadLock(folder)
    expect(await readdir(folder)).toEqual([LOCK_NAME])
    holder.kill('SIGKILL')
    await holder.ended
    await clearDeadLock(folder)
    expect(await readdir(folder)).toEqual([])
    await aloneIn(folder, QUICK, async () => {
      await clearDeadLock(folder)
      expect(await readdir(folder)).toEqual([LOCK_NAME])
    })
  })
})

describe('aloneIn', () => {
  it('lets two processes in one after the other, and leaves nothing', async () => {
    const folder = await temporaryFolder()
    const processes = [1, 2, 3].map(() => hold(folder, '3', '30'))
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0, 0])
    const events = processes.flatMap(({ lines }) => lines.filter(line => !line.startsWith('busy')))
    const inOrder = events.map(line => line.split(' ')).toSorted(([, a], [, b]) => Number(a) - Number(b))
    expect(inOrder.map(([what]) => what)).toEqual(Array.from({ length: 9 }, () => ['begins', 'ends']).flat())
    expect(await readdir(folder)).toEqual([])
  })

  it('takes the place of a process that was killed at once', async () => {
    const folder = await temporaryFolder()
    const killed = hold(folder, '1', '60000')
    await killed.printed(begun)
    killed.kill('SIGKILL')
    await killed.ended
    const startedAt = performance.now()
    // By the usual times.
    expect(await aloneIn(folder, { now: Date.now }, async () => 'done')).toBe('done')
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect(await readdir(folder)).toEqual([])
  })

  it('says who is waited for, and gives up in the end', async () => {
    const folder = await temporaryFolder()
    const holder = hold(folder, '1', '60000')
    await holder.printed(begun)
    const said: string[] = []
    const times = { lookEvery: 10, renewEvery: 3_000, lease: 60_000, patience: 300 }
    const work = aloneIn(folder, { now: Date.now, times, onBusy: text => said.push(text) }, never)
    await expect(work).rejects.toMatchObject({ code: 'publish-failed', message: expect.stringMatching(/process \d+ is publishing there/) })
    expect(said).toEqual([expect.stringMatching(/^process \d+$/)])
    holder.kill('SIGKILL')
  })

  it('gives up at once when it is called off', async () => {
    const folder = await temporaryFolder()
    const holder = hold(folder, '1', '60000')
    await holder.printed(begun)
    const off = new AbortController()
    const work = aloneIn(folder, { now: Date.now, signal: off.signal, onBusy: () => off.abort() }, never)
    await expect(work).rejects.toMatchObject({ code: 'publish-failed' })
    holder.kill('SIGKILL')
  })

  const strangers: readonly [name: string, text: string][] = [
    ['another machine', JSON.stringify({ token: 't', pid: 1, machine: 'elsewhere' })],
    ['nobody who can be made out', ''],
    ['something hostile', '{"__proto__":{"token":1},"pid":"x"}'],
  ]
  it.each(strangers)('waits a lease, and no longer, for a lock of %s', async (_, text) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, LOCK_NAME), text)
    const startedAt = performance.now()
    await aloneIn(folder, QUICK, async hasWaited => expect(hasWaited).toBe(true))
    expect(performance.now() - startedAt).toBeGreaterThan(150)
    expect(await readdir(folder)).toEqual([])
  })

  it('does not take the place of whoever renews its lock, wherever that is', async () => {
    const folder = await temporaryFolder()
    let isDone = false
    const long = aloneIn(folder, QUICK, async () => {
      // Nobody would know this process again by its number.
      const file = join(folder, LOCK_NAME)
      const holder = JSON.parse(await readFile(file, 'utf8')) as object
      await writeFile(file, JSON.stringify({ ...holder, machine: 'elsewhere' }))
      await new Promise(resolve => setTimeout(resolve, 600))
      isDone = true
    })
    await new Promise(resolve => setTimeout(resolve, 50))
    await aloneIn(folder, QUICK, async () => expect(isDone).toBe(true))
    await long
  })

  it('knows an earlier process by its own number', async () => {
    const folder = await temporaryFolder()
    const own = await aloneIn(folder, QUICK, () => readFile(join(folder, LOCK_NAME), 'utf8'))
    await writeFile(join(folder, LOCK_NAME), own)
    const startedAt = performance.now()
    await aloneIn(folder, { now: Date.now }, async () => {})
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  it('keeps apart two parts of one process, and lets go when the work fails', async () => {
    const folder = await temporaryFolder()
    let inside = 0
    const works = Array.from({ length: 5 }, (_, index) =>
      aloneIn(folder, QUICK, async () => {
        expect(++inside).toBe(1)
        await new Promise(resolve => setTimeout(resolve, 5))
        inside--
        if (index % 2 === 0) throw new RangeError('out of range')
      }).catch(error => expect(error).toBeInstanceOf(RangeError)),
    )
    await Promise.all(works)
    expect(await readdir(folder)).toEqual([])
  })

  it('makes a lock that nobody else may read, and works without where none can be made', async () => {
    const folder = await temporaryFolder()
    const mode = await aloneIn(join(folder, 'new'), QUICK, async () => (await stat(join(folder, 'new', LOCK_NAME))).mode & 0o777)
    expect(mode).toBe(0o600)
    await writeFile(join(folder, 'file'), '')
    expect(await aloneIn(join(folder, 'file'), QUICK, async () => 'done')).toBe('done')
  })
})
