import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { documentOf } from '../daemon/subscribed-blog.ts'
import { freePort, serveFeeds } from '../support/local-feeds.ts'
import { startHub } from '../support/local-hub.ts'
import { publishedAtom } from '../support/published-feed.ts'
import { logged, runCli, startDaemon } from '../support/run-cli.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const TOPIC = 'https://blog.example.jp/feed'
const post = (number: number, day: string) => ({
  id: `tag:blog.example.jp,2026:${number}`,
  title: `第${number}回`,
  html: '<p>本文です。</p>',
  published: Date.parse(`2026-03-${day}T00:00:00Z`),
})

it('a post that a hub delivers to the program stands in its feed, and status says that the hub is relied upon', async () => {
  const hub = await startHub()
  const origin = await serveFeeds(() => ({ kind: 'document', body: documentOf([post(1, '01')], [hub.url], TOPIC) }))
  const port = await freePort()
  const folder = await temporaryFolder()
  const sources = `posts: [{ id: blog, feed: "${origin.url('/feed')}" }]\n`
  const allowHosts = [origin.host, hub.host, `127.0.0.1:${port}`]
  const config = await writeConfig(folder, { sources, allowHosts, polling: ['tick: "* * * * * *"'] })
  const file = join(config.folder, 'kakehashi.yaml')
  const service = await readFile(file, 'utf8')
  await writeFile(file, service.replace('https://feeds.example.jp/', `http://127.0.0.1:${port}/`).replace('port: 0', `port: ${port}`))
  const daemon = await startDaemon(config.folder, folder)
  await logged(daemon, ({ event, msg }) => event === 'websub' && msg === 'verified')
  const [request] = hub.requests
  expect(request?.callback).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/websub\/[\w-]{43}$/)
  expect(request?.secret).toMatch(/^[\w-]{43}$/)
  await vi.waitFor(() => expect(hub.subscribers.size).toBe(1), { timeout: 10_000 })
  const polls = origin.requests.length
  expect(await hub.distribute(TOPIC, documentOf([post(2, '02')], [hub.url], TOPIC))).toEqual([202])
  await vi.waitFor(
    async () => expect((await publishedAtom(config.publicFolder, '外交')).map(({ title }) => title)).toEqual(['第2回', '第1回']),
    { timeout: 10_000 },
  )
  expect(origin.requests.length).toBe(polls)
  const { stdout } = await runCli(['status', '--config', config.folder], folder)
  expect(stdout).toMatch(/^blog +ok .* pushed +0$/m)
  daemon.kill('SIGTERM')
  expect(await daemon.ended).toBe(0)
  const output = daemon.lines.join('\n')
  for (const secret of [request?.secret, request?.callback.split('/').at(-1), TOPIC]) expect(output).not.toContain(secret)
})
