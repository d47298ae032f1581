import { pipeline, type Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { FetchFailure } from './fetch-failure.ts'

/** Bytes as they come in. */
export type Chunks = AsyncIterable<Buffer>

// Two occur (gzip by the program, gzip again by the server); more only serve to hide a bomb.
const MOST_LAYERS = 3

// Output comes in pieces of this size; zlib's default of 16 KiB costs more turns of the event loop than it saves memory.
const PIECE = { chunkSize: 64 * 1024 }

// RFC 9659: a zstd content coding needs no window above 8 MiB; libzstd would allocate 128 MiB on the sender's word.
const ZSTD = { ...PIECE, params: { [constants.ZSTD_d_windowLogMax]: 23 } }

const CODINGS: ReadonlyMap<string, (head: Buffer) => Transform | undefined> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', (head: Buffer) => (isMarkup(head) ? undefined : createBrotliDecompress(PIECE))],
  ['zstd', (head: Buffer) => (isZstd(head) ? createZstdDecompress(ZSTD) : undefined)],
])

/**
 * Undoes the content codings of a body (RFC 9110 §8.4) and any gzip nobody declared, piece by piece, so a reader that
 * has had enough stops the unpacking. A body that is visibly not in the coding it is labelled with is taken as it is.
 *
 * @param contentEncoding the header's value; codings that are unknown are passed over
 * @throws FetchFailure `unreadable` for more layers than any honest server uses; zlib's errors for broken data
 */
export function unpacked(packed: Chunks, contentEncoding: string | undefined): Chunks {
  const codings = contentEncoding === undefined ? [] : contentEncoding.toLowerCase().split(',', MOST_LAYERS + 1)
  return peeled(
    packed,
    codings.map(coding => coding.trim()).filter(coding => CODINGS.has(coding)),
    0,
  )
}

/** `codings` are listed in the order they were applied: the last one is the outermost. */
async function* peeled(source: Chunks, codings: readonly string[], layers: number): AsyncGenerator<Buffer> {
  const { head, whole } = await peeked(source)
  const coding = codings.at(-1)
  const decoder = coding === undefined ? gunzip(head) : CODINGS.get(coding)?.(head)
  if (decoder === undefined) return yield* coding === undefined ? whole : peeled(whole, codings.slice(0, -1), layers)
  if (layers === MOST_LAYERS) throw new FetchFailure('unreadable', `The body is compressed more than ${MOST_LAYERS} times over.`)
  // Whatever goes wrong before or in the decoder destroys it, and reading from it throws.
  pipeline(whole, decoder, () => undefined)
  yield* peeled(decoder, codings.slice(0, -1), layers + 1)
}

/** Looks at the first four bytes or more (fewer where there are no more) without losing them. */
async function peeked(source: Chunks): Promise<{ readonly head: Buffer; readonly whole: Chunks }> {
  const iterator = source[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 4) {
    const next = await iterator.next()
    if (next.done === true) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  return { head, whole: resumed(head, iterator) }
}

async function* resumed(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

function gunzip(head: Buffer): Transform | undefined {
  return head[0] === 0x1f && head[1] === 0x8b ? createGunzip(PIECE) : undefined
}

/** `deflate` means the zlib format (RFC 9110 §8.4.1.2), but some servers send the bare stream. */
function inflate(head: Buffer): Transform | undefined {
  if (head.length < 2 || isMarkup(head)) return undefined
  const isZlib = (head.readUInt8(0) & 0x0f) === 8 && head.readUInt16BE(0) % 31 === 0
  return isZlib ? createInflate(PIECE) : createInflateRaw(PIECE)
}

function isZstd(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528
}

/** Brotli and bare deflate have no mark of their own, so text shows itself instead: `<?xm`, `<rss`, `<fee`. */
function isMarkup(head: Buffer): boolean {
  return head.length === 0 || /^<[?!a-z][a-z-]{2}$/i.test(head.toString('latin1', 0, 4))
}
