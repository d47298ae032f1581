import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { configFolder } from './config-folder.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

function kakehashi(...arguments_: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [main, ...arguments_], { timeout: 15_000 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code
      if (typeof exitCode === 'number') resolve({ exitCode, stdout, stderr })
      else reject(error)
    })
  })
}

const SIX_MISTAKES = `outlets:
  - id: tni
    name: The National Interest
    hosts: [nationalinterest.org]
    sources:
      - url: https://nationalinterest.org/feed
        pol_every: 5m
  - id: tni
    name: 19FortyFive
    hosts: []
    republish: everything
posts:
  - id: blog
    feed: blog.example/feed
    poll_every: 15min
`

describe('kakehashi check', () => {
  it('reports six mistakes of six kinds at once, a line each with its place, and ends with 2', async () => {
    const { exitCode, stdout, stderr } = await kakehashi('check', '--config', await configFolder({ 'sources.yaml': SIX_MISTAKES }))
    expect(stderr.trimEnd().split('\n')).toEqual([
      'config/sources.yaml:7:9: outlets[0].sources[0].pol_every: unknown key; did you mean "poll_every"?',
      'config/sources.yaml:8:9: outlets[1].id: expected each outlet id once, got "tni", which outlets[0].id has',
      'config/sources.yaml:10:12: outlets[1].hosts: expected at least one host, got an empty list',
      'config/sources.yaml:11:16: outlets[1].republish: expected one of "link", "excerpt", "full", got "everything"',
      'config/sources.yaml:14:11: posts[0].feed: expected an address that begins with http:// or https://, got "blog.example/feed"',
      'config/sources.yaml:15:17: posts[0].poll_every: expected a duration such as "15m", "6h" or "2d", got "15min"',
    ])
    expect([exitCode, stdout]).toEqual([2, ''])
  })

  it('gives the same to programs on standard output, as JSON', async () => {
    const { exitCode, stdout, stderr } = await kakehashi(
      'check',
      '--json',
      '--config',
      await configFolder({ 'sources.yaml': SIX_MISTAKES }),
    )
    const { ok, problems } = JSON.parse(stdout) as { readonly ok: boolean; readonly problems: readonly object[] }
    expect([exitCode, stderr, ok, problems.length]).toEqual([2, '', false, 6])
    expect(problems[0]).toMatchObject({ severity: 'error', file: 'config/sources.yaml', line: 7, column: 9 })
  })

  it('is content with a good config, warnings or not', async () => {
    const folder = await configFolder({ 'sources.yaml': 'feeds: [{ slug: x }]\n' })
    const { exitCode, stdout, stderr } = await kakehashi('check', '--config', folder)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^The config is good: /)
    expect(stderr).toBe('config/sources.yaml:1:9: warning: feeds[0]: there are no posts: the feed stays empty\n')
  })

  it('says so where there is no config', async () => {
    const folder = await configFolder({})
    expect(await kakehashi('check', '--config', folder)).toMatchObject({
      exitCode: 2,
      stderr: `${folder}: expected kakehashi.yaml or sources.yaml in this folder, found neither\n`,
    })
  })
})
