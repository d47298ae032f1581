import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'
import { atEnd } from './at-end.ts'

/** What a hub asked at the callback. */
export interface Verification {
  readonly mode: string
  readonly topic: string
  readonly challenge: string
  readonly leaseSeconds: number
  readonly reason: string
}

/** What a hub delivered. */
export interface Push {
  readonly body: string
  readonly type: string
  readonly link: string
  /** Whether the HMAC of its bytes is the one the header names; undefined without a header. */
  readonly isSigned: boolean | undefined
  readonly at: number
}

/** How the subscriber answers; a test may change it at any time. */
export interface SubscriberManner {
  confirms: boolean
  /** Answer to a delivery. */
  status: number
  headers: Readonly<Record<string, string>>
  /** Takes requests and never answers. */
  isSilent: boolean
}

/** A WebSub subscriber on loopback (W3C Recommendation 2018-01-23 §3.1.1), which knows of the hub what the topic says of it. */
export interface LocalSubscriber {
  /** `127.0.0.1:port` */
  readonly host: string
  readonly callback: string
  readonly secret: string
  readonly manner: SubscriberManner
  readonly verifications: Verification[]
  readonly pushes: Push[]
  /** Finds the topic and its hub in the Link header of an address, and asks the hub. */
  readonly subscribe: (address: string, changes?: Readonly<Record<string, string>>) => Promise<HubAnswer>
  readonly unsubscribe: (address: string) => Promise<HubAnswer>
  /** Waits until it has had so many verifications, or deliveries. */
  readonly verified: (count: number) => Promise<Verification>
  readonly pushed: (count: number) => Promise<Push>
  readonly close: () => Promise<void>
}

/** What a hub answered to a request. */
export interface HubAnswer {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | null
}

/** Serves a subscriber until the tests of the file are done. */
export async function startSubscriber(path = '/callback?reader=1'): Promise<LocalSubscriber> {
  const verifications: Verification[] = []
  const pushes: Push[] = []
  const secret = randomBytes(20).toString('hex')
  const manner: SubscriberManner = { confirms: true, status: 200, headers: {}, isSilent: false }
  const server = createServer(async (request, response) => {
    if (manner.isSilent) return
    if (request.method === 'GET') answerVerification(request, response, { verifications, manner })
    else if (request.method === 'POST') {
      pushes.push(await pushIn(request, secret))
      response.writeHead(manner.status, manner.headers).end()
    } else response.writeHead(405).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  atEnd(close)
  const callback = `http://${host}${path}`
  const ask = async (mode: string, address: string, changes: Readonly<Record<string, string>> = {}) => {
    const { hub, topic } = await discovered(address)
    const form = { 'hub.mode': mode, 'hub.topic': topic, 'hub.callback': callback, 'hub.secret': secret, ...changes }
    return askHub(hub, form)
  }
  return {
    ...{ host, callback, secret, manner, verifications, pushes, close },
    subscribe: (address, changes) => ask('subscribe', address, changes),
    unsubscribe: address => ask('unsubscribe', address),
    verified: count => nth(verifications, count),
    pushed: count => nth(pushes, count),
  }
}

/** Posts a form to a hub. */
export async function askHub(hub: string, form: Readonly<Record<string, string>>): Promise<HubAnswer> {
  const response = await fetch(hub, { method: 'POST', body: new URLSearchParams(form) })
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') }
}

/** What a topic says of itself (WebSub §4). */
export async function discovered(address: string): Promise<{ readonly hub: string; readonly topic: string }> {
  const response = await fetch(address)
  await response.arrayBuffer()
  const link = response.headers.get('link') ?? ''
  const of = (rel: string) => new RegExp(`<([^>]+)>\\s*;[^,<]*rel="${rel}"`).exec(link)?.[1]
  const [hub, topic] = [of('hub'), of('self')]
  if (hub === undefined || topic === undefined) throw new Error(`no hub or no topic in ${response.status} "${link}"`)
  return { hub, topic }
}

function answerVerification(
  request: IncomingMessage,
  response: ServerResponse,
  { verifications, manner }: { readonly verifications: Verification[]; readonly manner: SubscriberManner },
): void {
  const { searchParams: query } = new URL(request.url ?? '', 'http://localhost')
  const value = (name: string) => query.get(`hub.${name}`) ?? ''
  const challenge = value('challenge')
  verifications.push({
    ...{ mode: value('mode'), topic: value('topic'), challenge, reason: value('reason') },
    leaseSeconds: Number(value('lease_seconds')),
  })
  if (manner.confirms && query.get('reader') === '1') response.writeHead(200).end(challenge)
  else response.writeHead(404).end()
}

async function pushIn(request: IncomingMessage, secret: string): Promise<Push> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const body = Buffer.concat(pieces)
  const [method, signature] = String(request.headers['x-hub-signature'] ?? '').split('=')
  const { 'content-type': type = '', link = '' } = request.headers
  return {
    body: body.toString('utf8'),
    type,
    link: String(link),
    isSigned: method ? createHmac(method, secret).update(body).digest('hex') === signature : undefined,
    at: performance.now(),
  }
}

function nth<T>(list: readonly T[], count: number): Promise<T> {
  return vi.waitFor(
    () => {
      const found = list[count - 1]
      if (found === undefined) throw new Error(`${list.length} of ${count} have come`)
      return found
    },
    { timeout: 10_000, interval: 10 },
  )
}
