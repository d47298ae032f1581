import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEnd } from './at-end.ts'

/** What a path of the local origin answers. */
export type Answer =
  | {
      readonly kind: 'document'
      readonly body: string | Buffer
      readonly type?: string
      readonly status?: number
      readonly delayMs?: number
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'silence' }

/** A request the origin has had. */
export interface HadRequest {
  /** Path with query. */
  readonly target: string
  /** It came with a validator. */
  readonly isConditional: boolean
}

/** A server of feeds on loopback. */
export interface LocalOrigin {
  /** `127.0.0.1:port`, as `polling.allow_hosts` wants it. */
  readonly host: string
  readonly url: (path: string) => string
  readonly requests: HadRequest[]
  readonly close: () => Promise<void>
}

/**
 * Serves feeds on loopback until the tests of the file are done, with ETag and 304.
 *
 * @param answerTo what a path answers now; undefined is a 404
 */
export async function serveFeeds(answerTo: (url: URL) => Answer | undefined): Promise<LocalOrigin> {
  const requests: HadRequest[] = []
  const server = createServer((request, response) => {
    const target = request.url ?? '/'
    requests.push({ target, isConditional: request.headers['if-none-match'] !== undefined })
    send(answerTo(new URL(target, 'http://localhost')), request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => end(server)
  atEnd(close)
  return { host, url: path => `http://${host}${path}`, requests, close }
}

/** Gives a port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await end(server)
  return port
}

function send(answer: Answer | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (answer?.kind === 'silence') return
  if (answer === undefined) {
    response.writeHead(404).end()
    return
  }
  const { body, type = 'application/atom+xml; charset=utf-8', status = 200, delayMs = 0 } = answer
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
  const answerNow = () => {
    if (status === 200 && request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
    else response.writeHead(status, { 'content-type': type, ...(status === 200 ? { etag } : {}) }).end(body)
  }
  if (delayMs === 0) answerNow()
  else setTimeout(answerNow, delayMs)
}

function end(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
