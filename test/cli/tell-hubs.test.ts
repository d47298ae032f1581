import { appendFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { bloggerPage, postUrl } from '../support/feed-documents.ts'
import { serveFeeds } from '../support/local-feeds.ts'
import { runCli } from '../support/run-cli.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const POST = { id: '1', title: '題', html: '<p>本文です。</p>', labels: ['外交'], published: '2026-03-01T09:00:00Z' }
const EXPORT =
  'TITLE: 別題\nSTATUS: Publish\nPATH: /2.html\nDATE: 03/02/2026 09:00:00 AM\nCATEGORY: 経済\n-----\nBODY:\n本文\n-----\n--------\n'

/** A hub that notes what it is told of. */
async function aHub() {
  const told: string[] = []
  const server = createServer(async (request, response) => {
    let form = ''
    for await (const piece of request) form += String(piece)
    told.push(decodeURIComponent(new URLSearchParams(form).get('hub.topic') ?? ''))
    response.writeHead(204).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => void server.close())
  return { told, host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('a command that publishes beside the cycles', () => {
  it('tells hubs of it', async () => {
    const [hub, origin] = [await aHub(), await serveFeeds(() => ({ kind: 'document', body: bloggerPage([POST]) }))]
    const folder = await temporaryFolder()
    const sources = `posts: [{ id: blog, feed: "${origin.url('/blog')}" }]\n`
    const config = await writeConfig(folder, { sources, allowHosts: [origin.host, hub.host] })
    const cli = (...words: readonly string[]) => runCli([...words, '--config', config.folder], folder)
    expect((await cli('once')).exitCode).toBe(0)
    await appendFile(join(config.folder, 'kakehashi.yaml'), `websub: { hubs: ["http://${hub.host}/"] }\n`)
    const withdrawn = await cli('withdraw', postUrl(POST), '--json')
    expect([withdrawn.exitCode, JSON.parse(withdrawn.stdout).hubs.length]).toEqual([0, hub.told.length])
    expect(hub.told).toContain('https://feeds.example.jp/feeds/all.atom')
    await writeFile(join(folder, 'export.txt'), EXPORT)
    const imported = await cli('import', 'export.txt', '--host', 'blog.example.jp')
    expect([imported.exitCode, imported.stdout]).toEqual([0, expect.stringContaining(`hub ${hub.host} told of`)])
    expect(hub.told).toContain('https://feeds.example.jp/feeds/経済.atom')
  })
})
