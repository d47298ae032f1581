import { describe, expect, it } from 'vitest'
import { startServer } from '../../src/web/server.ts'
import { atEnd } from '../support/at-end.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { servedPlace } from './served-place.ts'

/** A server that is a hub, or not. */
async function aHub(isOpen = true) {
  const taken: string[] = []
  const take = async (form: URLSearchParams) => {
    taken.push(form.toString())
    return { status: 429, text: 'too many\n', retryAfterS: 30 }
  }
  const folder = await temporaryFolder()
  const server = await startServer({
    ...{ host: '127.0.0.1', port: 0, now: () => 0, place: () => servedPlace(folder, { basePath: '/k/' }) },
    hub: { isOpen: () => isOpen, take },
    messagePage: kind => `<p>${kind}</p>`,
  })
  atEnd(() => server.close())
  const ask = async (init: RequestInit, path = 'k/hub') => {
    const response = await fetch(new URL(path, server.address), init)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  return { ask, taken }
}

const post = (body: string, type = 'application/x-www-form-urlencoded') => ({ method: 'POST', body, headers: { 'content-type': type } })

describe('the address of the hub', () => {
  it('takes forms, and passes on what is said to them', async () => {
    const { ask, taken } = await aHub()
    const { status, text, headers } = await ask(post('hub.mode=subscribe&hub.topic=%E5%A4%96'))
    expect([status, text, headers.get('retry-after'), headers.get('content-type')]).toEqual([
      ...[429, 'too many\n', '30', 'text/plain; charset=utf-8'],
    ])
    expect((await ask(post('a=b', 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'), 'hub')).status).toBe(429)
    expect(taken).toEqual(['hub.mode=subscribe&hub.topic=%E5%A4%96', 'a=b'])
  })

  it('takes nothing else', async () => {
    const { ask, taken } = await aHub()
    expect((await ask(post('{}', 'application/json'))).status).toBe(415)
    expect(
      (await ask({ ...post('x'), headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' } })).status,
    ).toBe(415)
    expect((await ask(post(`x=${'y'.repeat(20_000)}`))).status).toBe(413)
    const got = await ask({})
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
    expect(taken).toEqual([])
  })

  it('takes no more than it reads where nothing is said of the length', async () => {
    const { ask, taken } = await aHub()
    const pieces = new ReadableStream({
      start: controller => {
        for (let i = 0; i < 40; i++) controller.enqueue(new TextEncoder().encode('x'.repeat(1_000)))
        controller.close()
      },
    })
    const status = await ask({ ...post(''), body: pieces, duplex: 'half' } as RequestInit).then(answer => answer.status)
    expect([status, taken]).toEqual([413, []])
  })

  it('is nowhere where the site is no hub', async () => {
    const { ask } = await aHub(false)
    expect([(await ask({})).status, (await ask(post('a=b'))).status]).toEqual([404, 405])
  })
})
