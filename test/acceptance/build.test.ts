import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { serve } from '../fetch/local-server.ts'
import { filesIn, snapshotOf, temporaryFolder } from '../support/temp-folder.ts'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** The program as it is published, in a folder of its own. */
let built = ''

function kakehashi(folder: string, ...arguments_: readonly string[]) {
  return run(process.execPath, [join(built, 'dist/launcher.js'), ...arguments_], { cwd: folder, timeout: 60_000 })
}

describe('the built program', () => {
  beforeAll(async () => {
    built = await temporaryFolder()
    await copyFile(join(PROJECT, 'package.json'), join(built, 'package.json'))
    await run(join(PROJECT, 'node_modules/.bin/rolldown'), ['--config', '.rolldown.config.mjs', '--dir', join(built, 'dist')], {
      cwd: PROJECT,
    })
  }, 60_000)

  it('knows its version', async () => {
    const { version } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as { version: string }
    expect((await kakehashi(built, '--version')).stdout.trim()).toBe(version)
  })

  it('publishes what the sources publish, byte for byte', async () => {
    const [ours, theirs] = [await temporaryFolder(), await temporaryFolder()]
    await kakehashi(ours, 'demo', '--once')
    await run(process.execPath, [join(PROJECT, 'src/main.ts'), 'demo', '--once'], { cwd: theirs, timeout: 60_000 })
    const bytesOf = async (folder: string) => {
      const files = await snapshotOf(join(folder, '.kakehashi-demo/public'))
      return Object.fromEntries(Object.entries(files).map(([path, { digest }]) => [path, digest]))
    }
    expect(await bytesOf(ours)).toEqual(await bytesOf(theirs))
    expect(await filesIn(join(ours, '.kakehashi-demo/public'))).toContain('feeds/us-foreign-policy.atom')
  })

  it('reads documents in disorder in its thread', async () => {
    const server = await serve((_, response) =>
      response.end('<rss><channel><title>A & B</title><item><title>An item</title><link>http://a.example/1</link></item>'),
    )
    const folder = join(await temporaryFolder(), 'config')
    await mkdir(folder)
    await writeFile(
      join(folder, 'sources.yaml'),
      `outlets:\n  - { id: a, name: A, hosts: [a.example], sources: [{ url: "${server.url()}" }] }\n`,
    )
    await writeFile(join(folder, 'kakehashi.yaml'), `polling: { allow_hosts: ["${server.host}"] }\n`)
    const { stdout } = await kakehashi(folder, 'once', '--json', '--config', folder)
    expect(JSON.parse(stdout)).toMatchObject({ polls: [{ source: 'a', result: 'ok', added: 1 }] })
  })

  it('names the licences of what it contains', async () => {
    const text = await readFile(join(built, 'dist/THIRD-PARTY.txt'), 'utf8')
    for (const name of ['rss-parser', 'feed', 'undici', 'kysely']) expect(text).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)`, 'm'))
  })
})
