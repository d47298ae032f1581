import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { bodyOf } from '../../src/web/whole-body.ts'
import { atEnd } from '../support/at-end.ts'

const MAX_BYTES = 10

/** A server that answers with what `bodyOf` gave. */
async function anEcho(optimizeEmptyRequests: boolean): Promise<Server> {
  const server = createServer({ optimizeEmptyRequests }, async (request, response) => {
    const body = await bodyOf(request, MAX_BYTES)
    response.end(body instanceof Buffer ? `body ${body}` : body)
  })
  atEnd(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}

async function answerTo(server: Server, headers: readonly string[], body: string): Promise<string | undefined> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(['POST / HTTP/1.1', 'Host: a', 'Connection: close', ...headers, '', body].join('\r\n'))
  return (await text(socket)).split('\r\n').at(-1)
}

for (const isOptimized of [false, true]) {
  describe(`bodyOf${isOptimized ? ' where requests without a body have no stream' : ''}`, () => {
    const cases: readonly [name: string, headers: readonly string[], body: string, answer: string][] = [
      ['a body', ['Content-Length: 3'], 'abc', 'body abc'],
      ['an empty body', ['Content-Length: 0'], '', 'body '],
      ['no body', [], '', 'body '],
      ['a body that is too large', ['Content-Length: 11'], 'abcdefghijk', 'too-large'],
    ]
    for (const [name, headers, body, answer] of cases)
      it(`reads ${name}`, async () => expect(await answerTo(await anEcho(isOptimized), headers, body)).toBe(answer), 5_000)
  })
}
