import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { atEnd } from '../support/at-end.ts'

/** A request as it came in. */
export interface Visit {
  readonly method: string
  /** Path with query. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
}

/** What a page answers; text alone is a feed that comes with 200. */
export type Reply =
  | string
  | {
      readonly status?: number
      readonly headers?: Readonly<Record<string, string | readonly string[]>>
      readonly body?: string | Buffer
      /** Takes the request and never answers. */
      readonly isSilent?: boolean
    }

/** A site on loopback that notes how it is visited. */
export interface WatchedSite {
  /** `127.0.0.1:port` */
  readonly host: string
  readonly url: (path: string) => string
  /** What each path answers, to be changed at any time; a function is asked at each visit. What is not there is a 404. */
  readonly pages: Map<string, Reply | ((visit: Visit) => Reply)>
  /** In the order they came. */
  readonly visits: Visit[]
  /** Most requests that were under way at once, here and at the sites that share its tally. */
  readonly peak: () => number
  readonly close: () => Promise<void>
}

/**
 * Opens a site until the tests of the file are done.
 *
 * @param delayMs how long it thinks about each answer
 */
export async function openSite(
  pages: Readonly<Record<string, Reply | ((visit: Visit) => Reply)>>,
  delayMs = 0,
  tally = { underWay: 0, peak: 0 },
): Promise<WatchedSite> {
  const current = new Map(Object.entries(pages))
  const visits: Visit[] = []
  const server = createServer(async (request, response) => {
    const visit = { method: request.method ?? '', target: request.url ?? '', headers: request.headers }
    visits.push(visit)
    tally.peak = Math.max(tally.peak, ++tally.underWay)
    response.once('close', () => tally.underWay--)
    if (delayMs > 0) await sleep(delayMs)
    const page = current.get(visit.target) ?? current.get(visit.target.replace(/\?.*/, ''))
    send(typeof page === 'function' ? page(visit) : page, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  atEnd(close)
  return { host, url: path => `http://${host}${path}`, pages: current, visits, peak: () => tally.peak, close }
}

function send(reply: Reply | undefined, response: ServerResponse): void {
  if (typeof reply === 'object' && reply.isSilent === true) return
  const {
    status = 200,
    headers = {},
    body = '',
  } = reply === undefined ? { status: 404 } : typeof reply === 'string' ? { body: reply } : reply
  if (status === 200) response.setHeader('content-type', 'application/rss+xml')
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.writeHead(status).end(body)
}
