import { crc32, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gunzip } from '../../src/fetch/gunzip.ts'

const FEED = Buffer.from(`<?xml version="1.0"?><feed>${'架け橋 '.repeat(500)}</feed>`)
const PACKED = gzipSync(FEED)

/** A member whose header says all that a header can. */
function withFullHeader(): Buffer {
  const fixed = Buffer.from(PACKED.subarray(0, 10))
  fixed[3] = 2 | 4 | 8 | 16
  const head = Buffer.concat([fixed, Buffer.from('\x03\0xyzfeed.xml\0a comment\0', 'latin1')])
  const checksum = Buffer.alloc(2)
  checksum.writeUInt16LE(crc32(head) & 0xffff)
  return Buffer.concat([head, checksum, PACKED.subarray(10)])
}

describe('gunzip', () => {
  const readable: readonly (readonly [name: string, body: Buffer])[] = [
    ['one member', PACKED],
    ['several members', Buffer.concat([gzipSync(FEED.subarray(0, 99)), gzipSync(FEED.subarray(99))])],
    ['a member with line ends behind it', Buffer.concat([PACKED, Buffer.from('\r\n')])],
    ['a member with a page behind it', Buffer.concat([PACKED, Buffer.from('<!-- cached -->'.repeat(5000))])],
    ['a member with zeros behind it', Buffer.concat([PACKED, Buffer.alloc(5000)])],
    ['a member with a long header and something behind it', Buffer.concat([withFullHeader(), Buffer.from('garbage')])],
  ]
  for (const [name, body] of readable) it(`unpacks ${name}`, () => expect(gunzip(body, {})).toEqual(FEED))

  it('rejects what is cut short, whatever stands behind it', () => {
    expect(() => gunzip(PACKED.subarray(0, -20), {})).toThrow(/unexpected end of file/)
    expect(() => gunzip(Buffer.concat([PACKED.subarray(0, -20), Buffer.from('garbage')]), {})).toThrow()
  })

  it('rejects a header that never ends', () => {
    expect(() => gunzip(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0]), Buffer.alloc(99, 'x')]), {})).toThrow()
  })

  it('keeps to the limit, whatever stands behind', () => {
    expect(() => gunzip(Buffer.concat([PACKED, Buffer.from('garbage')]), { maxOutputLength: 100 })).toThrow(
      expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }),
    )
  })
})
