import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { AppError } from '../domain/app-error.ts'
import { SECOND } from '../domain/time.ts'
import { findDocument } from './find-document.ts'
import type { ServedDocument } from './served-document.ts'

/** What the origin has been asked so far. */
export interface OriginCounters {
  readonly requests: number
  /** Requests that came with a validator. */
  readonly conditional: number
  /** Answers 304. */
  readonly notModified: number
  /** Answers 200. */
  readonly full: number
}

/** A running origin. `close` ends open connections and returns when the port is free. */
export interface Origin {
  readonly port: number
  readonly counters: () => OriginCounters
  readonly close: () => Promise<void>
}

type Found = Extract<ServedDocument, { kind: 'found' }>
type Counts = { -readonly [name in keyof OriginCounters]: number }

// A sample post carries a script on purpose: it is there for the sanitiser, and not to be run by whoever opens the page.
const CONTENT_SECURITY_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"

/**
 * Serves the sample outlets and the sample blog on loopback, with ETag, Last-Modified, 304 and gzip.
 * The same port gives the same bytes.
 *
 * @param options `port` 0 takes any free port; `host` is the address to listen on, 127.0.0.1 where not given
 * @throws AppError `address-in-use` when something else listens there
 */
export async function startOrigin(options: { readonly port: number; readonly host?: string }): Promise<Origin> {
  const counts: Counts = { requests: 0, conditional: 0, notModified: 0, full: 0 }
  let port = options.port
  const server = createServer((request, response) => answer(request, response, port, counts))
  port = await listen(server, options.port, options.host ?? '127.0.0.1')
  return { port, counters: () => ({ ...counts }), close: () => close(server) }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        taken
          ? new AppError('address-in-use', `${host}:${port}: expected a free port, another program listens there`, { cause: error })
          : error,
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error === undefined ? resolve() : reject(error)))
    server.closeAllConnections()
  })
}

function answer(request: IncomingMessage, response: ServerResponse, port: number, counts: Counts): void {
  counts.requests += 1
  if (request.headers['if-none-match'] !== undefined || request.headers['if-modified-since'] !== undefined) counts.conditional += 1
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const document = findDocument(hostName(request), request.url ?? '/', port)
  switch (document.kind) {
    case 'found':
      sendFound(document, request, response, counts)
      return
    case 'moved':
      response.writeHead(301, { location: document.location }).end()
      return
    case 'not-found':
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n')
  }
}

function sendFound(document: Found, request: IncomingMessage, response: ServerResponse, counts: Counts): void {
  const zipped = acceptsGzip(request)
  // RFC 9110 §8.8.3.3: the compressed form is another representation and needs another strong validator.
  const digest = createHash('sha256').update(document.body).digest('hex').slice(0, 24)
  const etag = zipped ? `"${digest}-gzip"` : `"${digest}"`
  const validators = { etag, 'last-modified': new Date(document.modified).toUTCString(), vary: 'Accept-Encoding' }
  if (isUnchanged(request, etag, document.modified)) {
    counts.notModified += 1
    response.writeHead(304, validators).end()
    return
  }
  counts.full += 1
  const body = zipped ? gzipSync(document.body) : Buffer.from(document.body)
  response.writeHead(200, {
    ...validators,
    'content-type': document.type,
    'content-length': body.length,
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    'content-security-policy': CONTENT_SECURITY_POLICY,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** RFC 9110 §13.2.2: If-Modified-Since counts only where there is no If-None-Match. */
function isUnchanged(request: IncomingMessage, etag: string, modified: number): boolean {
  const tags = request.headers['if-none-match']
  if (tags !== undefined) return tags.trim() === '*' || tags.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag)
  const since = Date.parse(request.headers['if-modified-since'] ?? '')
  return Math.floor(modified / SECOND) * SECOND <= since
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = String(request.headers['accept-encoding'] ?? '').split(',')
  return accepted.some(coding => /^\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/i.test(coding))
}

function hostName(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d*$/, '')
}
