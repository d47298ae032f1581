import { once } from 'node:events'
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchConfigFolder } from '../../src/daemon/watch-config-folder.ts'
import { configFolder } from '../config/config-folder.ts'

/** Watches a config folder, a fresh one unless given; `next` resolves at the next call back, `calls` counts them. */
async function watched(existing?: string) {
  const folder = existing ?? (await configFolder({ 'kakehashi.yaml': 'site: {}\n', 'sources.yaml': 'feeds: []\n' }))
  const changes = new EventTarget()
  let calls = 0
  const end = await watchConfigFolder(folder, () => {
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

  it('notices that a mounted ConfigMap was swapped, of whose files only a link changes', async () => {
    const folder = await configFolder({ '..1/kakehashi.yaml': 'site: {}\n', '..1/sources.yaml': 'feeds: []\n' })
    await symlink('..1', join(folder, '..data'))
    for (const name of ['kakehashi.yaml', 'sources.yaml']) await symlink(join('..data', name), join(folder, name))
    const { next } = await watched(folder)
    const change = next()
    await mkdir(join(folder, '..2'))
    for (const name of ['kakehashi.yaml', 'sources.yaml']) await writeFile(join(folder, '..2', name), '# new\n')
    await symlink('..2', join(folder, '..data_tmp'))
    await rename(join(folder, '..data_tmp'), join(folder, '..data'))
    await change
  })

  it('does not call back for a file that was saved as it was', async () => {
    const { folder, next, calls } = await watched()
    await writeFile(join(folder, 'sources.yaml'), 'feeds: []\n')
    const change = next()
    setTimeout(() => void writeFile(join(folder, 'sources.yaml'), '#\n'), 400)
    await change
    expect(calls()).toBe(1)
  })

  it('notices a change though the folder never comes to rest', async () => {
    const { folder, next } = await watched()
    const change = next()
    const unrest = setInterval(() => void writeFile(join(folder, 'other.log'), 'x'), 100)
    await writeFile(join(folder, 'sources.yaml'), '#\n')
    await change.finally(() => clearInterval(unrest))
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
