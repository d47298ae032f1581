import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { bloggerPage } from '../support/feed-documents.ts'
import { type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { runCli } from '../support/run-cli.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const POST = { id: '1', title: '題', html: '<p>本文です。</p>', labels: ['外交'], published: '2026-03-01T09:00:00Z' }

let origin: LocalOrigin
let folder: string
let config: SampleConfig

async function workplace(): Promise<{ readonly folder: string; readonly config: SampleConfig }> {
  const place = await temporaryFolder()
  const sources = `posts:\n  - { id: blog, feed: "${origin.url('/blog')}" }\n`
  return { folder: place, config: await writeConfig(place, { sources, allowHosts: [origin.host] }) }
}

beforeAll(async () => {
  origin = await serveFeeds(() => ({ kind: 'document', body: bloggerPage([POST]) }))
  const place = await workplace()
  folder = place.folder
  config = place.config
})

describe('the program', () => {
  const useless: readonly (readonly string[])[] = [
    ['run', '--json'],
    ['demo', '--config', 'config'],
  ]
  for (const line of useless)
    it(`refuses an option that would do nothing: ${line.join(' ')}`, async () => {
      const { exitCode, stderr } = await runCli(line, folder)
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`unknown option '${line[1]}'`)])
    })

  it('says on one line that the output folder cannot be used, and ends with 5', async () => {
    const place = await workplace()
    await writeFile(place.config.publicFolder, 'a file where a folder belongs')
    const { exitCode, stderr } = await runCli(['once', '--config', place.config.folder], place.folder)
    expect([exitCode, stderr]).toEqual([5, expect.stringMatching(/^[^\n]+\n$/)])
    expect(stderr).toContain(place.config.publicFolder)
  })

  it('ends with 5 where the demo cannot write', async () => {
    const here = await temporaryFolder()
    await writeFile(join(here, '.kakehashi-demo'), 'a file where a folder belongs')
    const { exitCode, stderr } = await runCli(['demo', '--once'], here)
    expect([exitCode, stderr]).toEqual([5, expect.stringMatching(/^[^\n]+\.kakehashi-demo[^\n]+\n$/)])
  })

  it('ends quietly when nobody reads what it prints', async () => {
    const child = spawn(process.execPath, [MAIN, 'status', '--config', config.folder], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', piece => {
      stderr += String(piece)
    })
    const [code] = await once(child, 'close')
    expect([code, stderr]).toEqual([0, ''])
  })

  it('takes over the posts of an export file', async () => {
    const file = join(folder, 'export.xml')
    await writeFile(file, bloggerPage([{ ...POST, id: '2', title: '古い題' }]))
    const options = ['--source', 'blog', '--host', 'blog.example.jp', '--time-zone', 'Asia/Tokyo']
    const { stdout } = await runCli(['import', file, '--json', '--config', config.folder, ...options], folder)
    expect(JSON.parse(stdout)).toMatchObject({ source: 'blog', read: 1, added: 1 })
  })
})
