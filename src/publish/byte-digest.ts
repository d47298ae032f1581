import { hash } from 'node:crypto'

/** What tells the bytes of published files apart: 128 bits and more, in characters of base64url. */
export function byteDigestOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url').slice(0, 22)
}
