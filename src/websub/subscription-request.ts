/** What somebody asks our hub for (WebSub §5.1). */
export interface SubscriptionRequest {
  readonly mode: 'subscribe' | 'unsubscribe'
  /** As written; it comes back to the letter in the verification. */
  readonly topic: string
  /** http or https, without userinfo and fragment. */
  readonly callback: string
  readonly secret: string | null
  /** Undefined where none is wished for. */
  readonly leaseSeconds?: number
}

/** A form as it was understood, or why it was not, for whoever sent it. */
export type RequestReading =
  | { readonly kind: 'request'; readonly request: SubscriptionRequest }
  | { readonly kind: 'refused'; readonly because: string }

const LONGEST_ADDRESS = 2_000
// WebSub §5.1: less than 200 bytes.
const LONGEST_SECRET_BYTES = 199

/** Reads the form of a request to a hub. Of a name that is repeated the first counts. */
export function requestIn(form: URLSearchParams): RequestReading {
  const [mode, topic, secret] = [form.get('hub.mode'), form.get('hub.topic'), form.get('hub.secret')]
  if (mode === 'publish') return refused('this hub knows by itself when one of its feeds has changed')
  if (mode !== 'subscribe' && mode !== 'unsubscribe') return refused('hub.mode is neither subscribe nor unsubscribe')
  if (topic === null || topic === '' || topic.length > LONGEST_ADDRESS) return refused('hub.topic is missing or too long')
  const callback = callbackOf(form.get('hub.callback'))
  if (callback === undefined) return refused('hub.callback is not an http: or https: address that a hub can use')
  if (secret !== null && Buffer.byteLength(secret) > LONGEST_SECRET_BYTES) return refused('hub.secret has 200 bytes or more')
  const lease = form.get('hub.lease_seconds') ?? ''
  const common = { mode, topic, callback, secret: secret === '' ? null : secret } as const
  // A hub may grant another lease than is wished for: what cannot be read is no wish.
  return { kind: 'request', request: /^\d{1,12}$/.test(lease) ? { ...common, leaseSeconds: Number(lease) } : common }
}

/** The address a subscriber is asked at whether it means it (WebSub §5.3). What its own query says stays as it is. */
export function verificationAddress(callback: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(callback)
  const own = url.search === '' ? '?' : `${url.search}&`
  url.search = own + new URLSearchParams(parameters)
  return url.href
}

function callbackOf(text: string | null): string | undefined {
  const url = text === null || text.length > LONGEST_ADDRESS ? null : URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  return url.username !== '' || url.password !== '' || url.hash !== '' || url.href.length > LONGEST_ADDRESS ? undefined : url.href
}

function refused(because: string): RequestReading {
  return { kind: 'refused', because }
}
