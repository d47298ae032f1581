import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import type { Instant } from '../domain/time.ts'
import { type FlatHeaders, fileHeaders, type ServedSite } from './response-headers.ts'

/** The ways a file is sent. */
export type Coding = 'identity' | 'gzip' | 'br' | 'zstd'

/** The codings that files are compressed with, and the suffixes of the copies. */
const COPIES = {
  gzip: { suffix: '.gz', make: (bytes: Buffer) => promisify(gzip)(bytes) },
  br: { suffix: '.br', make: (bytes: Buffer) => promisify(brotliCompress)(bytes, BROTLI) },
  zstd: { suffix: '.zst', make: (bytes: Buffer) => promisify(zstdCompress)(bytes, { pledgedSrcSize: bytes.length }) },
} as const
// A window of 256 KB holds a page; setting up the usual one of 4 MB costs more than compressing.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 18 } }

/** A published file ready to send. */
export interface ServedFile {
  /** A coding that there is no copy of is the file as it stands. */
  readonly forms: Readonly<Record<Coding, ServedForm>>
  /** Whole seconds, as Last-Modified carries them. */
  readonly modifiedAt: Instant
}

/** One coding of a file: its strong validator (RFC 9110 §8.8.3) and its headers, made once. */
export interface ServedForm {
  readonly etag: string
  readonly headers: { readonly whole: FlatHeaders; readonly notModified: FlatHeaders }
  readonly body: ServedBody
}

/** Bytes in memory, or where they are read from for each request. */
export type ServedBody = { readonly kind: 'memory'; readonly bytes: Buffer } | BodyOnDisk

export interface BodyOnDisk {
  readonly kind: 'disk'
  readonly file: string
  readonly length: number
  readonly version: string
}

/** A file with what tells its versions apart and what it takes up. */
export interface LoadedFile {
  readonly served: ServedFile
  readonly version: string
  readonly bytesInMemory: number
}

/**
 * Reads a published file with the compressed copies beside it; those of another version are made anew. Undefined when
 * there is no such file.
 *
 * @param maxBytes what is larger stays on disk, and is compressed only where a copy lies beside it
 */
export async function loadFile(folder: string, path: string, maxBytes: number, site: ServedSite): Promise<LoadedFile | undefined> {
  const file = join(folder, path)
  const whole = await read(file, maxBytes)
  if (whole === undefined) return undefined
  const copy = (coding: keyof typeof COPIES) => copyOf(whole, file + COPIES[coding].suffix, maxBytes, COPIES[coding].make)
  const [gzipped, brotli, zstd] = await Promise.all([copy('gzip'), copy('br'), copy('zstd')])
  const modifiedAt = Math.floor(whole.mtimeMs / 1000) * 1000
  // What is not read whole has no digest; no two versions share inode, size and time.
  const digest = digestOf(whole.body.kind === 'memory' ? whole.body.bytes : whole.version)
  const formOf = (body: ServedBody, contentEncoding?: keyof typeof COPIES): ServedForm => {
    const etag = contentEncoding === undefined ? `"${digest}"` : `"${digest}-${contentEncoding}"`
    return { etag, body, headers: fileHeaders(path, { etag, length: lengthOf(body), modifiedAt, contentEncoding }, site) }
  }
  const identity = formOf(whole.body)
  const formOr = (body: ServedBody | undefined, coding: keyof typeof COPIES) => (body === undefined ? identity : formOf(body, coding))
  const forms = { identity, gzip: formOr(gzipped, 'gzip'), br: formOr(brotli, 'br'), zstd: formOr(zstd, 'zstd') }
  const inMemory = [whole.body, gzipped, brotli, zstd].map(body => (body?.kind === 'memory' ? body.bytes.length : 0))
  return { served: { forms, modifiedAt }, version: whole.version, bytesInMemory: inMemory.reduce((sum, bytes) => sum + bytes) }
}

/** What tells a version of a file apart; one that was replaced within a tick of the clock is another file all the same. */
export function versionOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino}:${size}:${mtimeMs}`
}

/** Opens a body on disk; undefined when another version has taken its place. */
export async function openBody({ file, version }: BodyOnDisk): Promise<FileHandle | undefined> {
  const handle = await open(file).catch(() => undefined)
  const info = await handle?.stat().catch(() => undefined)
  if (info !== undefined && versionOf(info) === version) return handle
  await handle?.close()
  return undefined
}

interface ReadFile {
  readonly body: ServedBody
  readonly version: string
  readonly mtimeMs: number
}

/** Bytes and time come from one open file: between two looks by name another version may take its place. */
async function read(file: string, maxBytes: number): Promise<ReadFile | undefined> {
  const handle = await open(file).catch(() => undefined)
  if (handle === undefined) return undefined
  try {
    const info = await handle.stat()
    if (!info.isFile()) return undefined
    const version = versionOf(info)
    const body: ServedBody =
      info.size > maxBytes ? { kind: 'disk', file, length: info.size, version } : { kind: 'memory', bytes: await handle.readFile() }
    return { body, version, mtimeMs: info.mtimeMs }
  } finally {
    await handle.close()
  }
}

/** The compressed copy beside the file, if it is of the same version; else one made now, of a file in memory. */
async function copyOf(
  whole: ReadFile,
  file: string,
  maxBytes: number,
  make: (bytes: Buffer) => Promise<Buffer>,
): Promise<ServedBody | undefined> {
  const copy = await read(file, maxBytes)
  if (copy?.mtimeMs === whole.mtimeMs) return copy.body
  return whole.body.kind === 'memory' ? { kind: 'memory', bytes: await make(whole.body.bytes) } : undefined
}

function lengthOf(body: ServedBody): number {
  return body.kind === 'memory' ? body.bytes.length : body.length
}

function digestOf(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('base64url').slice(0, 22)
}
