import { createServer, type IncomingMessage, type ServerOptions as NodeServerOptions, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, Server as TlsServer } from 'node:https'
import { AppError } from '../domain/app-error.ts'
import type { Clock } from '../domain/time.ts'
import { type Answering, answer, fail } from './answer.ts'
import { boundedMemo } from './bounded-memo.ts'
import { serverCloser } from './close-server.ts'
import type { FormerSlugs } from './former-feed.ts'
import { chooseCoding } from './negotiation.ts'
import { type ProxyTrust, proxyTrust, requestOrigin } from './proxies.ts'
import type { ServedSite } from './response-headers.ts'
import { routeOf } from './routes.ts'
import { staticFiles } from './static-files.ts'

/** What the server shows and says. */
export interface ServerOptions extends Pick<Answering, 'messagePage' | 'callbacks' | 'hub' | 'operator'> {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** What is served now; asked for each request. */
  readonly place: () => ServedPlace
  readonly now: Clock
  /** Without it plain HTTP is spoken. */
  readonly tls?: Certificate
  /** IP addresses and networks whose `X-Forwarded-*` headers are believed; nobody's unless given. */
  readonly trustedProxies?: readonly string[]
  readonly onRequest?: (request: ServedRequest) => void
  readonly onError?: (error: unknown) => void
  readonly limits?: Partial<ServerLimits>
}

/** A certificate with its chain, and its key: PEM. */
export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
}

/** A request as it is logged. */
export interface ServedRequest {
  readonly method: string
  /** Without its query. */
  readonly path: string
  readonly status: number
  readonly durationMs: number
  /** IP address, as far as trusted proxies tell. */
  readonly client: string
  readonly scheme: 'http' | 'https'
  readonly host: string
}

/** The published folder and what is said about it. */
export interface ServedPlace {
  readonly folder: string
  /** Path of the site's address: not percent-encoded, ending in `/`. */
  readonly basePath: string
  readonly site: ServedSite
  readonly formerSlugs: FormerSlugs
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
  /** `http://host:port/`, or `https:`. */
  readonly address: string
  /** Puts a new certificate in force for new connections; nothing happens where plain HTTP is spoken. */
  readonly renewCertificate: (certificate: Certificate) => void
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
  const isTrusted = proxyTrust(options.trustedProxies ?? [])
  const server = openServer(limits, options.tls, (request, response) => {
    if (options.onRequest !== undefined) reportAtEnd(request, response, options, isTrusted)
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
  return {
    port,
    address: `${options.tls === undefined ? 'http' : 'https'}://${host === '0.0.0.0' || host === '[::]' ? 'localhost' : host}:${port}/`,
    close,
    renewCertificate: certificate => {
      if (server instanceof TlsServer) server.setSecureContext(certificate)
    },
  }
}

function openServer(
  limits: ServerLimits,
  tls: Certificate | undefined,
  take: (request: IncomingMessage, response: ServerResponse) => void,
): Server | TlsServer {
  const options = httpOptions(limits)
  if (tls === undefined) return createServer(options, take)
  return createTlsServer({ ...options, ...tls, handshakeTimeout: limits.headersMs }, take)
}

function httpOptions({ headersMs, requestMs }: ServerLimits): NodeServerOptions {
  return {
    maxHeaderSize: 16_384,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: 15_000,
    // Node looks for connections that are late every half minute unless told otherwise.
    connectionsCheckingInterval: Math.min(1_000, headersMs),
    // Most requests have no body, and setting up a stream for it takes a tenth of the time of answering 304.
    optimizeEmptyRequests: true,
  }
}

/** Gives what answers are made from, which changes when another place is served. */
function currentAnswering({ place, now, messagePage, callbacks, hub, operator }: ServerOptions): () => Answering {
  const codingOf = boundedMemo(chooseCoding, CODINGS_KEPT)
  const open = ({ folder, basePath, site, formerSlugs }: ServedPlace): Answering => ({
    files: staticFiles(folder, now, site),
    routeOf: boundedMemo(target => routeOf(target, basePath), ROUTES_KEPT),
    ...{ codingOf, messagePage, formerSlugs },
    ...(callbacks === undefined ? {} : { callbacks }),
    ...(hub === undefined ? {} : { hub }),
    ...(operator === undefined ? {} : { operator }),
  })
  let served = place()
  let answering = open(served)
  return () => {
    const wanted = place()
    if (wanted === served) return answering
    if (isSamePlace(wanted, served)) answering = { ...answering, formerSlugs: wanted.formerSlugs }
    else answering = open(wanted)
    served = wanted
    return answering
  }
}

/** Whether the files and what their headers say of them are the same. */
function isSamePlace(a: ServedPlace, b: ServedPlace): boolean {
  return a.folder === b.folder && a.basePath === b.basePath && JSON.stringify(a.site) === JSON.stringify(b.site)
}

function reportAtEnd(
  request: IncomingMessage,
  response: ServerResponse,
  { now, onRequest, tls }: ServerOptions,
  isTrusted: ProxyTrust,
): void {
  const startedAt = now()
  // Once the connection is closed, nobody knows whose it was.
  const peer = { address: request.socket.remoteAddress ?? '', isEncrypted: tls !== undefined }
  response.on('finish', () => {
    onRequest?.({
      method: request.method ?? '',
      path: shownPath(request.url ?? ''),
      status: response.statusCode,
      durationMs: now() - startedAt,
      ...requestOrigin(peer, request.headers, isTrusted),
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
