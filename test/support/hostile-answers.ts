import type { Socket } from 'node:net'
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import type { PollResult } from '../../src/domain/poll.ts'
import { rss } from './hostile-documents.ts'
import { answerOf } from './raw-answer.ts'

/** How a server behaves to do harm, and what polling it must come to. */
export interface HostileAnswer {
  readonly name: string
  /** Answers the one request that came; what it leaves running ends with the socket. */
  readonly answer: (socket: Socket) => void
  readonly result: PollResult
  /** What the operator reads; nothing unless given. */
  readonly detail?: RegExp
}

/** A feed with nothing but the survivor. */
export const HONEST = rss('')

const BOMB_BYTES = 200_000_000
const ZEROS = Buffer.alloc(64 * 1024)

const sends =
  (...answer: Parameters<typeof answerOf>) =>
  (socket: Socket) =>
    void socket.end(answerOf(...answer))
const sendsRaw = (text: string) => (socket: Socket) => void socket.end(text, 'latin1')
const encoded = (coding: string, body: Uint8Array) => sends(body, [`Content-Encoding: ${coding}`])
const times = (count: number, layer: (body: Uint8Array) => Uint8Array, body: Uint8Array) => {
  let packed = body
  for (let at = 0; at < count; at++) packed = layer(packed)
  return packed
}

/** Writes `start`, and then a piece whenever the other side has room, or every so many milliseconds. */
function endless(start: string, piece: (number: number) => string | Uint8Array, everyMs?: number) {
  return (socket: Socket) => {
    let number = 0
    const pour = () => {
      while (!socket.destroyed && socket.write(piece(number++), 'latin1'));
    }
    socket.write(start, 'latin1')
    if (everyMs === undefined) {
      socket.on('drain', pour)
      pour()
    } else {
      const drip = setInterval(() => socket.write(piece(number++), 'latin1'), everyMs)
      socket.on('close', () => clearInterval(drip))
    }
  }
}

const honest = Buffer.from(HONEST)
const OK = 'HTTP/1.1 200 OK\r\n'
const DRIP_MS = 200

const bombs = packed(Buffer.alloc(BOMB_BYTES))

/** Packed before anybody asks: that takes longer than a server may take to answer. */
function packed(zeros: Buffer): Readonly<Record<'gzip' | 'br' | 'zstd' | 'deflate' | 'gzip, gzip', Buffer>> {
  const gzip = gzipSync(zeros, { level: 1 })
  const br = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })
  return { gzip, br, zstd: zstdCompressSync(zeros), deflate: deflateSync(zeros, { level: 1 }), 'gzip, gzip': gzipSync(gzip) }
}

const tooLarge = { result: 'too-large', detail: /^The body is larger than \d+ bytes (unpacked|transferred)\.$/ } as const
const broken = { result: 'unreadable', detail: /sent a compressed body that is broken or cut short/ } as const
const otherLength = { result: 'unreachable', detail: /sent a body of another length than it announced/ } as const
const cutOff = { result: 'unreachable', detail: /closed the connection early/ } as const
const late = { result: 'timeout', detail: /^The answer was not complete in time\.$/ } as const
const noHttp = { result: 'unreadable', detail: /did not answer in HTTP/ } as const
const gzip = gzipSync(honest)
const NOISE = Buffer.from(Array.from({ length: 2000 }, (_, at) => (at * at * 31 + 7) % 251))

