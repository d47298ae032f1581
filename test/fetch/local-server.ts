import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, isIPv6, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import type { Clock } from '../../src/domain/time.ts'
import { createFetcher, type Fetcher, type FetchOptions } from '../../src/fetch/fetcher.ts'
import type { Lookup } from '../../src/fetch/guarded-connector.ts'

export interface LocalServer {
  /** `127.0.0.1:port` */
  readonly host: string
  readonly port: number
  readonly url: (path?: string) => string
  /** Connections accepted so far. */
  readonly connections: Socket[]
  readonly close: () => Promise<void>
}

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Serves on loopback until the end of the test. */
export async function serve(listener: RequestListener): Promise<LocalServer> {
  return await listening(createServer(listener), 'http')
}

/** Serves over TLS on loopback until the end of the test. */
export async function serveTls(identity: { readonly key: string; readonly cert: string }, listener: RequestListener): Promise<LocalServer> {
  return await listening(createTlsServer(identity, listener), 'https')
}

/** A fetcher that may talk to `servers`, closed at the end of the test. */
export function fetcherFor(servers: readonly LocalServer[], options: Partial<FetchOptions> = {}): Fetcher {
  const fetcher = createFetcher({
    userAgent: 'Kakehashi-test/1',
    timeoutMs: 5000,
    maxBytes: 1_000_000,
    concurrency: 8,
    perHost: 8,
    allowHosts: servers.map(({ host }) => host),
    now: stoppedClock,
    ...options,
  })
  closers.push(() => fetcher.close())
  return fetcher
}

export const stoppedClock: Clock = () => Date.UTC(2026, 0, 1)

async function listening(server: Server, scheme: string): Promise<LocalServer> {
  const connections: Socket[] = []
  server.on('connection', (socket: Socket) => connections.push(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  closers.push(async () => {
    if (server.listening) await close()
  })
  return { host, port, url: (path = '/feed') => `${scheme}://${host}${path}`, connections, close }
}

/** The least that can be asked without validators. */
export const NONE = { validators: {} }

export const FEED = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>架け橋</title></feed>'

export function send(
  response: ServerResponse,
  headers: Record<string, string | string[]> = {},
  body: string | Buffer = FEED,
  status = 200,
): void {
  response.writeHead(status, headers).end(body)
}

export function pourInto(response: ServerResponse, piece: Buffer): void {
  const pour = () => {
    while (!response.destroyed && response.write(piece));
  }
  response.on('drain', pour)
  pour()
}

/** Resolves when every connection the server accepted is closed; the test's time limit says when that is too late. */
export async function closed(server: LocalServer): Promise<void> {
  for (const socket of server.connections) if (!socket.closed) await new Promise(resolve => socket.on('close', resolve))
}

export function resolvingTo(addresses: readonly string[]): Lookup {
  return (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map(address => ({ address, family: isIPv6(address) ? 6 : 4 })),
    )
}
