import { writeFile } from 'node:fs/promises'
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OperatorAccess } from '../../src/web/operator.ts'
import { startServer } from '../../src/web/server.ts'
import { atEnd } from '../support/at-end.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { servedPlace } from './served-place.ts'

const PATH = '/operator/incidents.atom'
const LOGIN = { user: '運営者', password: 'pa:ss wörd' }

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

describe("the operator's document", () => {
  let folder: string
  const serve = async (operator: OperatorAccess | undefined) => {
    const place = servedPlace(join(folder, 'public'))
    const messagePage = (kind: string) => kind
    const server = await startServer({
      ...{ host: '127.0.0.1', port: 0, now: () => 0, place: () => place, messagePage },
      operator: () => operator,
    })
    atEnd(() => server.close())
    return (headers: OutgoingHttpHeaders = {}, path = PATH) =>
      new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
        const request = httpRequest({ host: '127.0.0.1', port: server.port, path, headers, agent: false }, async response => {
          let body = ''
          for await (const chunk of response) body += String(chunk)
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
        })
        request.on('error', reject).end()
      })
  }
  const access = (login?: typeof LOGIN): OperatorAccess => ({
    incidentsFile: join(folder, 'incidents.atom'),
    ...(login === undefined ? {} : { login }),
  })
  beforeEach(async () => {
    folder = await temporaryFolder()
    await writeFile(join(folder, 'incidents.atom'), '<feed/>')
  })

  it('is for those who log in, and kept by nobody on the way', async () => {
    const ask = await serve(access(LOGIN))
    const { status, headers, body } = await ask({ authorization: basic(LOGIN.user, LOGIN.password) })
    expect([status, body]).toEqual([200, '<feed/>'])
    expect(headers).toMatchObject({ 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'private, no-cache' })
    expect((await ask({ authorization: basic(LOGIN.user, LOGIN.password), 'if-none-match': String(headers['etag']) })).status).toBe(304)
  })

  it('asks everybody else to log in', async () => {
    const ask = await serve(access(LOGIN))
    const wrong = [
      undefined,
      basic(LOGIN.user, ''),
      basic('', LOGIN.password),
      basic(LOGIN.user, `${LOGIN.password}x`),
      'Basic %%%',
      'Bearer x',
    ]
    for (const authorization of wrong) {
      const { status, headers, body } = await ask(authorization === undefined ? {} : { authorization })
      expect([status, headers['www-authenticate'], body], authorization).toEqual([
        401,
        'Basic realm="Kakehashi", charset="UTF-8"',
        'log in\n',
      ])
    }
  })

  it('is open at this machine where there is no login, but not to a page whose host was pointed here', async () => {
    const ask = await serve(access())
    expect((await ask()).status).toBe(200)
    expect((await ask({ host: 'evil.example:8080' })).status).toBe(403)
  })

  it('is nothing where nobody may read it, and nowhere else', async () => {
    expect((await (await serve(undefined))()).body).not.toContain('<feed')
    const ask = await serve(access())
    for (const path of ['/incidents.atom', '/operator/', '/operator/incidents.rss'])
      expect((await ask({}, path)).body).not.toContain('<feed')
  })

  it('says so where nothing has been noted', async () => {
    const ask = await serve({ incidentsFile: join(folder, 'nothing.atom') })
    expect([(await ask()).status, (await ask()).body]).toEqual([404, 'nothing has been noted yet\n'])
  })
})