const compressed: readonly HostileAnswer[] = [
  ...Object.entries(bombs).map(
    ([coding, bomb]): HostileAnswer => ({ name: `a bomb of 200 MB in ${coding}`, answer: encoded(coding, bomb), ...tooLarge }),
  ),
  { name: 'a bomb of 200 MB that nobody declares', answer: sends(bombs.gzip), ...tooLarge },
  { name: 'gzip in gzip, declared once', answer: encoded('gzip', gzipSync(gzip)), result: 'ok' },
  {
    name: 'gzip with garbage behind it',
    answer: encoded('gzip', Buffer.concat([gzip, Buffer.from('garbage '.repeat(500))])),
    result: 'ok',
  },
  { name: 'gzip with zeros behind it', answer: encoded('gzip', Buffer.concat([gzip, Buffer.alloc(5000)])), result: 'ok' },
  { name: 'gzip that is cut short', answer: encoded('gzip', gzip.subarray(0, -20)), ...broken },
  {
    name: 'gzip that is damaged',
    answer: encoded('gzip', Buffer.concat([gzip.subarray(0, 40), Buffer.alloc(20, 7), gzip.subarray(60)])),
    ...broken,
  },
  { name: 'brotli that is cut short', answer: encoded('br', brotliCompressSync(honest).subarray(0, -9)), ...broken },
  { name: 'a plain body labelled gzip', answer: encoded('gzip', honest), result: 'ok' },
  { name: 'gzip labelled br', answer: encoded('br', gzip), ...broken },
  { name: 'noise labelled br', answer: encoded('br', NOISE), ...broken },
  { name: 'noise labelled zstd', answer: encoded('zstd', NOISE), result: 'not-a-feed', detail: /^text without a feed element/ },
  {
    name: 'a chain of ten codings',
    answer: encoded(Array(10).fill('gzip').join(', '), times(10, gzipSync, honest)),
    result: 'unreadable',
    detail: /^The body is compressed more than 3 times over\.$/,
  },
  { name: 'ten codings that are not there', answer: encoded(Array(10).fill('gzip').join(', '), honest), result: 'ok' },
  { name: 'a thousand codings nobody knows', answer: encoded(Array(1000).fill('x').join(','), honest), result: 'ok' },
]

const slow: readonly HostileAnswer[] = [
  { name: 'no answer at all', answer: () => undefined, ...late },
  { name: 'a body that drips', answer: endless(`${OK}\r\n`, () => 'x', DRIP_MS), ...late },
  { name: 'header fields that drip', answer: endless(`${OK}X: `, () => 'x', DRIP_MS), ...late },
  { name: 'a status line that drips', answer: endless('HTTP/1.1 200 ', () => 'O', DRIP_MS), ...late },
  { name: 'gzip that drips', answer: endless(`${OK}Content-Encoding: gzip\r\n\r\n`, at => gzip.subarray(at, at + 1), DRIP_MS), ...late },
  { name: 'chunks that drip', answer: endless(`${OK}Transfer-Encoding: chunked\r\n\r\n`, () => '1\r\nx\r\n', DRIP_MS), ...late },
  {
    name: 'less than Content-Length says, and silence',
    answer: socket => void socket.write(`${OK}Content-Length: 99999\r\n\r\n${HONEST}`),
    ...late,
  },
]

const tooMuch: readonly HostileAnswer[] = [
  {
    name: 'chunks without end',
    answer: endless(`${OK}Transfer-Encoding: chunked\r\n\r\n`, () => `10000\r\n${ZEROS.toString('latin1')}\r\n`),
    ...tooLarge,
  },
  { name: 'a body without end', answer: endless(`${OK}\r\n`, () => ZEROS), ...tooLarge },
  { name: 'a Content-Length of 10 GB', answer: socket => void socket.write(`${OK}Content-Length: 10000000000\r\n\r\n`), ...tooLarge },
  {
    name: '1000 header fields',
    answer: sends(
      HONEST,
      Array.from({ length: 1000 }, (_, at) => `X-Flood-${at}: ${'x'.repeat(100)}`),
    ),
    result: 'too-large',
    detail: /header fields/,
  },
  {
    name: 'one header field of 1 MB',
    answer: sends(HONEST, [`X-Flood: ${'x'.repeat(1_000_000)}`]),
    result: 'too-large',
    detail: /header fields/,
  },
  { name: 'header fields without end', answer: endless(OK, at => `X-${at}: x\r\n`), result: 'too-large', detail: /header fields/ },
  { name: '100,000 empty header fields', answer: sends(HONEST, Array(100_000).fill('X:')), result: 'too-large', detail: /header fields/ },
  {
    name: '1000 informational answers',
    answer: sendsRaw(`${'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'.repeat(1000)}${OK}\r\n${HONEST}`),
    result: 'ok',
  },
  { name: 'informational answers without end', answer: endless('', () => 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)), ...late },
  {
    name: 'trailers without end',
    answer: endless(`${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n`, at => `X-${at}: x\r\n`),
    result: 'too-large',
    detail: /header fields/,
  },
  { name: 'a chunk extension without end', answer: endless(`${OK}Transfer-Encoding: chunked\r\n\r\n1;`, () => 'x'.repeat(9999)), ...late },
]

