import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { AppError } from '../domain/app-error.ts'
import type { Clock } from '../domain/time.ts'
import { serverCloser } from './close-server.ts'
import { chooseCoding, isNotModified } from './negotiation.ts'
import { routeOf } from './routes.ts'
import { staticFiles } from './static-files.ts'

/** What the server shows and says. */
export interface ServerOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** The published folder. */
  readonly folder: string
  /** Path of the site's address, ending in `/`. */
  readonly basePath: string
  readonly now: Clock
  /** The page for a path that leads nowhere, or before anything was published. */
  readonly messagePage: (kind: 'not-found' | 'not-ready') => string
  readonly onRequest?: (request: {
    readonly method: string
    readonly path: string
    readonly status: number
    readonly durationMs: number
  }) => void
  readonly onError?: (error: unknown) => void
}

export interface RunningServer {
  readonly port: number
  /** `http://host:port/`. */
  readonly address: string
  /** Takes no new requests, lets those under way finish for up to ten seconds, and ends. */
  readonly close: () => Promise<void>
}

// Feeds change when a poll brings something new; readers that ask more often than this get their own copy back.
const FEED_MAX_AGE_S = 300
const RETRY_AFTER_S = 30
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const

/**
 * Serves the published folder: GET and HEAD, compressed copies made beforehand, strong ETags, 304.
 *
 * @throws AppError `address-in-use` when the port is taken
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const files = staticFiles(options.folder, options.now)
  const server = createServer(
    { maxHeaderSize: 16_384, requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 15_000 },
    (request, response) => {
      const startedAt = options.now()
      response.on('finish', () => {
        options.onRequest?.({
          method: request.method ?? '',
          path: (request.url ?? '').split('?')[0] ?? '',
          status: response.statusCode,
          durationMs: options.now() - startedAt,
        })
      })
      answer(request, response, files, options).catch((error: unknown) => {
        options.onError?.(error)
        fail(response)
      })
    },
  )
  const close = serverCloser(server)
  await listen(server, options)
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : options.port
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return { port, address: `http://${host === '0.0.0.0' || host === '[::]' ? 'localhost' : host}:${port}/`, close }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReturnType<typeof staticFiles>,
  options: ServerOptions,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD', ...SECURITY_HEADERS }).end()
    request.resume()
    return
  }
  const route = routeOf(request.url ?? '/', options.basePath)
  switch (route.kind) {
    case 'health':
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end('ok\n')
      return
    case 'redirect':
      response.writeHead(301, { location: route.location, ...SECURITY_HEADERS }).end()
      return
    case 'unknown':
      return sendMessage(request, response, 404, options)
    case 'file': {
      const file = await files.get(route.path)
      if (file === undefined) {
        const isReady = (await files.get('index.html')) !== undefined
        return sendMessage(request, response, isReady ? 404 : 503, options)
      }
      return sendFile(request, response, file, route)
    }
  }
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: NonNullable<Awaited<ReturnType<ReturnType<typeof staticFiles>['get']>>>,
  route: { readonly type: string; readonly isFeed: boolean },
): void {
  const encodings = request.headers['accept-encoding']
  const coding = chooseCoding(typeof encodings === 'string' ? encodings : undefined)
  const headers: Record<string, string | number> = {
    ...SECURITY_HEADERS,
    etag: file.etags[coding],
    'last-modified': new Date(file.modifiedAt).toUTCString(),
    'cache-control': `public, max-age=${FEED_MAX_AGE_S}`,
    vary: 'Accept-Encoding',
  }
  // Web readers fetch feeds from their own origin.
  if (route.isFeed) headers['access-control-allow-origin'] = '*'
  if (isNotModified(request.headers, file)) {
    response.writeHead(304, headers).end()
    return
  }
  const body = file.bodies[coding]
  headers['content-type'] = route.type
  headers['content-length'] = body.length
  if (coding !== 'identity') headers['content-encoding'] = coding
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body)
}

function sendMessage(request: IncomingMessage, response: ServerResponse, status: 404 | 503, options: ServerOptions): void {
  const body = Buffer.from(options.messagePage(status === 404 ? 'not-found' : 'not-ready'))
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
  }
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
}

function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy()
  else response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end('internal error\n')
}

function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      reject(
        isTaken
          ? new AppError('address-in-use', `${host}:${port}: expected a free port, another program listens there`, { cause: error })
          : error,
      )
    })
    server.listen({ host, port }, () => resolve())
  })
}
