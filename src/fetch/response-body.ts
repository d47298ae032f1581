import type { Readable } from 'node:stream'
import { FetchFailure } from './fetch-failure.ts'
import { type Headers, headerList, headerValue } from './header-values.ts'
import { type Chunks, unpacked } from './unpack.ts'

/** How much of a body is read. */
export interface BodyLimits {
  /** Before decompression. */
  readonly maxWireBytes: number
  /** After decompression. */
  readonly maxBytes: number
}

/**
 * Reads a body to its end and unpacks it. Over either limit, or on any error, the body is destroyed at once, which
 * closes the connection.
 *
 * @throws FetchFailure `too-large`, `unreadable`; the errors of undici and zlib
 */
export async function readBody(body: Readable, headers: Headers, limits: BodyLimits): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    if (Number(headerValue(headers, 'content-length') ?? 0) > limits.maxWireBytes) throw tooLarge(limits.maxWireBytes, 'transferred')
    for await (const piece of unpacked(counted(body, limits.maxWireBytes), headerList(headers, 'content-encoding'))) {
      size += piece.length
      if (size > limits.maxBytes) throw tooLarge(limits.maxBytes, 'unpacked')
      pieces.push(piece)
    }
  } finally {
    // After the end this does nothing; before it, it does not wait for the decoder to notice.
    body.destroy()
  }
  const [first] = pieces
  return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces, size)
}

async function* counted(body: Chunks, maxWireBytes: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxWireBytes) throw tooLarge(maxWireBytes, 'transferred')
    yield chunk
  }
}

function tooLarge(maxBytes: number, when: 'transferred' | 'unpacked'): FetchFailure {
  return new FetchFailure('too-large', `The body is larger than ${maxBytes} bytes ${when}.`)
}
