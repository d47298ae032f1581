import { hash } from 'node:crypto'

/** A short name for what was read or made: 22 characters of its SHA-256, so that equal data have equal names. */
export function digestOf(data: string | Uint8Array): string {
  return hash('sha256', data, 'base64url').slice(0, 22)
}
