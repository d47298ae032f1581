import { once } from 'node:events'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchConfigFolder } from '../../src/config/watch-config-folder.ts'
import { configFolder } from './config-folder.ts'

/** Watches a fresh config folder; `next` resolves at the next call back, `calls` counts them. */
async function watched() {
  const folder = await configFolder({ 'kakehashi.yaml': 'site: {}\n', 'sources.yaml': 'feeds: []\n' })
  const changes = new EventTarget()
  let calls = 0
  const end = watchConfigFolder(folder, () => {
    calls++
    changes.dispatchEvent(new Event('change'))
  })
  onTestFinished(end)
  return { folder, end, calls: () => calls, next: () => once(changes, 'change', { signal: AbortSignal.timeout(5000) }) }
}

describe('watchConfigFolder', () => {
  it('notices a file written in place', async () => {
    const { folder, next } = await watched()
    const change = next()
    await writeFile(join(folder, 'sources.yaml'), 'feeds: [ ]\n')
    await change
  })

  it('notices a file replaced by renaming, again and again', async () => {
    const { folder, next } = await watched()
    for (const text of ['# one', '# two', '# three']) {
      const change = next()
      await writeFile(join(folder, '.sources.yaml.swp'), text)
      await rename(join(folder, '.sources.yaml.swp'), join(folder, 'sources.yaml'))
      await change
    }
  })

  it('notices a file that was not there before', async () => {
    const { folder, next } = await watched()
    const change = next()
    await writeFile(join(folder, 'pairs.csv'), 'https://b.example/1,none\n')
    await change
  })

  it('calls back once for the several steps of one save', async () => {
    const { folder, next, calls } = await watched()
    const change = next()
    for (const text of ['', 'site', 'site: { title: x }\n']) await writeFile(join(folder, 'kakehashi.yaml'), text)
    await writeFile(join(folder, 'sources.yaml'), '')
    await change
    expect(calls()).toBe(1)
  })

  it('does not mind files that are not read, and is quiet once it is ended', async () => {
    const { folder, next, end, calls } = await watched()
    await writeFile(join(folder, 'README.md'), 'x')
    await writeFile(join(folder, 'sources.yaml.bak'), 'x')
    // What the strangers would have set off comes before what this does.
    const change = next()
    setTimeout(() => void writeFile(join(folder, 'sources.yaml'), '#\n'), 400)
    await change
    expect(calls()).toBe(1)
    end()
    await writeFile(join(folder, 'sources.yaml'), '# after\n')
    await new Promise(resolve => setTimeout(resolve, 400))
    expect(calls()).toBe(1)
  })
})
