import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Dictionary, growingDictionary } from './dictionary.ts'
import { edictEntry } from './dictionary-edict.ts'
import type { DictionaryEntry } from './dictionary-entry.ts'
import { jmdictEntry } from './dictionary-jmdict.ts'

type Decoder = InstanceType<typeof TextDecoder>

interface Format {
  /** Ends an entry. */
  readonly end: string
  readonly entryOf: (record: string) => DictionaryEntry | undefined
}

const EDICT: Format = { end: '\n', entryOf: edictEntry }
const JMDICT: Format = { end: '</entry>', entryOf: record => jmdictEntry(record.slice(record.lastIndexOf('<entry'))) }

// RFC 1952 §2.3.1.
const GZIP = Buffer.from([0x1f, 0x8b])
const CHUNK_BYTES = 256 * 1024
// JMdict in all its languages has 130 MB; more comes out of no dictionary.
const MOST_BYTES = 400_000_000
// The document type that JMdict begins with has 30 KB, its longest entry 20 KB.
const MOST_BEFORE_AN_ENTRY = 1_000_000

/**
 * Reads a dictionary in EDICT, EDICT2 (EUC-JP or UTF-8) or JMdict form, plain or packed by gzip. `fault` says why not all
 * of it could be read; what could be is in the dictionary.
 */
export async function readDictionary(file: string): Promise<{ readonly dictionary: Dictionary; readonly fault?: string }> {
  const { take, dictionary } = growingDictionary()
  try {
    for await (const entries of entriesIn(file)) for (const entry of entries) take(entry)
    return { dictionary }
  } catch (error) {
    return { dictionary, fault: faultOf(error) }
  }
}

/**
 * Says why a file cannot be read as a dictionary, in words that finish “expected a dictionary, ”. It looks no further than
 * to the first entries.
 */
export async function dictionaryFault(file: string): Promise<string | undefined> {
  try {
    for await (const _ of entriesIn(file)) return undefined
    return undefined
  } catch (error) {
    return faultOf(error)
  }
}

function faultOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'found no such file' : `got ${message}`
}

/** The entries as they come, some at a time, never none; throws where there is none at all. */
async function* entriesIn(file: string): AsyncGenerator<readonly DictionaryEntry[]> {
  let format: Format | undefined
  let [rest, found, read] = ['', 0, 0]
  for await (const text of textIn(file)) {
    format ??= /^\uFEFF?\s*</.test(text) ? JMDICT : EDICT
    const records = (rest + text).split(format.end)
    rest = records.pop() ?? ''
    const entries = records.flatMap(record => format?.entryOf(record) ?? [])
    found += entries.length
    if (entries.length > 0) yield entries
    read += text.length
    if (found === 0 && read > MOST_BEFORE_AN_ENTRY) break
    if (rest.length > MOST_BEFORE_AN_ENTRY) rest = ''
  }
  const last = format?.entryOf(rest)
  if (last !== undefined) yield [last]
  else if (found === 0) throw new Error('a file in another form than EDICT or JMdict')
}

async function* textIn(file: string): AsyncGenerator<string> {
  await using handle = await open(file)
  const isPacked = await beginsWith(handle, GZIP)
  const bytes = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: CHUNK_BYTES })
  let decoder: Decoder | undefined
  let taken = 0
  try {
    for await (const chunk of isPacked ? unpacked(bytes) : bytes) {
      decoder ??= decoderOf(chunk)
      taken += chunk.length
      if (taken > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`)
      yield decoder.decode(chunk, { stream: true })
    }
  } finally {
    // What is unpacked may end before what it is unpacked from; the file is not closed while that is open.
    bytes.destroy()
  }
}

async function beginsWith(handle: FileHandle, magic: Buffer): Promise<boolean> {
  const { buffer } = await handle.read(Buffer.alloc(magic.length), 0, magic.length, 0)
  return magic.equals(buffer)
}

function unpacked(bytes: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  bytes.on('error', error => gunzip.destroy(error))
  return bytes.pipe(gunzip)
}

function decoderOf(beginning: Uint8Array): Decoder {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: true })
    return new TextDecoder()
  } catch {
    return new TextDecoder('euc-jp')
  }
}
