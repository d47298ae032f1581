import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { runCli } from '../support/run-cli.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

async function aFolder() {
  const folder = await temporaryFolder()
  const sources = 'posts:\n  - { id: blog, feed: "https://blog.example.jp/feed" }\n'
  const { folder: config, storeFile } = await writeConfig(folder, { sources, allowHosts: [] })
  const run = (...words: readonly string[]) => runCli(['lexicon', ...words, '--config', config], folder)
  return { config, storeFile, run }
}

describe('lexicon', () => {
  it('says how many words there are, and from when on posts teach some', async () => {
    const { run } = await aFolder()
    const { exitCode, stdout, stderr } = await run()
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^shipped {3}\d{5} Japanese words and expressions$/m)
    expect(stdout).toMatch(/^glossary {2}0 of your own/m)
    expect(stdout).toContain('from 30 such posts on they teach words')
  })

  it('says what a word of either language stands for, the operator’s own first', async () => {
    const { config, run } = await aFolder()
    await writeFile(join(config, 'glossary.tsv'), 'skink boat\t蜥蜴艇\n')
    expect((await run('蜥蜴艇')).stdout).toMatch(/^glossary +skink boat +蜥蜴艇$/m)
    expect((await run('Skink boats')).stdout).toMatch(/^glossary +skink boat +蜥蜴艇$/m)
    expect((await run('抑止力')).stdout).toMatch(/^shipped +deterrence /m)
    const { ok, word, renderings } = JSON.parse((await run('蜥蜴艇', '--json')).stdout)
    expect({ ok, word, renderings }).toEqual({
      ok: true,
      word: '蜥蜴艇',
      renderings: [{ from: 'glossary', english: 'skink boat', japanese: ['蜥蜴艇'] }],
    })
  })

  it('says how to add a word that nobody knows', async () => {
    const { exitCode, stdout } = await (await aFolder()).run('ぬるぽがっ')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('A line in config/glossary.tsv adds it')
  })

  it('lists what linked posts have taught, with how often it was seen', async () => {
    const { storeFile, run } = await aFolder()
    const word = { japanese: '蜥蜴艇', english: 'skink', written: 'skink', together: 4, japaneseIn: 5, englishIn: 4, likelihood: 31.2 }
    const counts = { pairs: 40, said: [], inOriginals: [], covered: [] }
    {
      await using store = await openStore(storeFile)
      await store.notices.put('learned', { state: '40:1', lessons: 40, associations: [word], usualLag: 1, ...counts }, 1)
    }
    const { stdout } = await run('--json')
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, learned: [word] })
    expect((await run('蜥蜴艇')).stdout).toMatch(/^learned +skink +蜥蜴艇$/m)
  })
})
