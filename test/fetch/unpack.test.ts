import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unpacked } from '../../src/fetch/unpack.ts'

const FEED = Buffer.from(`<?xml version="1.0"?><feed>${'架け橋 '.repeat(500)}</feed>`)

async function unpack(body: Buffer, contentEncoding?: string, pieceSize = body.length): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of unpacked(inPieces(body, pieceSize), contentEncoding)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function* inPieces(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
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
  for (const [name, body, contentEncoding] of readable) it(name, async () => expect(await unpack(body, contentEncoding)).toEqual(FEED))

  it('reads byte by byte', async () => expect(await unpack(gzipSync(gzipSync(FEED)), undefined, 1)).toEqual(FEED))

  for (const coding of ['gzip', 'br', 'zstd', 'deflate', 'gzip, br'])
    it(`gives nothing for an empty body labelled ${coding}`, async () => expect(await unpack(Buffer.alloc(0), coding)).toHaveLength(0))

  const truncated = { gzip: gzipSync(FEED), br: brotliCompressSync(FEED), zstd: zstdCompressSync(FEED), deflate: deflateSync(FEED) }
  for (const [coding, body] of Object.entries(truncated))
    it(`rejects ${coding} that is cut short`, async () => {
      await expect(unpack(body.subarray(0, body.length - 9), coding)).rejects.toThrow(/unexpected end of file/)
    })

  it('rejects gzip in gzip whose inner layer is cut short', async () => {
    await expect(unpack(gzipSync(gzipSync(FEED).subarray(0, 30)), 'gzip')).rejects.toThrow(/unexpected end of file/)
  })

  it('rejects more than three layers', async () => {
    const body = [1, 2, 3, 4].reduce(inner => gzipSync(inner), FEED)
    await expect(unpack(body, 'gzip')).rejects.toThrow('The body is compressed more than 3 times over.')
  })

  it('passes on what the source throws', async () => {
    const { promise, reject } = Promise.withResolvers<never>()
    async function* source(): AsyncGenerator<Buffer> {
      yield gzipSync(FEED).subarray(0, 20)
      await promise
    }
    const reading = expect(async () => {
      for await (const _ of unpacked(source(), 'gzip'));
    }).rejects.toThrow('cable cut')
    reject(new Error('cable cut'))
    await reading
  })

  it('stops reading when its reader has had enough', async () => {
    let isOver = false
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) yield Buffer.alloc(1024, 'x')
      } finally {
        isOver = true
      }
    }
    for await (const _ of unpacked(endless(), undefined)) break
    expect(isOver).toBe(true)
  })

  it('ends for any bytes under any label', async () => {
    const coding = fc.constantFrom('gzip', 'br', 'zstd', 'deflate', 'gzip, br', undefined)
    const body = fc.uint8Array({ maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(body, coding, async (bytes, contentEncoding) => {
        const outcome = await unpack(Buffer.from(bytes), contentEncoding, 7).catch(error => error)
        expect(outcome).toBeInstanceOf(outcome instanceof Error ? Error : Buffer)
      }),
      { numRuns: 200 },
    )
  })
})
