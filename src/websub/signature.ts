import { createHmac, timingSafeEqual } from 'node:crypto'

const HEADER = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i

/** The value of `X-Hub-Signature` for a body (WebSub §7.1), with the best known of the methods that subscribers have to know. */
export function signatureOf(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/**
 * Tells whether a delivery was signed with the secret (WebSub §7.1): `X-Hub-Signature: method=hex` is the HMAC of the
 * body's very bytes. False without a signature, or with a method there is not.
 */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const [, method = '', hex = ''] = HEADER.exec(signature?.trim() ?? '') ?? []
  if (method === '') return false
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest()
  const given = Buffer.from(hex, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
