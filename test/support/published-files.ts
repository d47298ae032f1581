import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { readXml } from '../render/feed/read-xml.ts'
import { filesIn } from './temp-folder.ts'

/** Someone who reads everything that is published, again and again, from the folder and over HTTP. */
export interface TirelessReader {
  /** What was broken, and where; empty when all is well. */
  readonly faults: readonly string[]
  /** Documents read so far. */
  readonly looks: () => number
  /** Of those, read over HTTP. */
  readonly answers: () => number
  /** Where the site is served now; it may end at any moment. */
  readonly readFrom: (address: string) => void
  readonly stop: () => Promise<void>
}

/** Starts reading a folder that need not be there yet. */
export function startReader(folder: string): TirelessReader {
  const faults: string[] = []
  const seen = new Set<string>()
  let isStopped = false
  let looks = 0
  let answers = 0
  let address: string | undefined
  const note = (path: string, fault: string | undefined) => {
    looks++
    if (fault !== undefined) faults.push(`${path}: ${fault}`)
  }
  const readServed = async (path: string) => {
    if (address === undefined || /\.(gz|br)$/.test(path)) return
    const target = address + path.split('/').map(encodeURIComponent).join('/')
    const answer = await fetch(target)
      .then(async response => ({ status: response.status, body: Buffer.from(await response.arrayBuffer()) }))
      .catch(() => undefined)
    if (answer === undefined) return
    answers++
    note(target, answer.status === 200 ? faultIn(path, answer.body) : `answered ${answer.status}`)
  }
  const readAll = async () => {
    while (!isStopped) {
      for (const path of await filesIn(folder)) if (!path.endsWith('.tmp')) seen.add(path)
      for (const path of seen) {
        if (isStopped) break
        note(path, await documentFault(join(folder, path)))
        await readServed(path)
        await sleep(2)
      }
      await sleep(2)
    }
  }
  const reading = readAll()
  return {
    faults,
    looks: () => looks,
    answers: () => answers,
    readFrom: served => {
      address = served
    },
    stop: async () => {
      isStopped = true
      await reading
    },
  }
}

/** What is wrong with a published file as a reader meets it; a compressed one is unpacked first. */
export async function documentFault(file: string): Promise<string | undefined> {
  try {
    return faultIn(file, await readFile(file))
  } catch (error) {
    return String(error)
  }
}

/** The compressed copies below a folder that are not of their file's bytes. */
export async function pairFaults(folder: string): Promise<readonly string[]> {
  const copies = (await filesIn(folder)).filter(path => /\.(gz|br)$/.test(path))
  const faults: string[] = []
  for (const path of copies) {
    const [copy, file] = [join(folder, path), join(folder, path.replace(/\.(gz|br)$/, ''))]
    if (!unpacked(copy, await readFile(copy)).equals(await readFile(file))) faults.push(`${path}: other bytes`)
    if ((await stat(copy)).mtimeMs !== (await stat(file)).mtimeMs) faults.push(`${path}: another time`)
  }
  return faults
}

function faultIn(path: string, bytes: Buffer): string | undefined {
  try {
    const text = unpacked(path, bytes).toString('utf8')
    const kind = path
      .replace(/\.(gz|br)$/, '')
      .split('.')
      .at(-1)
    if (kind === 'atom' || kind === 'rss') readXml(text)
    if (kind === 'json') JSON.parse(text)
    if (kind === 'html' && !/^<!doctype html>.*<\/html>\s*$/is.test(text)) return 'the page is not complete'
    if (kind === 'css' && !text.trimEnd().endsWith('}')) return 'the style sheet is not complete'
    return undefined
  } catch (error) {
    return String(error)
  }
}

function unpacked(path: string, bytes: Buffer): Buffer {
  if (path.endsWith('.gz')) return gunzipSync(bytes)
  return path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes
}