const lies: readonly HostileAnswer[] = [
  { name: 'less than Content-Length says', answer: sends(HONEST, ['Content-Length: 99999']), ...otherLength },
  {
    name: 'more than Content-Length says',
    answer: sends(`${HONEST}${'<!-- more -->'.repeat(9)}`, [`Content-Length: ${honest.length}`]),
    result: 'ok',
  },
  { name: 'two different Content-Lengths', answer: sends(HONEST, ['Content-Length: 9', 'Content-Length: 99']), ...otherLength },
  { name: 'a Content-Length below 0', answer: sends(HONEST, ['Content-Length: -1']), ...noHttp },
  {
    name: 'Content-Length and chunks',
    answer: sends(`5\r\nhello\r\n0\r\n\r\n`, ['Content-Length: 9', 'Transfer-Encoding: chunked']),
    ...otherLength,
  },
  { name: 'a chunk of 16 EB', answer: sends('ffffffffffffffff\r\nx', ['Transfer-Encoding: chunked']), ...noHttp },
  { name: 'chunks that are none', answer: sends(HONEST, ['Transfer-Encoding: chunked']), ...noHttp },
  {
    name: 'a reset in the middle',
    answer: socket => socket.write(`${OK}Content-Length: 99999\r\n\r\n${HONEST}`, () => setTimeout(() => socket.resetAndDestroy(), 50)),
    ...cutOff,
  },
  { name: 'a reset at once', answer: socket => void socket.resetAndDestroy(), ...cutOff },
  { name: 'a hang-up at once', answer: socket => void socket.end(), ...cutOff },
  { name: 'HTTP/0.9', answer: sendsRaw(HONEST), ...noHttp },
  { name: 'another protocol', answer: sendsRaw('220 mail.example ESMTP\r\n'), ...noHttp },
  { name: 'HTTP/9.9', answer: sendsRaw(`HTTP/9.9 200 OK\r\n\r\n${HONEST}`), ...noHttp },
  {
    name: 'a change of protocol nobody asked for',
    answer: sendsRaw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nx'),
    ...cutOff,
  },
  { name: 'a status of 999', answer: sends(HONEST, [], '999 Go Away'), result: 'server-error', detail: /999/ },
  { name: 'a status of 99999', answer: sends(HONEST, [], '99999 Go Away'), ...noHttp },
  {
    name: 'a part nobody asked for',
    answer: sends(HONEST, ['Content-Range: bytes 0-9/99'], '206 Partial Content'),
    result: 'server-error',
    detail: /206/,
  },
  {
    name: '304 without a question',
    answer: sends('', [], '304 Not Modified'),
    result: 'server-error',
    detail: /304 Not Modified to a request without validators/,
  },
  { name: '204', answer: sends('', [], '204 No Content'), result: 'unreadable', detail: /empty body/ },
  {
    name: 'an answer in an answer',
    answer: sends(HONEST, ['X-Split: a\r\nContent-Length: 4\r\n\r\nHTTP/1.1 200 OK\r\nX: b']),
    result: 'not-a-feed',
    detail: /beginning “HTTP”/,
  },
  { name: 'NUL in a header field', answer: sends(HONEST, ['ETag: "a\0b"']), ...noHttp },
  { name: 'a header field without a name', answer: sends(HONEST, [': x']), ...noHttp },
  {
    name: 'header fields named __proto__',
    answer: sends(HONEST, ['__proto__: polluted', 'constructor: polluted', 'Content-Type: application/rss+xml']),
    result: 'ok',
  },
  {
    name: 'Retry-After of a thousand years',
    answer: sends('', ['Retry-After: 31556926000'], '503 Service Unavailable'),
    result: 'rate-limited',
    detail: /503/,
  },
  { name: 'a validator of 8 KB', answer: sends(HONEST, [`ETag: "${'e'.repeat(8000)}"`]), result: 'ok' },
]

/** Every answer of the suite, each under a name of its own. */
export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [...compressed, ...slow, ...tooMuch, ...lies]
