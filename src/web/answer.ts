import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { answerQuestion, type Callbacks, takeIn } from './callback.ts'
import { type FormerFeed, type FormerSlugs, formerFeed } from './former-feed.ts'
import { type HubDoor, takeForm } from './hub.ts'
import type { BodyOnDisk, Coding, ServedFile } from './load-file.ts'
import { openBody } from './load-file.ts'
import { isNotModified } from './negotiation.ts'
import { type OperatorAccess, sendIncidents } from './operator.ts'
import { type FlatHeaders, PREFLIGHT_HEADERS, SECURITY_HEADERS } from './response-headers.ts'
import { mediaTypeOf, type Route } from './routes.ts'
import type { StaticFiles } from './static-files.ts'

/** What answers are made from. */
export interface Answering {
  readonly files: StaticFiles
  readonly routeOf: (target: string) => Route
  readonly codingOf: (acceptEncoding: string) => Coding
  /** The page for a path that leads nowhere, to a feed that is no more, or before anything was published. */
  readonly messagePage: (kind: MessageKind) => string
  readonly formerSlugs: FormerSlugs
  /** Who may read what is the operator's; asked for each request. Absent, or giving nothing, where nobody may. */
  readonly operator?: () => OperatorAccess | undefined
  /** Absent where nothing is subscribed to. */
  readonly callbacks?: Callbacks
  /** Absent where nobody can subscribe here. */
  readonly hub?: HubDoor
}

export type MessageKind = 'not-found' | 'gone' | 'not-ready'

const RETRY_AFTER_S = 30
// No address of ours comes near; the headers in all may have twice as many.
const MAX_TARGET_CHARACTERS = 8_000
const STATUS = { 'not-found': 404, gone: 410, 'not-ready': 503 } as const

/** Answers a request: at once from memory, else it gives the promise of having done so. */
export function answer(request: IncomingMessage, response: ServerResponse, answering: Answering): Promise<void> | undefined {
  const target = request.url ?? '/'
  if (target.length > MAX_TARGET_CHARACTERS) return sendShort(response, 414)
  if (request.method !== 'GET' && request.method !== 'HEAD') return takeInOrRefuse(request, response, answering)
  const route = answering.routeOf(target)
  switch (route.kind) {
    case 'health':
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end('ok\n')
      return undefined
    case 'redirect':
      response.writeHead(301, { location: route.location, ...SECURITY_HEADERS }).end()
      return undefined
    case 'unknown':
      return sendMessage(request, response, 'not-found', answering)
    case 'icon':
      return sendShort(response, 404, { 'cache-control': 'public, max-age=86400' })
    case 'operator': {
      const access = answering.operator?.()
      return access === undefined ? sendMessage(request, response, 'not-found', answering) : sendIncidents(request, response, access)
    }
    case 'hub':
      return answering.hub?.isOpen() ? refuseMethod(request, response, 'POST') : sendMessage(request, response, 'not-found', answering)
    case 'callback':
      if (answering.callbacks === undefined || request.method === 'HEAD') return sendMessage(request, response, 'not-found', answering)
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

const ALLOWED = 'GET, HEAD, OPTIONS'

function takeInOrRefuse(request: IncomingMessage, response: ServerResponse, answering: Answering): Promise<void> | undefined {
  const { callbacks, hub, routeOf } = answering
  if (request.method === 'OPTIONS') return sendOptions(request, response, routeOf(request.url ?? '/'))
  const route = request.method === 'POST' ? routeOf(request.url ?? '/') : undefined
  if (route?.kind === 'callback' && callbacks !== undefined) return takeIn(request, response, route.token, callbacks)
  return route?.kind === 'hub' && hub?.isOpen() ? takeForm(request, response, hub) : refuseMethod(request, response)
}

function refuseMethod(request: IncomingMessage, response: ServerResponse, allow = ALLOWED): undefined {
  response.writeHead(405, { allow, ...SECURITY_HEADERS }).end()
  request.resume()
}

/** A page of another origin may fetch what is for readers (Fetch, CORS-preflight). */
function sendOptions(request: IncomingMessage, response: ServerResponse, route: Route): undefined {
  const isForReaders = route.kind === 'file' && mediaTypeOf(route.paths[0]).isForReaders
  response.writeHead(204, { allow: ALLOWED, ...SECURITY_HEADERS, ...(isForReaders ? PREFLIGHT_HEADERS : {}) }).end()
  request.resume()
}

/** An answer that nobody reads. */
function sendShort(response: ServerResponse, status: 404 | 414, headers: Readonly<Record<string, string>> = {}): undefined {
  response.writeHead(status, { 'content-length': '0', ...SECURITY_HEADERS, ...headers }).end()
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
  const former = formerOf(paths, answering)
  if (former?.kind === 'moved') return void response.writeHead(301, { location: former.location, ...SECURITY_HEADERS }).end()
  if (former?.kind === 'gone') return sendMessage(request, response, 'gone', answering)
  const isReady = (await answering.files.get('index.html')) !== undefined
  sendMessage(request, response, isReady ? 'not-found' : 'not-ready', answering)
}

function formerOf(paths: readonly string[], { formerSlugs }: Answering): FormerFeed | undefined {
  for (const path of paths) {
    const former = formerFeed(path, formerSlugs)
    if (former !== undefined) return former
  }
  return undefined
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

function sendMessage(request: IncomingMessage, response: ServerResponse, kind: MessageKind, { messagePage }: Answering): undefined {
  const body = Buffer.from(messagePage(kind))
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(kind === 'not-ready' ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
  }
  response.writeHead(STATUS[kind], headers).end(request.method === 'HEAD' ? undefined : body)
}
