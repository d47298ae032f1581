import { isUtf8 } from 'node:buffer'
import { AppError } from '../../domain/app-error.ts'
import type { ExportContext } from './export-reading.ts'

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * Gives a document in UTF-8 without byte order mark, and the encoding it came in. Documents are cut as bytes: a string
 * cannot hold half a gigabyte, and markup is ASCII in UTF-8 alone for certain.
 *
 * @throws AppError `feed-unreadable` where another encoding than UTF-8 is too long to be decoded
 */
export function utf8Document(
  bytes: Uint8Array,
  { name, decode }: Pick<ExportContext, 'name' | 'decode'>,
): { readonly bytes: Buffer; readonly encoding: string } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const body = buffer.subarray(0, 3).equals(BYTE_ORDER_MARK) ? buffer.subarray(3) : buffer
  // Both are made of ASCII alone, which is UTF-8 too: UTF-16 of Latin text has NULs, ISO-2022-JP has escapes.
  const isDisguised = body.subarray(0, 4).includes(0) || body.includes('\u001b$')
  if (!isDisguised && isUtf8(body)) return { bytes: body, encoding: 'utf-8' }
  try {
    const { text, encoding } = decode(bytes)
    return { bytes: Buffer.from(text, 'utf8'), encoding }
  } catch (cause) {
    throw new AppError('feed-unreadable', `${name}: expected UTF-8, or less than 500 MB in another encoding`, { cause })
  }
}
