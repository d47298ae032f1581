import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LOCK_NAME } from '../../src/publish/folder-lock.ts'
import { bloggerPage } from '../support/feed-documents.ts'
import { serveFeeds } from '../support/local-feeds.ts'
import { publishedAtom } from '../support/published-feed.ts'
import { pairFaults } from '../support/published-files.ts'
import { launchCli, launchScript, runCli } from '../support/run-cli.ts'
import { writeConfig } from '../support/sample-config.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'

const HOLDER = new URL('../publish/hold-folder.ts', import.meta.url)
const LABEL = '外交'

/** A blog, and two configs that publish it into one folder, each with a state of its own. */
async function twoStates() {
  const posts = Array.from({ length: 12 }, (_, index) => ({
    ...{ id: String(12 - index), title: `題${index}`, labels: [LABEL], html: `<p>本文${index}</p>` },
    published: new Date(Date.UTC(2026, 2, 20 - index)).toISOString(),
  }))
  const origin = await serveFeeds(() => ({ kind: 'document', body: bloggerPage(posts) }))
  const folder = await temporaryFolder()
  const sources = `posts: [{ id: blog, feed: "${origin.url('/feed')}" }]\n`
  const first = await writeConfig(folder, { sources, allowHosts: [origin.host] })
  const second = await writeConfig(join(folder, 'second'), { sources, allowHosts: [origin.host] })
  const file = join(second.folder, 'kakehashi.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace('../public', '../../public'))
  return { folder, publicFolder: first.publicFolder, configs: [first.folder, second.folder] as const }
}

async function expectWhole(publicFolder: string): Promise<void> {
  expect(await publishedAtom(publicFolder, LABEL)).toHaveLength(12)
  expect(await pairFaults(publicFolder)).toEqual([])
  expect(await filesIn(publicFolder)).not.toContain(LOCK_NAME)
}

describe('two processes that publish into one folder', () => {
  it.each([
    ['one state', [0, 0]],
    ['a state each', [0, 1]],
  ] as const)('both come to their end, with %s', async (_, [a, b]) => {
    const { folder, publicFolder, configs } = await twoStates()
    const runs = await Promise.all([a, b].map(index => runCli(['once', '--config', configs[index]], folder)))
    expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr.replace(/^process \d+ is publishing.*\n/m, '')])).toEqual([
      [0, ''],
      [0, ''],
    ])
    await expectWhole(publicFolder)
  })

  it('take turns: one waits, and says for whom', async () => {
    const { folder, publicFolder, configs } = await twoStates()
    const holder = launchScript(HOLDER, [publicFolder, '1', '2500'], folder)
    await holder.printed(line => line.startsWith('begins'))
    const { exitCode, stderr } = await runCli(['once', '--config', configs[0]], folder)
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^process \d+ is publishing into the same folder; waiting for it\n$/)])
    expect(holder.lines.at(-1)).toMatch(/^ends/)
    await expectWhole(publicFolder)
  })

  it('end with exit code 5 where one has to give up, and nothing is lost', async () => {
    const { folder, publicFolder, configs } = await twoStates()
    const holder = launchScript(HOLDER, [publicFolder, '1', '60000'], folder)
    await holder.printed(line => line.startsWith('begins'))
    const waiting = launchCli(['once', '--config', configs[0]], folder)
    await waiting.printed(line => line.includes('waiting for it'))
    waiting.kill('SIGINT')
    expect(await waiting.ended).toBe(5)
    expect(waiting.lines.at(-1)).toMatch(/: process \d+ is publishing there, and has not ended; /)
    holder.kill('SIGKILL')
    await holder.ended
    expect((await runCli(['once', '--config', configs[0]], folder)).exitCode).toBe(0)
    await expectWhole(publicFolder)
  })
})
