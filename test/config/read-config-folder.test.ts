import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/config/config.ts'
import { digestConfigFolder, readConfigFolder } from '../../src/config/read-config-folder.ts'
import { cronFault } from '../../src/schedule/tick.ts'
import { configFolder } from './config-folder.ts'

const WORLD = { secret: () => undefined, cronFault, dictionaryFault: async () => undefined }
const OUTLETS = 'outlets:\n  - { id: tni, name: TNI, hosts: [a.example] }\n'

async function problemsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  const loaded = await readConfigFolder(await configFolder(files), WORLD)
  return loaded.kind === 'rejected' ? loaded.problems.map(describeProblem) : [`good, ${loaded.warnings.length} warnings`]
}

describe('readConfigFolder', () => {
  it('reads both YAML files and the pairs into one config', async () => {
    const folder = await configFolder({
      'kakehashi.yaml': 'site: { title: 題 }\n',
      'sources.yaml': OUTLETS,
      'pairs.csv': 'post,original\nhttps://b.example/1,none\n',
    })
    expect(await readConfigFolder(folder, WORLD)).toMatchObject({
      kind: 'ok',
      warnings: [],
      config: {
        folder,
        site: { title: '題' },
        outlets: [{ id: 'tni' }],
        pairs: [{ postUrl: 'https://b.example/1', originalUrl: null, where: 'config/pairs.csv:2' }],
      },
    })
  })

  for (const name of ['kakehashi.yaml', 'sources.yaml']) {
    it(`is content with ${name} alone, even an empty one`, async () =>
      expect(await problemsOf({ [name]: '' })).toEqual(['good, 0 warnings']))
  }

  it('takes any key in either file', async () => {
    expect(await problemsOf({ 'kakehashi.yaml': OUTLETS, 'sources.yaml': 'site: { title: x }\n' })).toEqual(['good, 0 warnings'])
  })

  for (const [name, files] of [
    ['an empty folder', {}],
    ['a folder with nothing but pairs', { 'pairs.csv': '' }],
  ] as const) {
    it(`says what is missing from ${name}`, async () => {
      const folder = await configFolder(files)
      await expect(readConfigFolder(folder, WORLD)).rejects.toMatchObject({
        code: 'config-missing',
        message: `${folder}: expected kakehashi.yaml or sources.yaml in this folder, found neither`,
      })
    })
  }

  it('says the same of a folder that is not there', async () => {
    const folder = await configFolder({})
    await rm(folder, { recursive: true })
    await expect(readConfigFolder(folder, WORLD)).rejects.toMatchObject({ code: 'config-missing' })
  })

  it('says which file cannot be read', async () => {
    const folder = await configFolder({ 'sources.yaml': OUTLETS })
    await mkdir(join(folder, 'pairs.csv'))
    await expect(readConfigFolder(folder, WORLD)).rejects.toMatchObject({
      code: 'config-missing',
      message: expect.stringMatching(/pairs\.csv: expected a readable file, got EISDIR/),
    })
  })

  it.skipIf(process.getuid?.() === 0)('says which file it may not read', async () => {
    const folder = await configFolder({ 'sources.yaml': OUTLETS })
    await chmod(join(folder, 'sources.yaml'), 0)
    await expect(readConfigFolder(folder, WORLD)).rejects.toMatchObject({ message: expect.stringMatching(/sources\.yaml: .*EACCES/) })
  })

  it('reports all problems of all files together, in the order of files and lines', async () => {
    const described = await problemsOf({
      'kakehashi.yaml': 'server: { port: x }\nlog: { level: loud }\n',
      'sources.yaml': `${OUTLETS}  - { id: tni, name: B, hosts: [b.example] }\nfeeds: [{ slug: 1 }]\n`,
      'pairs.csv': 'x,y\nhttps://b.example/1,z\n',
    })
    expect(described.map(line => line.replace(/: .*/, ''))).toEqual([
      'config/kakehashi.yaml:1:17',
      'config/kakehashi.yaml:2:15',
      'config/pairs.csv:2:21',
      'config/sources.yaml:3:11',
      'config/sources.yaml:4:17',
    ])
  })

  it('reports YAML that is broken without guessing at what is lost with it', async () => {
    const described = await problemsOf({
      'kakehashi.yaml': 'log: { level: loud }\nfeeds: [{ slug: x, outlets: [tni] }]\n',
      'sources.yaml': `${OUTLETS}posts: [\n`,
    })
    expect(described).toEqual([
      'config/kakehashi.yaml:1:15: log.level: expected one of "debug", "info", "warn", "error", "silent", got "loud"',
      expect.stringMatching(/^config\/sources\.yaml:4:1: YAML: /),
    ])
  })

  it('rejects a good config with broken pairs', async () => {
    expect(await problemsOf({ 'sources.yaml': OUTLETS, 'pairs.csv': 'post,original\nhttps://b.example/1\n' })).toEqual([
      'config/pairs.csv:2:20: expected the address of the original or "none", got ""',
    ])
  })

  it('reports a key that stands in both files', async () => {
    expect(await problemsOf({ 'kakehashi.yaml': 'feeds: []\n', 'sources.yaml': `${OUTLETS}feeds: []\n` })).toEqual([
      'config/sources.yaml:3:1: feeds: expected once, got it here and in config/kakehashi.yaml',
    ])
  })

  it('reports a file in another encoding', async () => {
    const shiftJis = Buffer.concat([Buffer.from('site: { title: '), Buffer.from([0x89, 0xcb, 0x82, 0xaf]), Buffer.from(' }\n')])
    expect(await problemsOf({ 'kakehashi.yaml': shiftJis })).toEqual(['config/kakehashi.yaml:1:16: expected UTF-8, got another encoding'])
  })

  it('reports a huge file soon', async () => {
    expect(await problemsOf({ 'sources.yaml': 'outlets:\n'.padEnd(10_000_000, '- a\n') })).toEqual([
      'config/sources.yaml:1:1: expected at most 1000000 characters, got 10000000',
    ])
  })

  it('gives warnings with a good config', async () => {
    const folder = await configFolder({ 'sources.yaml': `${OUTLETS}feeds: [{ slug: x }]\n` })
    expect(await readConfigFolder(folder, WORLD)).toMatchObject({ kind: 'ok', warnings: [{ severity: 'warning', line: 3, column: 9 }] })
  })

  it('names a folder of another name in its problems', async () => {
    const folder = join(await configFolder({ 'etc/sources.yaml': 'feeds: 1\n' }), 'etc')
    expect(await readConfigFolder(folder, WORLD)).toMatchObject({ problems: [{ file: 'etc/sources.yaml' }] })
  })
})

describe('digestConfigFolder', () => {
  it('changes with each file that is read, and with nothing else', async () => {
    const folder = await configFolder({ 'sources.yaml': OUTLETS })
    const digests = [await digestConfigFolder(folder)]
    for (const name of ['kakehashi.yaml', 'pairs.csv', 'notes.txt']) {
      await writeFile(join(folder, name), '')
      digests.push(await digestConfigFolder(folder))
    }
    const [bare, service, pairs, notes] = digests
    expect(new Set([bare, service, pairs]).size).toBe(3)
    expect(notes).toBe(pairs)
  })
})
