import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../../src/web/server.ts'
import { atEnd } from '../support/at-end.ts'
import { selfSignedIdentity } from '../support/self-signed.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { servedPlace } from './served-place.ts'

const [first, second] = [selfSignedIdentity(), selfSignedIdentity()]

describe.skipIf(first === undefined)('a server with a certificate', () => {
  let folder: string
  const certificate = (identity = first) => ({ cert: Buffer.from(identity?.cert ?? ''), key: Buffer.from(identity?.key ?? '') })
  const start = async () => {
    const place = servedPlace(folder)
    const server = await startServer({
      ...{ host: '127.0.0.1', port: 0, now: () => 0, place: () => place, messagePage: (kind: string) => kind, tls: certificate() },
      limits: { headersMs: 300 },
    })
    atEnd(() => server.close())
    return server
  }
  const ask = (port: number) =>
    new Promise<{ body: string; fingerprint: string }>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path: '/large.txt', rejectUnauthorized: false, agent: false }, async response => {
        const fingerprint = (response.socket as TLSSocket).getPeerCertificate().fingerprint256
        let body = ''
        for await (const chunk of response) body += String(chunk)
        resolve({ body, fingerprint })
      })
      asked.on('error', reject).end()
    })
  beforeEach(async () => {
    folder = await temporaryFolder()
    await writeFile(join(folder, 'large.txt'), 'a'.repeat(9_000_000))
  })

  it('speaks HTTPS, and names itself by it', async () => {
    const server = await start()
    expect((await ask(server.port)).body).toHaveLength(9_000_000)
    expect(server.address).toBe(`https://127.0.0.1:${server.port}/`)
  })

  it('shows a renewed certificate to whoever connects next', async () => {
    const server = await start()
    const before = await ask(server.port)
    server.renewCertificate(certificate(second))
    expect((await ask(server.port)).fingerprint).not.toBe(before.fingerprint)
  })

  it('cuts off who never agrees on a key', async () => {
    const server = await start()
    const silent = connect(server.port, '127.0.0.1')
    await once(silent.on('error', () => {}).resume(), 'close')
  })

  it('lets an answer under way finish when it closes', async () => {
    const server = await start()
    const answer = new Promise<number>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: server.port, path: '/large.txt', rejectUnauthorized: false }, response => {
        void server.close()
        let bytes = 0
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        response.on('end', () => resolve(bytes)).on('error', reject)
      })
      asked.on('error', reject).end()
    })
    expect(await answer).toBe(9_000_000)
  })
})
