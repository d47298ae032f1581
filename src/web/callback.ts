import type { IncomingMessage, ServerResponse } from 'node:http'
import { SECURITY_HEADERS } from './response-headers.ts'

/** A short answer to a hub. */
export interface CallbackAnswer {
  readonly status: number
  /** Sent as plain text. */
  readonly text?: string
  readonly retryAfterS?: number
}

/** What a hub has sent, its body whole. */
export interface ReceivedDelivery {
  readonly body: Buffer
  readonly contentType: string | undefined
  /** `X-Hub-Signature`, as received. */
  readonly signature: string | undefined
}

/** Whether a delivery is let in. Exactly one of `take` and `abandon` is called then. */
export type Admission =
  | { readonly kind: 'refused'; readonly answer: CallbackAnswer }
  | {
      readonly kind: 'admitted'
      readonly maxBytes: number
      readonly take: (delivery: ReceivedDelivery) => CallbackAnswer
      /** The body did not come, or not as it was declared. */
      readonly abandon: () => void
    }

/** Who answers at `websub/<token>` (WebSub §5, §7). */
export interface Callbacks {
  readonly ask: (token: string, query: URLSearchParams) => Promise<CallbackAnswer>
  /**
   * Decides before a byte of the body is read.
   *
   * @param length the Content-Length, where there is one
   */
  readonly admit: (token: string, length: number | undefined) => Promise<Admission>
}

/** Answers a hub's question. */
export async function answerQuestion(request: IncomingMessage, response: ServerResponse, token: string, { ask }: Callbacks): Promise<void> {
  const query = URL.parse(request.url ?? '', 'http://localhost')?.searchParams ?? new URLSearchParams()
  send(response, await ask(token, query))
}

/** Takes in what a hub delivers; a client that cannot be let in is turned away without its body being read. */
export async function takeIn(request: IncomingMessage, response: ServerResponse, token: string, { admit }: Callbacks): Promise<void> {
  const {
    'content-length': length,
    'content-encoding': coding,
    'content-type': contentType,
    'x-hub-signature': signature,
  } = request.headers
  const admission = await admit(token, length === undefined ? undefined : Number(length))
  if (admission.kind === 'refused') return turnAway(response, admission.answer)
  // The signature is of the bytes as sent; no hub compresses them.
  const isPlain = coding === undefined || coding === 'identity'
  const body = isPlain ? await bodyOf(request, admission.maxBytes) : 'unknown-coding'
  if (body instanceof Buffer)
    return send(response, admission.take({ body, contentType, signature: typeof signature === 'string' ? signature : signature?.[0] }))
  admission.abandon()
  if (body !== 'cut-off') turnAway(response, { status: body === 'too-large' ? 413 : 415 })
}

/** Reads a body to its end, for as long as the server's limit on requests allows. */
function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large' | 'cut-off'> {
  return new Promise(resolve => {
    const pieces: Buffer[] = []
    let size = 0
    request.on('data', (piece: Buffer) => {
      size += piece.length
      if (size <= maxBytes) pieces.push(piece)
      else resolve('too-large')
    })
    request.on('end', () => resolve(Buffer.concat(pieces, Math.min(size, maxBytes))))
    for (const event of ['error', 'close']) request.on(event, () => resolve('cut-off'))
    if (request.destroyed) resolve('cut-off')
  })
}

/** The connection ends with the answer: what is still to come of the request is nobody's. */
function turnAway(response: ServerResponse, answer: CallbackAnswer): void {
  response.setHeader('connection', 'close')
  send(response, answer)
}

function send(response: ServerResponse, { status, text = '', retryAfterS }: CallbackAnswer): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
  })
  response.end(text)
}
