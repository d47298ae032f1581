import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ShortAnswer, sendText, turnAway } from './short-answer.ts'
import { bodyOf } from './whole-body.ts'

/** Who answers at the address of the site's own hub (WebSub §5). */
export interface HubDoor {
  /** Whether the site is a hub at all. */
  readonly isOpen: () => boolean
  readonly take: (form: URLSearchParams) => Promise<ShortAnswer>
}

// Topic and callback of 2,000 characters each, percent-encoded, and a secret.
const MAX_FORM_BYTES = 16_000

/** Takes the form of somebody who wants to subscribe, or no longer. */
export async function takeForm(request: IncomingMessage, response: ServerResponse, { take }: HubDoor): Promise<void> {
  const { 'content-length': length, 'content-encoding': coding, 'content-type': type = '' } = request.headers
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)
  if (!isForm || (coding !== undefined && coding !== 'identity'))
    return turnAway(response, { status: 415, text: 'expected a form: application/x-www-form-urlencoded\n' })
  if (Number(length ?? 0) > MAX_FORM_BYTES) return turnAway(response, { status: 413 })
  const body = await bodyOf(request, MAX_FORM_BYTES)
  if (body instanceof Buffer) sendText(response, await take(new URLSearchParams(body.toString('utf8'))))
  else if (body === 'too-large') turnAway(response, { status: 413 })
}
