import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { demoFolder, serveDemo } from '../support/demo-run.ts'
import { serveFeeds } from '../support/local-feeds.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

describe('demo', () => {
  it('passes over a port that is taken, and remembers the one it took', async () => {
    const demo = await demoFolder()
    const remembered = join(demo.folder, '.kakehashi-demo', 'ports.json')
    const { host } = await serveFeeds(() => undefined)
    const taken = Number(host.split(':')[1])
    await writeFile(remembered, JSON.stringify({ ...demo.ports, site: taken }))
    const { address, kill, ended } = await serveDemo(demo)
    const port = Number(new URL(address).port)
    expect(port).not.toBe(taken)
    expect(await (await fetch(`${address}feeds/bilingual.atom`)).text()).toContain(`href="${address}feeds/bilingual.atom"`)
    kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(JSON.parse(await readFile(remembered, 'utf8'))).toEqual({ ...demo.ports, site: port })
  })

  it('prints one JSON document with the address of the site, and what it says beside it', async () => {
    const { folder, ports } = await demoFolder()
    const demo = spawn(process.execPath, [MAIN, 'demo', '--json'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    atEnd(() => demo.kill('SIGKILL'))
    const printed = { out: '', err: '' }
    demo.stdout.on('data', piece => {
      printed.out += String(piece)
    })
    const isServing = new Promise<void>(resolve => {
      demo.stderr.on('data', piece => {
        printed.err += String(piece)
        if (printed.err.includes('Ctrl+C')) resolve()
      })
    })
    await Promise.race([isServing, once(demo, 'close')])
    demo.kill('SIGTERM')
    await once(demo, 'close')
    const address = `http://127.0.0.1:${ports.site}/`
    expect(printed.err).toContain(`The site is at ${address}`)
    expect(JSON.parse(printed.out)).toMatchObject({ address, output: '.kakehashi-demo/public' })
  })
})
