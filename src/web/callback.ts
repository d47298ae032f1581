import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ShortAnswer, sendText, turnAway } from './short-answer.ts'
import { bodyOf } from './whole-body.ts'

/** What a hub has sent, its body whole. */
export interface ReceivedDelivery {
  readonly body: Buffer
  readonly contentType: string | undefined
  /** `X-Hub-Signature`, as received. */
  readonly signature: string | undefined
}

/** Whether a delivery is let in. Exactly one of `take` and `abandon` is called then. */
export type Admission =
  | { readonly kind: 'refused'; readonly answer: ShortAnswer }
  | {
      readonly kind: 'admitted'
      readonly maxBytes: number
      readonly take: (delivery: ReceivedDelivery) => ShortAnswer
      /** The body did not come, or not as it was declared. */
      readonly abandon: () => void
    }

/** Who answers at `websub/<token>` (WebSub §5, §7). */
export interface Callbacks {
  readonly ask: (token: string, query: URLSearchParams) => Promise<ShortAnswer>
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
  sendText(response, await ask(token, query))
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
    return sendText(response, admission.take({ body, contentType, signature: typeof signature === 'string' ? signature : signature?.[0] }))
  admission.abandon()
  if (body !== 'cut-off') turnAway(response, { status: body === 'too-large' ? 413 : 415 })
}
