import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { freePort } from '../support/local-feeds.ts'
import { startHub } from '../support/local-hub.ts'
import { startSubscriber } from '../support/local-subscriber.ts'
import { publishedAtom } from '../support/published-feed.ts'
import { logged, runCli, startDaemon } from '../support/run-cli.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const WITHIN = { timeout: 15_000, interval: 20 }
const FEED = `feeds/${encodeURIComponent('外交')}.atom`

/** A site on a port of loopback, of what stands in a folder of posts, or of a feed. */
async function aSite(
  port: number,
  source: string,
  service: { readonly allowHosts: readonly string[]; readonly websub: readonly string[] },
) {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'posts'))
  const sources = `posts: [{ id: blog, ${source}, poll_every: 6h }]\n`
  const config = await writeConfig(folder, { sources, allowHosts: service.allowHosts, polling: ['tick: "* * * * * *"'] })
  const file = join(config.folder, 'kakehashi.yaml')
  const text = (await readFile(file, 'utf8'))
    .replace('https://feeds.example.jp/', `http://127.0.0.1:${port}/`)
    .replace('port: 0', `port: ${port}`)
    .replace('tag:example.jp,2026:kakehashi', `tag:example.jp,2026:${port}`)
  await writeFile(file, `${text}websub:\n${service.websub.map(line => `  ${line}\n`).join('')}`)
  const post = (day: string) =>
    writeFile(join(folder, 'posts', `${day}.md`), `---\ntitle: 第${day}回\ndate: 2026-03-${day}\nlabels: [外交]\n---\n本文です。\n`)
  return { config, folder, post, feed: `http://127.0.0.1:${port}/${FEED}` }
}

const OF_A_FOLDER = 'folder: ../posts, url_template: "https://b.example/{path}"'
const titles = async ({ publicFolder }: SampleConfig) => (await publishedAtom(publicFolder, '外交')).map(({ title }) => title)

it('a post that is saved reaches a subscriber, signed, within two seconds of being published', async () => {
  const [reader, port] = [await startSubscriber(), await freePort()]
  const { config, folder, post, feed } = await aSite(port, OF_A_FOLDER, {
    allowHosts: ['127.0.0.1:1'],
    websub: ['hub: true', `allow_hosts: ["${reader.host}"]`],
  })
  await post('01')
  const daemon = await startDaemon(config.folder, folder)
  await logged(daemon, ({ event }) => event === 'publish')
  expect((await reader.subscribe(feed)).status).toBe(202)
  await logged(daemon, ({ event, msg }) => event === 'push' && msg === 'confirmed')
  const latencies: { readonly sinceSaved: number; readonly sincePublished: number }[] = []
  for (const [index, day] of ['02', '03', '04'].entries()) {
    const savedAt = performance.now()
    await post(day)
    const published = vi.waitFor(
      async () => {
        expect(await titles(config)).toContain(`第${day}回`)
        return performance.now()
      },
      { ...WITHIN, interval: 5 },
    )
    const push = await reader.pushed(index + 1)
    expect(push.isSigned).toBe(true)
    expect(push.body).toContain(`第${day}回`)
    latencies.push({ sinceSaved: push.at - savedAt, sincePublished: push.at - (await published) })
  }
  for (const { sinceSaved, sincePublished } of latencies)
    console.info(`delivered ${sinceSaved.toFixed(0)} ms after it was saved, ${sincePublished.toFixed(0)} ms after it stood in the feed`)
  expect(Math.max(...latencies.map(({ sincePublished }) => sincePublished))).toBeLessThan(2_000)
  const { stdout } = await runCli(['status', '--config', config.folder], folder)
  expect(stdout).toMatch(/^1 subscriptions with the hub of the site, 0 not confirmed yet, 0 failing; last delivery /m)
  daemon.kill('SIGTERM')
  expect(await daemon.ended).toBe(0)
})

it('one site subscribes to another, and has its news without asking', async () => {
  const [upstream, downstream] = [await freePort(), await freePort()]
  const hosts = [`127.0.0.1:${upstream}`, `127.0.0.1:${downstream}`]
  const from = await aSite(upstream, OF_A_FOLDER, { allowHosts: hosts, websub: ['hub: true', `allow_hosts: ["${hosts[1]}"]`] })
  const to = await aSite(downstream, `feed: "${from.feed}"`, { allowHosts: hosts, websub: ['hub: false'] })
  await from.post('01')
  const publisher = await startDaemon(from.config.folder, from.folder)
  await logged(publisher, ({ event }) => event === 'publish')
  const subscriber = await startDaemon(to.config.folder, to.folder)
  await logged(publisher, ({ event, msg }) => event === 'push' && msg === 'confirmed')
  await from.post('02')
  await vi.waitFor(async () => expect(await titles(to.config)).toEqual(['第02回', '第01回']), WITHIN)
  await logged(subscriber, ({ event, msg, result }) => event === 'websub' && msg === 'delivered' && result === 'ok')
  for (const daemon of [publisher, subscriber]) daemon.kill('SIGTERM')
  expect(await Promise.all([publisher.ended, subscriber.ended])).toEqual([0, 0])
})

it('a run of one cycle tells the hubs of others what it has changed, and nothing where it changed nothing', async () => {
  const [hub, port] = [await startHub(), await freePort()]
  const { config, folder, post, feed } = await aSite(port, OF_A_FOLDER, {
    allowHosts: [hub.host, `127.0.0.1:${port}`],
    websub: [`hubs: ["${hub.url}"]`],
  })
  await post('01')
  const first = await runCli(['once', '--all', '--config', config.folder], folder)
  const told = () => hub.requests.filter(({ mode }) => mode === 'publish').map(({ topic }) => topic)
  expect(told().filter(topic => topic.includes(encodeURIComponent('外交')))).toEqual(
    ['atom', 'json', 'rss'].map(syntax => feed.replace(/atom$/, syntax)),
  )
  expect(first.stdout).toContain(`hub ${hub.host} told of ${told().length} feed documents`)
  const before = told().length
  const second = await runCli(['once', '--all', '--config', config.folder, '--json'], folder)
  expect([told().length - before, (JSON.parse(second.stdout) as { readonly hubs: unknown }).hubs]).toEqual([0, []])
  expect(await readFile(join(config.publicFolder, 'feeds', '外交.rss'), 'utf8')).toContain(`href="${hub.url}"`)
  const { stdout } = await runCli(['status', '--config', config.folder], folder)
  expect(stdout).toContain(`Hub ${hub.host} knows ${before} feed documents as they are, 0 wait; last told `)
})
