import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLoopbackHost } from '../domain/loopback-host.ts'
import { SECURITY_HEADERS } from './response-headers.ts'
import { mediaTypeOf } from './routes.ts'

/** The operator's document and who may read it. */
export interface OperatorAccess {
  /** The Atom document of incidents, which lies outside the published folder. */
  readonly incidentsFile: string
  /** Absent where the site is for its own machine alone: then whoever is there may read it. */
  readonly login?: { readonly user: string; readonly password: string }
}

/** Sends the document of incidents to its operator (HTTP Basic, RFC 7617), and nothing to anybody else. */
export async function sendIncidents(request: IncomingMessage, response: ServerResponse, access: OperatorAccess): Promise<void> {
  const { login, incidentsFile } = access
  if (login === undefined && !isLoopbackHost(hostOf(request))) return refuse(response, 403)
  if (login !== undefined && !isLogin(request.headers.authorization, login)) return refuse(response, 401)
  const bytes = await readFile(incidentsFile).catch(() => undefined)
  if (bytes === undefined) return refuse(response, 404)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const headers = { ...PRIVATE, etag }
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end()
    return
  }
  response.writeHead(200, { ...headers, 'content-type': mediaTypeOf(incidentsFile).type, 'content-length': bytes.length })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

const PRIVATE = { ...SECURITY_HEADERS, 'cache-control': 'private, no-cache' } as const
const MESSAGES = { 401: 'log in', 403: 'not for you', 404: 'nothing has been noted yet' } as const

function refuse(response: ServerResponse, status: keyof typeof MESSAGES): void {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="Kakehashi", charset="UTF-8"' } : {}
  const headers = { ...SECURITY_HEADERS, ...challenge, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }
  response.writeHead(status, headers).end(`${MESSAGES[status]}\n`)
}

/** Digests have one length, and comparing them takes one time: neither tells how much of a guess is right. */
function isLogin(authorization: string | undefined, { user, password }: { readonly user: string; readonly password: string }): boolean {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization ?? '') ?? []
  return timingSafeEqual(digestOf(Buffer.from(encoded, 'base64')), digestOf(Buffer.from(`${user}:${password}`)))
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** Without a port. A page elsewhere whose host is pointed at this machine names that host (DNS rebinding). */
function hostOf({ headers }: IncomingMessage): string {
  return URL.parse(`http://${headers.host ?? ''}`)?.hostname ?? ''
}
