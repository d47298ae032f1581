import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { digestOfBytes, faultsOfBytes } from './document-faults.ts'

/** The codings a document is asked for in. */
export const CODINGS = ['identity', 'gzip', 'br', 'zstd'] as const
export type Coding = (typeof CODINGS)[number]

/** An answer as it came over the wire. */
export interface ServedAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const agent = new Agent({ keepAlive: true })

/** Asks for a document; undefined when the connection ended before the answer did. */
export function ask(target: string, headers: Readonly<Record<string, string>>): Promise<ServedAnswer | undefined> {
  return new Promise(resolve => {
    const sent = request(target, { agent, headers }, response => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }))
      response.on('error', () => resolve(undefined))
    })
    sent.on('error', () => resolve(undefined))
    sent.end()
  })
}

/** Takes a body out of its coding. */
export function decoded(body: Buffer, coding: string | undefined): Buffer {
  if (coding === 'gzip') return gunzipSync(body)
  if (coding === 'br') return brotliDecompressSync(body)
  return coding === 'zstd' ? zstdDecompressSync(body) : body
}

/** What is wrong with a document that was served whole: cut off, other bytes than its validator tells of, or not valid. */
export function servedFaults(path: string, { headers, body }: ServedAnswer): readonly string[] {
  try {
    const coding = headers['content-encoding']
    const bytes = decoded(body, coding)
    const etag = `"${digestOfBytes(bytes)}${coding === undefined ? '' : `-${coding}`}"`
    return [
      ...(headers.etag === etag ? [] : [`its bytes are ${etag}, its ETag is ${headers.etag}`]),
      ...(Number(headers['content-length']) === body.length ? [] : [`of ${headers['content-length']} bytes ${body.length} came`]),
      ...faultsOfBytes(path, bytes),
    ]
  } catch (error) {
    return [String(error)]
  }
}
