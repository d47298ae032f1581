import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unpacked } from '../../src/fetch/unpack.ts'

const FEED = Buffer.from(`<?xml version="1.0"?><feed>${'架け橋 '.repeat(500)}</feed>`)

function unpack(body: Buffer, contentEncoding?: string, maxBytes = 1_000_000): Buffer {
  return unpacked(body, contentEncoding, maxBytes)
}

const readable: readonly [name: string, body: Buffer, contentEncoding: string | undefined][] = [
  ['passes a plain body through', FEED, undefined],
  ['passes over a coding it does not know', FEED, 'utf-8, aws-chunked'],
  ['passes over identity', FEED, 'identity'],
  ['unpacks gzip', gzipSync(FEED), 'gzip'],
  ['unpacks gzip under its old name', gzipSync(FEED), 'x-gzip'],
  ['unpacks a coding named in capitals', gzipSync(FEED), 'GZIP'],
  ['unpacks zlib', deflateSync(FEED), 'deflate'],
  ['unpacks bare deflate', deflateRawSync(FEED), 'deflate'],
  ['unpacks brotli', brotliCompressSync(FEED), 'br'],
  ['unpacks zstd', zstdCompressSync(FEED), 'zstd'],
  ['undoes codings from the last to the first', brotliCompressSync(gzipSync(FEED)), 'gzip, br'],
  ['unpacks gzip that nobody declared', gzipSync(FEED), undefined],
  ['unpacks double gzip declared once', gzipSync(gzipSync(FEED)), 'gzip'],
  ['unpacks double gzip that nobody declared', gzipSync(gzipSync(FEED)), undefined],
  ['unpacks a gzip file sent in brotli', brotliCompressSync(gzipSync(FEED)), 'br'],
  ['unpacks several gzip members', Buffer.concat([gzipSync(FEED.subarray(0, 99)), gzipSync(FEED.subarray(99))]), 'gzip'],
  ['takes a plain body labelled gzip as it is', FEED, 'gzip'],
  ['takes a plain body labelled br as it is', FEED, 'br'],
  ['takes a plain body labelled deflate as it is', FEED, 'deflate'],
  ['takes a plain body labelled zstd as it is', FEED, 'zstd'],
  ['undoes one coding where two are declared', gzipSync(FEED), 'gzip, gzip'],
]

describe('unpacked', () => {
  for (const [name, body, contentEncoding] of readable) it(name, () => expect(unpack(body, contentEncoding)).toEqual(FEED))

  for (const coding of ['gzip', 'br', 'zstd', 'deflate', 'gzip, br'])
    it(`gives nothing for an empty body labelled ${coding}`, () => expect(unpack(Buffer.alloc(0), coding)).toHaveLength(0))

  const truncated = { gzip: gzipSync(FEED), br: brotliCompressSync(FEED), zstd: zstdCompressSync(FEED), deflate: deflateSync(FEED) }
  for (const [coding, body] of Object.entries(truncated))
    it(`rejects ${coding} that is cut short`, () => {
      expect(() => unpack(body.subarray(0, body.length - 9), coding)).toThrow(/unexpected end of file/)
    })

  it('rejects gzip in gzip whose inner layer is cut short', () => {
    expect(() => unpack(gzipSync(gzipSync(FEED).subarray(0, 30)), 'gzip')).toThrow(/unexpected end of file/)
  })

  it('rejects more than three layers', () => {
    const body = [1, 2, 3, 4].reduce(inner => gzipSync(inner), FEED)
    expect(() => unpack(body, 'gzip')).toThrow('The body is compressed more than 3 times over.')
  })

  for (const coding of ['gzip', 'br', 'zstd', 'deflate'] as const)
    it(`takes ${coding} of exactly the limit and rejects one byte more`, () => {
      const body = { gzip: gzipSync, br: brotliCompressSync, zstd: zstdCompressSync, deflate: deflateSync }[coding](FEED)
      expect(unpack(body, coding, FEED.length)).toEqual(FEED)
      expect(() => unpack(body, coding, FEED.length - 1)).toThrow(`The body is larger than ${FEED.length - 1} bytes unpacked.`)
    })

  it('ends for any bytes under any label', () => {
    const coding = fc.constantFrom('gzip', 'br', 'zstd', 'deflate', 'gzip, br', undefined)
    const outcome = (bytes: Uint8Array, contentEncoding: string | undefined): unknown => {
      try {
        return unpack(Buffer.from(bytes), contentEncoding)
      } catch (error) {
        return error
      }
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), coding, (bytes, contentEncoding) => {
        const result = outcome(bytes, contentEncoding)
        expect(result instanceof Error || Buffer.isBuffer(result)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
