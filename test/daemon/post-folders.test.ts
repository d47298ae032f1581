import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openApp } from '../../src/app.ts'
import { startDaemon } from '../../src/daemon.ts'
import { publishedAtom } from '../support/published-feed.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const NOW = Date.parse('2026-03-31T12:00:00Z')
const WITHIN = { timeout: 5_000, interval: 50 }

describe('a folder of posts while the service runs', () => {
  it('is published as soon as something is saved in it', async () => {
    const { titles, post, place } = await aDaemon()
    await mkdir(join(place, 'posts'))
    await post('posts', '01')
    await vi.waitFor(async () => expect(await titles()).toEqual(['第01回']), WITHIN)
    await post('posts', '02')
    await vi.waitFor(async () => expect(await titles()).toEqual(['第02回', '第01回']), WITHIN)
    await post('posts', '.01.md.swp', '直した題')
    await rename(join(place, 'posts', '.01.md.swp.md'), join(place, 'posts', '01.md'))
    await vi.waitFor(async () => expect(await titles()).toEqual(['第02回', '直した題']), WITHIN)
  })

  it('is the one that the config in force names', async () => {
    const { daemon, titles, post, place, sourcesFile } = await aDaemon()
    for (const folder of ['posts', 'elsewhere']) await mkdir(join(place, folder))
    await post('elsewhere', '05')
    await writeFile(sourcesFile, sourcesOf('elsewhere'))
    await daemon.reload()
    await vi.waitFor(async () => expect(await titles()).toContain('第05回'), WITHIN)
    await post('posts', '01')
    await post('elsewhere', '06')
    await vi.waitFor(async () => expect(await titles()).toContain('第06回'), WITHIN)
    expect(await titles()).not.toContain('第01回')
  })

  it('is read anew when the service starts: nobody watched while it was down', async () => {
    const { daemon, titles, post, place, again } = await aDaemon()
    await mkdir(join(place, 'posts'))
    await post('posts', '01')
    await vi.waitFor(async () => expect(await titles()).toEqual(['第01回']), WITHIN)
    await daemon.stop()
    await post('posts', '02')
    await again()
    await vi.waitFor(async () => expect(await titles()).toEqual(['第02回', '第01回']), WITHIN)
  })
})

function sourcesOf(folder: string): string {
  return `posts: [{ id: files, folder: ../${folder}, url_template: "https://b.example/{path}", poll_every: 6h }]\n`
}

/** A daemon that never ticks, on a folder of posts that is not there yet, with a clock that stands still. */
async function aDaemon() {
  const place = await temporaryFolder()
  const { folder, publicFolder, sourcesFile } = await writeConfig(place, {
    ...{ sources: sourcesOf('posts'), allowHosts: ['127.0.0.1:1'], polling: ['tick: "0 0 1 1 *"'] },
  })
  const log = pino({ level: 'silent' })
  const now = () => NOW
  const app = await openApp(folder, { environment: { isPlain: true, secret: () => undefined }, now, random: () => 0 })
  const start = async () => {
    const daemon = await startDaemon(app, { log, now, randomToken: () => 'x'.repeat(22) })
    let stopped: Promise<void> | undefined
    const stop = () => {
      stopped ??= daemon.stop()
      return stopped
    }
    onTestFinished(stop)
    return { ...daemon, stop }
  }
  onTestFinished(() => app[Symbol.asyncDispose]())
  const daemon = await start()
  const titles = async () => (await publishedAtom(publicFolder, '外交').catch(() => [])).map(({ title }) => title)
  const post = (name: string, day: string, title = `第${day}回`) => {
    const date = /^\d+$/.test(day) ? day : '01'
    return writeFile(join(place, name, `${day}.md`), `---\ntitle: ${title}\ndate: 2026-03-${date}\nlabels: [外交]\n---\n本文です。\n`)
  }
  return { daemon, place, sourcesFile, titles, post, again: start }
}
