import { createServer, type IncomingMessage, type ServerOptions as NodeServerOptions, type Server, type ServerResponse } from 'node:http'
import { AppError } from '../domain/app-error.ts'
import type { Clock } from '../domain/time.ts'
import { type Answering, answer, fail } from './answer.ts'
import { boundedMemo } from './bounded-memo.ts'
import { serverCloser } from './close-server.ts'
import { chooseCoding } from './negotiation.ts'
import { routeOf } from './routes.ts'
import { staticFiles } from './static-files.ts'

/** What the server shows and says. */
export interface ServerOptions extends Pick<Answering, 'messagePage' | 'callbacks'> {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** What is served now; asked for each request. */
  readonly place: () => ServedPlace
  readonly now: Clock
  readonly onRequest?: (request: {
    readonly method: string
    readonly path: string
    readonly status: number
    readonly durationMs: number
  }) => void
  readonly onError?: (error: unknown) => void
  readonly limits?: Partial<ServerLimits>
}

/** The published folder, and the path of the site's address: not percent-encoded, ending in `/`. */
export interface ServedPlace {
  readonly folder: string
  readonly basePath: string
}

/** What one client may cost. */
export interface ServerLimits {
  /** From connecting, or from the first byte of a further request, to the end of its headers. */
  readonly headersMs: number
  /** The same to the end of the whole request. */
  readonly requestMs: number
  /** How long a client may take nothing of its answer. */
  readonly stalledMs: number
  /** Connections at a time; further ones are closed at once. */
  readonly connections: number
}

export interface RunningServer {
  readonly port: number
  /** `http://host:port/`. */
  readonly address: string
  /** Takes no new requests, lets those under way finish for up to ten seconds, and ends. */
  readonly close: () => Promise<void>
}

// Far more connections than the readers of one site open at a time; without a bound they could take every file handle
// that the store and the polls need.
const LIMITS: ServerLimits = { headersMs: 10_000, requestMs: 15_000, stalledMs: 60_000, connections: 2_000 }
// Readers send a handful of spellings of Accept-Encoding, and ask for the files there are.
const CODINGS_KEPT = { entries: 100, longest: 200 }
const ROUTES_KEPT = { entries: 2_000, longest: 500 }

/**
 * Serves the published folder: GET and HEAD, compressed copies made beforehand, strong ETags, 304. Hubs may POST to callbacks.
 *
 * @throws AppError `address-in-use` when the port is taken
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...LIMITS, ...options.limits }
  const answering = currentAnswering(options)
  const server = createServer(httpOptions(limits), (request, response) => {
    if (options.onRequest !== undefined) reportAtEnd(request, response, options)
    const failed = (error: unknown) => {
      options.onError?.(error)
      fail(response)
    }
    try {
      answer(request, response, answering())?.catch(failed)
    } catch (error) {
      failed(error)
    }
  })
  server.setTimeout(limits.stalledMs)
  server.maxConnections = limits.connections
  const close = serverCloser(server)
  await listen(server, options)
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : options.port
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return { port, address: `http://${host === '0.0.0.0' || host === '[::]' ? 'localhost' : host}:${port}/`, close }
}

function httpOptions({ headersMs, requestMs }: ServerLimits): NodeServerOptions {
  return {
    maxHeaderSize: 16_384,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: 15_000,
    // Node looks for connections that are late every half minute unless told otherwise.
    connectionsCheckingInterval: Math.min(1_000, headersMs),
  }
}

/** Gives what answers are made from, which changes when another place is served. */
function currentAnswering({ place, now, messagePage, callbacks }: ServerOptions): () => Answering {
  const codingOf = boundedMemo(chooseCoding, CODINGS_KEPT)
  const open = ({ folder, basePath }: ServedPlace): Answering => ({
    files: staticFiles(folder, now),
    routeOf: boundedMemo(target => routeOf(target, basePath), ROUTES_KEPT),
    ...{ codingOf, messagePage, ...(callbacks === undefined ? {} : { callbacks }) },
  })
  let served = place()
  let answering = open(served)
  return () => {
    const wanted = place()
    if (wanted.folder !== served.folder || wanted.basePath !== served.basePath) answering = open(wanted)
    served = wanted
    return answering
  }
}

function reportAtEnd(request: IncomingMessage, response: ServerResponse, { now, onRequest }: ServerOptions): void {
  const startedAt = now()
  response.on('finish', () => {
    onRequest?.({
      method: request.method ?? '',
      path: shownPath(request.url ?? ''),
      status: response.statusCode,
      durationMs: now() - startedAt,
    })
  })
}

/** Queries, and the tokens of callbacks, are secrets. */
function shownPath(target: string): string {
  return (target.split('?')[0] ?? '').replace(/(\/websub\/).+/, '$1…')
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
