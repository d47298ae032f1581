import { describe, expect, it } from 'vitest'
import { bloggerPage } from '../support/feed-documents.ts'
import { serveFeeds } from '../support/local-feeds.ts'
import { runCli } from '../support/run-cli.ts'
import { writeConfig } from '../support/sample-config.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'

describe('status', () => {
  it('says that nothing was polled, and makes no state file', async () => {
    const folder = await temporaryFolder()
    const sources = 'posts:\n  - { id: blog, feed: "https://blog.example.jp/feed" }\n'
    const { folder: config, storeFile } = await writeConfig(folder, { sources, allowHosts: [] })
    const message = `nothing has been polled yet: ${storeFile} does not exist`
    const text = await runCli(['status', '--config', config], folder)
    expect([text.exitCode, text.stdout, text.stderr]).toEqual([0, `${message}\n`, ''])
    const json = await runCli(['status', '--json', '--config', config], folder)
    expect([json.exitCode, json.stderr]).toEqual([0, ''])
    expect(JSON.parse(json.stdout)).toMatchObject({ message, sources: [{ id: 'blog' }], entries: { articles: 0, posts: 0 } })
    expect(await filesIn(folder)).toEqual(['config/kakehashi.yaml', 'config/sources.yaml'])
  })

  it('shows the host of a feed, and nothing else of its address', async () => {
    const origin = await serveFeeds(() => ({ kind: 'document', body: bloggerPage([]) }))
    const folder = await temporaryFolder()
    const address = origin.url('/path-secret/feed?key=query-secret').replace('//', '//user:password-secret@')
    const sources = `posts:\n  - { id: blog, feed: "${address}" }\n`
    const { folder: config } = await writeConfig(folder, { sources, allowHosts: [origin.host] })
    await runCli(['once', '--config', config], folder)
    for (const option of [['--json'], []]) {
      const { exitCode, stdout, stderr } = await runCli(['status', ...option, '--config', config], folder)
      expect([exitCode, stderr]).toEqual([0, ''])
      expect(stdout).not.toContain('secret')
      if (option.length === 0) continue
      const [source] = JSON.parse(stdout).sources
      expect(source).toMatchObject({ id: 'blog', host: origin.host, state: { failures: 0, lastResult: 'ok' } })
    }
  })
})
