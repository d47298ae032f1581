import {
  brotliDecompressSync,
  constants,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
  type ZstdOptions,
  zstdDecompressSync,
} from 'node:zlib'
import { FetchFailure } from './fetch-failure.ts'
import { gunzip } from './gunzip.ts'

// Two occur (gzip by the program, gzip again by the server); more only serve to hide a bomb.
const MOST_LAYERS = 3

// Output comes in pieces of this size; a feed rarely needs a second one.
const PIECE_BYTES = 64 * 1024

// RFC 9659: a zstd content coding needs no window above 8 MiB; libzstd would allocate 128 MiB on the sender's word.
const ZSTD: ZstdOptions = { params: { [constants.ZSTD_d_windowLogMax]: 23 } }

type Limit = Pick<ZlibOptions, 'maxOutputLength' | 'chunkSize'>
type Decoder = (body: Buffer, limit: Limit) => Buffer

/** Each looks at the bytes and gives what undoes the coding, or nothing where they are visibly not in it. */
const CODINGS: ReadonlyMap<string, (body: Buffer) => Decoder | undefined> = new Map([
  ['gzip', gzipped],
  ['x-gzip', gzipped],
  ['deflate', inflate],
  ['br', (body: Buffer): Decoder | undefined => (isMarkup(body) ? undefined : brotliDecompressSync)],
  ['zstd', (body: Buffer) => (isZstd(body) ? unzstd : undefined)],
])

/**
 * Undoes the content codings of a body (RFC 9110 §8.4) and any gzip nobody declared. A body that is visibly not in the
 * coding it is labelled with is taken as it is. All of it is in memory, and bounded, before and after: to unpack ten
 * megabytes at once takes some thirty milliseconds, while a stream costs more than the fifty kilobytes that feeds have.
 *
 * @param contentEncoding the header's value; codings that are unknown are passed over
 * @param maxBytes the most that any layer may come to
 * @throws FetchFailure `too-large`, and `unreadable` for more layers than any honest server uses; zlib's errors for broken data
 */
export function unpacked(body: Buffer, contentEncoding: string | undefined, maxBytes: number): Buffer {
  const named = contentEncoding === undefined ? [] : contentEncoding.toLowerCase().split(',', MOST_LAYERS + 1)
  // They are listed in the order they were applied: the last one is the outermost.
  const codings = named.map(coding => coding.trim()).filter(coding => CODINGS.has(coding))
  let inner = body
  for (let layers = 0; ; ) {
    const coding = codings.pop()
    const decode = coding === undefined ? gzipped(inner) : CODINGS.get(coding)?.(inner)
    if (decode === undefined) {
      if (coding === undefined) return bounded(inner, maxBytes)
      continue
    }
    if (layers === MOST_LAYERS) throw new FetchFailure('unreadable', `The body is compressed more than ${MOST_LAYERS} times over.`)
    layers++
    inner = undone(decode, inner, maxBytes)
  }
}

function undone(decode: Decoder, body: Buffer, maxBytes: number): Buffer {
  try {
    return decode(body, { maxOutputLength: maxBytes, chunkSize: Math.min(PIECE_BYTES, Math.max(maxBytes, 64)) })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? tooLarge(maxBytes) : error
  }
}

/** What was not packed has not been measured yet. */
function bounded(body: Buffer, maxBytes: number): Buffer {
  if (body.length > maxBytes) throw tooLarge(maxBytes)
  return body
}

function tooLarge(maxBytes: number): FetchFailure {
  return new FetchFailure('too-large', `The body is larger than ${maxBytes} bytes unpacked.`)
}

function unzstd(body: Buffer, limit: Limit): Buffer {
  return zstdDecompressSync(body, { ...ZSTD, ...limit })
}

function gzipped(body: Buffer): Decoder | undefined {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzip : undefined
}

/** `deflate` means the zlib format (RFC 9110 §8.4.1.2), but some servers send the bare stream. */
function inflate(body: Buffer): Decoder | undefined {
  if (body.length < 2 || isMarkup(body)) return undefined
  const isZlib = (body.readUInt8(0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0
  return isZlib ? inflateSync : inflateRawSync
}

function isZstd(body: Buffer): boolean {
  return body.length >= 4 && body.readUInt32LE(0) === 0xfd2fb528
}

/** Brotli and bare deflate have no mark of their own, so text shows itself instead: `<?xm`, `<rss`, `<fee`. */
function isMarkup(body: Buffer): boolean {
  return body.length === 0 || /^<[?!a-z][a-z-]{2}$/i.test(body.toString('latin1', 0, 4))
}
