import { once } from 'node:events'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchPostFolder } from '../../src/daemon/watch-post-folder.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

/** Watches a folder in a place of its own; `calls` counts the call backs. */
async function watched(prepare: (folder: string, place: string) => Promise<unknown> = folder => mkdir(folder), path = 'posts') {
  const place = await temporaryFolder()
  const folder = join(place, path)
  await prepare(folder, place)
  const changes = new EventTarget()
  let calls = 0
  const changed = () => {
    calls++
    changes.dispatchEvent(new Event('change'))
  }
  const end = await watchPostFolder(folder, changed, error => expect.unreachable(String(error)))
  onTestFinished(end)
  const next = () => once(changes, 'change', { signal: AbortSignal.timeout(5000) })
  /** Does something and waits for the call back. */
  const seen = async (work: () => Promise<unknown>) => {
    const change = next()
    await work()
    await change
  }
  return { place, folder, end, seen, calls: () => calls, post: (path: string, text = '本文') => writeFile(join(folder, path), text) }
}

describe('watchPostFolder', () => {
  it('notices a post that is written, written anew, replaced by renaming, and removed', async () => {
    const { folder, seen, post, calls } = await watched()
    await seen(() => post('a.md'))
    await seen(() => post('a.md', '別の本文'))
    for (const text of ['一', '二']) {
      await seen(async () => {
        await post('.a.md.swp', text)
        await rename(join(folder, '.a.md.swp'), join(folder, 'a.md'))
      })
    }
    await seen(() => rm(join(folder, 'a.md')))
    expect(calls()).toBe(5)
  })

  it('calls back once for the several steps of one save', async () => {
    const { seen, post, calls } = await watched()
    await seen(async () => {
      for (const text of ['', '本', '本文']) await post('a.md', text)
      await post('b.md')
    })
    expect(calls()).toBe(1)
  })

  it('does not mind files that are no posts', async () => {
    const { seen, post, calls, folder } = await watched()
    await mkdir(join(folder, '.git'))
    for (const path of ['notes.txt', '.a.md.swp', '4913', '.git/HEAD.md']) await post(path)
    // What the strangers would have set off comes before what this does.
    await seen(async () => setTimeout(() => void post('a.md'), 400))
    expect(calls()).toBe(1)
  })

  it('notices what changes in folders below, new ones with all that is put into them included', async () => {
    const { folder, seen, post } = await watched(folder => mkdir(join(folder, '2025'), { recursive: true }))
    await seen(() => post('2025/a.md'))
    await seen(async () => {
      await mkdir(join(folder, '2026', '03'), { recursive: true })
      await post('2026/03/b.md')
    })
    await seen(() => post('2026/03/b.md', '別の本文'))
    await seen(() => rename(join(folder, '2026'), join(folder, '2027')))
    await seen(() => post('2027/03/b.md', 'また別の本文'))
    await seen(() => rm(join(folder, '2025'), { recursive: true }))
  })

  for (const path of ['posts', 'docs/ja/posts'])
    it(`waits for a folder that is not there yet: ${path}`, async () => {
      const { folder, seen, post } = await watched(async () => undefined, path)
      await seen(() => mkdir(folder, { recursive: true }))
      await seen(() => post('a.md'))
    })

  it('finds a folder again that is removed and made anew, or moved away and replaced', async () => {
    const { folder, place, seen, post } = await watched()
    await seen(() => post('a.md'))
    await seen(() => rm(folder, { recursive: true }))
    await seen(() => mkdir(folder))
    await seen(() => post('b.md'))
    await mkdir(join(place, 'next'))
    await seen(async () => {
      await rename(folder, join(place, 'former'))
      await rename(join(place, 'next'), folder)
    })
    await seen(() => post('c.md'))
  })

  it('follows a link that is turned to another folder', async () => {
    const { folder, place, seen, post } = await watched(async (folder, place) => {
      for (const name of ['one', 'two']) await mkdir(join(place, name))
      await symlink('one', folder)
    })
    await seen(() => post('a.md'))
    await seen(async () => {
      await symlink('two', join(place, 'link'))
      await rename(join(place, 'link'), folder)
    })
    await seen(() => post('b.md'))
  })

  it('notices a change though the folder never comes to rest', async () => {
    const { seen, post } = await watched()
    const unrest = setInterval(() => void post('other.log'), 100)
    await seen(() => post('a.md')).finally(() => clearInterval(unrest))
  })

  it('is quiet once it is ended', async () => {
    const { seen, post, end, calls } = await watched()
    await seen(() => post('a.md'))
    end()
    await post('b.md')
    await new Promise(resolve => setTimeout(resolve, 400))
    expect(calls()).toBe(1)
  })
})
