import { gunzipSync, inflateRawSync, type ZlibOptions } from 'node:zlib'

// RFC 1952 §2.3: what FLG says is between the ten bytes that every header has and the data.
const HAS_CHECKSUM = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16

/**
 * Unpacks gzip, all its members. What stands behind them is passed over, as browsers do: servers append line ends, comments
 * and whole error pages to what is packed already.
 *
 * @throws what zlib throws for data that is broken or cut short, or longer than `maxOutputLength`
 */
export function gunzip(body: Buffer, limit: Pick<ZlibOptions, 'maxOutputLength' | 'chunkSize'>): Buffer {
  try {
    return gunzipSync(body, limit)
  } catch (error) {
    // The first header was read, or there would be another error: something else than a member stands behind one.
    if (!(error instanceof Error) || error.message !== 'incorrect header check') throw error
    return inflateRawSync(body.subarray(headerLength(body)), limit)
  }
}

function headerLength(body: Buffer): number {
  const flags = body[3] ?? 0
  let at = 10
  if (flags & HAS_EXTRA) at += 2 + body.readUInt16LE(at)
  if (flags & HAS_NAME) at = body.indexOf(0, at) + 1
  if (flags & HAS_COMMENT) at = body.indexOf(0, at) + 1
  return flags & HAS_CHECKSUM ? at + 2 : at
}
