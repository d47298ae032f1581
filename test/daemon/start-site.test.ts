import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openApp } from '../../src/app.ts'
import { startSite } from '../../src/daemon/start-site.ts'
import { openLog } from '../../src/log.ts'
import { incidentsFile } from '../../src/pipeline/incidents.ts'
import { atEnd } from '../support/at-end.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const now = () => 0

/** A site for its own machine, with a document of incidents; gives the status that a visitor from this machine gets. */
async function localSite() {
  const folder = await temporaryFolder()
  const { folder: config } = await writeConfig(folder, { sources: 'outlets: []\nposts: []\n', allowHosts: [] })
  const file = join(config, 'kakehashi.yaml')
  const set = async (change: (text: string) => string) => {
    await writeFile(file, change(await readFile(file, 'utf8')))
    expect(await app.reload()).toMatchObject({ kind: 'ok' })
  }
  await writeFile(file, (await readFile(file, 'utf8')).replace(/url: .*/, 'url: http://localhost:8080/'))
  const app = await openApp(config, { environment: { isPlain: true, secret: () => undefined }, now, random: () => 0 })
  atEnd(() => app[Symbol.asyncDispose]())
  await writeFile(incidentsFile(app.config().storeFile), '<feed/>')
  const server = await startSite(app, { log: openLog('silent'), now })
  atEnd(() => server.close())
  const status = async (login?: string) => {
    const headers = login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }
    return (await fetch(`${server.address}operator/incidents.atom`, { headers })).status
  }
  return { set, status }
}

describe('the incidents of a running service', () => {
  it('are closed to this machine as soon as the site is one for everybody', async () => {
    const { set, status } = await localSite()
    expect(await status()).toBe(200)
    await set(text => text.replace(/url: .*/, 'url: https://feeds.example.jp/'))
    expect(await status()).toBe(404)
  })

  it('are opened by the login that the config has now', async () => {
    const { set, status } = await localSite()
    await set(text => text.replace('server: {', 'server: { operator: { user: me, password: first-word },'))
    expect([await status(), await status('me:first-word')]).toEqual([401, 200])
    await set(text => text.replace('first-word', 'second-word'))
    expect([await status('me:first-word'), await status('me:second-word')]).toEqual([401, 200])
  })
})
