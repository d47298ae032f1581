import type { ServerResponse } from 'node:http'
import { SECURITY_HEADERS } from './response-headers.ts'

/** A short answer to a program. */
export interface ShortAnswer {
  readonly status: number
  /** Sent as plain text. */
  readonly text?: string
  readonly retryAfterS?: number
}

/** Sends it and ends the connection: what is still to come of the request is nobody's. */
export function turnAway(response: ServerResponse, answer: ShortAnswer): void {
  response.setHeader('connection', 'close')
  sendText(response, answer)
}

/** Sends it, to be kept by nobody. */
export function sendText(response: ServerResponse, { status, text = '', retryAfterS }: ShortAnswer): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
  })
  response.end(text)
}
