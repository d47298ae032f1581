import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { answerQuestion, type Callbacks, takeIn } from './callback.ts'
import type { BodyOnDisk, Coding, ServedFile } from './load-file.ts'
import { openBody } from './load-file.ts'
import { isNotModified } from './negotiation.ts'
import { type FlatHeaders, SECURITY_HEADERS } from './response-headers.ts'
import type { Route } from './routes.ts'
import type { StaticFiles } from './static-files.ts'

/** What answers are made from. */
export interface Answering {
  readonly files: StaticFiles
  readonly routeOf: (target: string) => Route
  readonly codingOf: (acceptEncoding: string) => Coding
  /** The page for a path that leads nowhere, or before anything was published. */
  readonly messagePage: (kind: 'not-found' | 'not-ready') => string
  /** Absent where nothing is subscribed to. */
  readonly callbacks?: Callbacks
}

const RETRY_AFTER_S = 30

/** Answers a request: at once from memory, else it gives the promise of having done so. */
export function answer(request: IncomingMessage, response: ServerResponse, answering: Answering): Promise<void> | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return takeInOrRefuse(request, response, answering)
  const route = answering.routeOf(request.url ?? '/')
  switch (route.kind) {
    case 'health':
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end('ok\n')
      return undefined
    case 'redirect':
      response.writeHead(301, { location: route.location, ...SECURITY_HEADERS }).end()
      return undefined
    case 'unknown':
      return sendMessage(request, response, 404, answering)
    case 'callback':
      if (answering.callbacks === undefined || request.method === 'HEAD') return sendMessage(request, response, 404, answering)
      return answerQuestion(request, response, route.token, answering.callbacks)
    case 'file': {
      const file = answering.files.fresh(route.paths[0])
      return file === undefined ? lookAndSend(request, response, route.paths, answering) : sendFile(request, response, file, answering)
    }
  }
}

/** Says that something went wrong on our side, as far as that can still be said. */
export function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy()
  else response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end('internal error\n')
}

function takeInOrRefuse(request: IncomingMessage, response: ServerResponse, answering: Answering): Promise<void> | undefined {
  const { callbacks, routeOf } = answering
  const route = request.method === 'POST' && callbacks !== undefined ? routeOf(request.url ?? '/') : undefined
  if (callbacks === undefined || route?.kind !== 'callback') return refuseMethod(request, response)
  return takeIn(request, response, route.token, callbacks)
}

function refuseMethod(request: IncomingMessage, response: ServerResponse): undefined {
  response.writeHead(405, { allow: 'GET, HEAD', ...SECURITY_HEADERS }).end()
  request.resume()
}

async function lookAndSend(
  request: IncomingMessage,
  response: ServerResponse,
  paths: readonly string[],
  answering: Answering,
): Promise<void> {
  for (const path of paths) {
    const file = await answering.files.get(path)
    if (file !== undefined) return sendFile(request, response, file, answering)
  }
  const isReady = (await answering.files.get('index.html')) !== undefined
  sendMessage(request, response, isReady ? 404 : 503, answering)
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: ServedFile, answering: Answering): Promise<void> | undefined {
  const { headers } = request
  const accepted = headers['accept-encoding']
  const form = file.forms[typeof accepted === 'string' ? answering.codingOf(accepted) : 'identity']
  if (isNotModified(headers, file)) response.writeHead(304, form.headers.notModified).end()
  else if (request.method === 'HEAD') response.writeHead(200, form.headers.whole).end()
  else if (form.body.kind === 'disk') return sendFromDisk(response, form.body, form.headers.whole)
  else response.writeHead(200, form.headers.whole).end(form.body.bytes)
  return undefined
}

async function sendFromDisk(response: ServerResponse, body: BodyOnDisk, headers: FlatHeaders): Promise<void> {
  const handle = await openBody(body)
  if (handle === undefined) {
    // Replaced in the second since it was looked at: the client comes back for the new version.
    response.writeHead(503, { 'retry-after': '1', 'cache-control': 'no-store', ...SECURITY_HEADERS }).end()
    return
  }
  response.writeHead(200, headers)
  try {
    await pipeline(handle.createReadStream({ end: body.length - 1 }), response)
  } catch (error) {
    // Clients may leave when they like.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error
  }
}

function sendMessage(request: IncomingMessage, response: ServerResponse, status: 404 | 503, { messagePage }: Answering): undefined {
  const body = Buffer.from(messagePage(status === 404 ? 'not-found' : 'not-ready'))
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
  }
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
}
