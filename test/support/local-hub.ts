import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEnd } from './at-end.ts'

/** What a subscriber asked of the hub. */
export interface HubRequest {
  readonly mode: string
  readonly topic: string
  readonly callback: string
  readonly secret: string
  readonly leaseSeconds: number
}

/** How the hub treats requests; a test may change it at any time. */
export interface HubManner {
  /** Answer to a request, 202 unless changed. */
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  /** `before` the answer, `after` it, or not at all. */
  verifies: 'before' | 'after' | 'never'
  leaseSeconds: number
}

/** What came of a request of the hub's at a callback. */
export interface CallbackResult {
  readonly status: number
  readonly text: string
  readonly type: string | null
}

/** What a delivery may differ in from an honest one. */
export interface DeliveryChanges {
  readonly secret?: string
  readonly method?: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  /** Null sends none. */
  readonly signature?: string | null
  readonly type?: string
}

/** A WebSub hub on loopback that knows nothing but what subscribers tell it. */
export interface LocalHub {
  /** `127.0.0.1:port` */
  readonly host: string
  readonly url: string
  readonly manner: HubManner
  readonly requests: HubRequest[]
  /** Verified subscriptions by their callback. */
  readonly subscribers: Map<string, HubRequest>
  /** Where callbacks are reached, as a proxy in front of the site would have it. */
  reachAt: (callback: string) => string
  /** Waits for the verifications under way. */
  readonly settled: () => Promise<void>
  /** Asks a callback something. */
  readonly ask: (callback: string, query: Readonly<Record<string, string>>) => Promise<CallbackResult>
  /** Sends a document, signed, to every subscriber of a topic; gives what they answer. */
  readonly distribute: (topic: string, body: string | Buffer, changes?: DeliveryChanges) => Promise<readonly number[]>
}

/** Serves a hub until the tests of the file are done. */
export async function startHub(): Promise<LocalHub> {
  const requests: HubRequest[] = []
  const subscribers = new Map<string, HubRequest>()
  const verifications = new Set<Promise<void>>()
  const manner: HubManner = { status: 202, headers: {}, body: '', verifies: 'after', leaseSeconds: 864_000 }
  const ask: LocalHub['ask'] = async (callback, query) => {
    const response = await fetch(`${hub.reachAt(callback)}?${new URLSearchParams(query)}`, { redirect: 'manual' })
    return { status: response.status, text: await response.text(), type: response.headers.get('content-type') }
  }
  const verify = async (request: HubRequest) => {
    const { mode, topic, callback } = request
    const challenge = `challenge-${requests.length}`
    const lease = String(manner.leaseSeconds)
    const { status, text } = await ask(callback, {
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.challenge': challenge,
      'hub.lease_seconds': lease,
    })
    if (status !== 200 || text !== challenge) return
    if (mode === 'subscribe') subscribers.set(callback, request)
    else subscribers.delete(callback)
  }
  const begin = (request: HubRequest) => {
    const verification = verify(request).catch(() => undefined)
    verifications.add(verification)
    return verification.finally(() => verifications.delete(verification))
  }
  const server = createServer(async (incoming, response) => {
    const request = await requestIn(incoming)
    requests.push(request)
    const { status, verifies } = manner
    if (status === 202 && verifies === 'before') await begin(request)
    answer(response, manner)
    if (status === 202 && verifies === 'after') void begin(request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  atEnd(() => {
    server.close()
    server.closeAllConnections()
  })
  const hub: LocalHub = {
    ...{ host, manner, requests, subscribers, ask },
    url: `http://${host}/`,
    reachAt: callback => callback,
    settled: async () => {
      while (verifications.size > 0) await Promise.all(verifications)
    },
    distribute: async (topic, body, changes = {}) => {
      const statuses: number[] = []
      for (const [callback, subscriber] of subscribers)
        if (subscriber.topic === topic) statuses.push(await deliver(hub.reachAt(callback), subscriber, body, hub.url, changes))
      return statuses
    },
  }
  return hub
}

/** The signature header of a body. */
export function signatureOf(body: string | Buffer, secret: string, method = 'sha256'): string {
  return `${method}=${createHmac(method, secret).update(body).digest('hex')}`
}

async function deliver(
  url: string,
  { topic, secret }: HubRequest,
  body: string | Buffer,
  hub: string,
  changes: DeliveryChanges,
): Promise<number> {
  const { method = 'sha256', type = 'application/atom+xml' } = changes
  const signature = changes.signature === undefined ? signatureOf(body, changes.secret ?? secret, method) : changes.signature
  const headers = { 'content-type': type, link: `<${hub}>; rel="hub", <${topic}>; rel="self"` }
  const signed = signature === null ? headers : { ...headers, 'x-hub-signature': signature }
  const response = await fetch(url, { method: 'POST', headers: signed, body: typeof body === 'string' ? body : new Uint8Array(body) })
  await response.arrayBuffer()
  return response.status
}

async function requestIn(incoming: IncomingMessage): Promise<HubRequest> {
  const pieces: Buffer[] = []
  for await (const piece of incoming) pieces.push(piece as Buffer)
  const form = new URLSearchParams(Buffer.concat(pieces).toString())
  const value = (name: string) => form.get(`hub.${name}`) ?? ''
  return {
    mode: value('mode'),
    topic: value('topic'),
    callback: value('callback'),
    secret: value('secret'),
    leaseSeconds: Number(value('lease_seconds')),
  }
}

function answer(response: ServerResponse, { status, headers, body }: HubManner): void {
  response.writeHead(status, headers).end(body)
}
