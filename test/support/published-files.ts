import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LOCK_NAME } from '../../src/publish/folder-lock.ts'
import { faultsOfBytes } from './document-faults.ts'
import { ask, CODINGS, decoded, type ServedAnswer, servedFaults } from './served-document.ts'
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

// Whoever is read from shall come to its own work, too.
const PAUSE_MS = 3

/**
 * Starts reading a folder that need not be there yet.
 *
 * @param mayVanish whether a file that was there once may be there no more
 */
export function startReader(folder: string, mayVanish: (path: string) => boolean = () => false): TirelessReader {
  const faults: string[] = []
  const seen = new Set<string>()
  const watch = watchOver()
  let isStopped = false
  let looks = 0
  let answers = 0
  let address: string | undefined
  const note = (path: string, found: readonly string[]) => {
    looks++
    for (const fault of found) faults.push(`${path}: ${fault}`)
  }
  const readServed = async (path: string) => {
    if (address === undefined || COPY.test(path) || /^[_.]|^404/.test(path)) return
    const target = address + path.split('/').map(encodeURIComponent).join('/')
    const answer = await ask(target, { 'accept-encoding': CODINGS[answers % CODINGS.length] ?? '' })
    if (answer === undefined) return
    answers++
    if (answer.status === 200) note(target, [...servedFaults(path, answer), ...watch(target, answer)])
    else if (!mayVanish(path)) note(target, [`answered ${answer.status}`])
  }
  const readAll = async () => {
    while (!isStopped) {
      for (const path of await filesIn(folder)) if (isPublished(path)) seen.add(path)
      for (const path of seen) {
        if (isStopped) break
        const bytes = await readFile(join(folder, path)).catch(() => undefined)
        if (bytes !== undefined) note(path, faultsOfFile(path, bytes))
        else if (mayVanish(path)) seen.delete(path)
        else note(path, ['it is gone'])
        await readServed(path)
        await sleep(PAUSE_MS)
      }
      await sleep(PAUSE_MS)
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
    return faultsOfFile(file, await readFile(file))[0]
  } catch (error) {
    return String(error)
  }
}

/** Gives what looks at all files below a folder, unfinished ones apart, again and again; one that was sound is passed over until it is another. */
export function folderInspection(folder: string): () => Promise<readonly string[]> {
  const sound = new Map<string, string>()
  return async () => {
    const faults: string[] = []
    for (const path of await filesIn(folder)) {
      if (!isPublished(path)) continue
      const { ino, size, mtimeMs } = await stat(join(folder, path))
      const version = `${ino} ${size} ${mtimeMs}`
      if (sound.get(path) === version) continue
      const fault = await documentFault(join(folder, path))
      if (fault === undefined) sound.set(path, version)
      else faults.push(`${path}: ${fault}`)
    }
    return faults
  }
}

/** The compressed copies below a folder that are not of their file's bytes. */
export async function pairFaults(folder: string): Promise<readonly string[]> {
  const copies = (await filesIn(folder)).filter(path => COPY.test(path))
  const faults: string[] = []
  for (const path of copies) {
    const [copy, file] = [join(folder, path), join(folder, path.replace(COPY, ''))]
    if (!unpacked(copy, await readFile(copy)).equals(await readFile(file))) faults.push(`${path}: other bytes`)
    if ((await stat(copy)).mtimeMs !== (await stat(file)).mtimeMs) faults.push(`${path}: another time`)
  }
  return faults
}

/** Tells what is published from what a run that is under way, or was cut off, needs for itself. */
export function isPublished(path: string): boolean {
  return !path.endsWith('.tmp') && path !== LOCK_NAME
}

const COPY = /\.(gz|br|zst)$/
const CODING_OF: Readonly<Record<string, string>> = { gz: 'gzip', br: 'br', zst: 'zstd' }

function faultsOfFile(path: string, bytes: Buffer): readonly string[] {
  try {
    return faultsOfBytes(path.replace(COPY, ''), unpacked(path, bytes))
  } catch (error) {
    return [String(error)]
  }
}

function unpacked(path: string, bytes: Buffer): Buffer {
  return decoded(bytes, CODING_OF[COPY.exec(path)?.[1] ?? ''])
}

/** Gives what notices that a document has got other bytes without being younger: who asks by the time alone would keep the old ones. */
function watchOver(): (target: string, answer: ServedAnswer) => readonly string[] {
  const last = new Map<string, { readonly digest: string; readonly modifiedAt: number }>()
  return (target, { headers }) => {
    const before = last.get(target)
    const now = { digest: headers.etag?.slice(0, 23) ?? '', modifiedAt: Date.parse(headers['last-modified'] ?? '') }
    last.set(target, now)
    if (before === undefined) return []
    const isInOrder = now.digest === before.digest ? now.modifiedAt >= before.modifiedAt : now.modifiedAt > before.modifiedAt
    return isInOrder ? [] : [`its Last-Modified went from ${before.modifiedAt} to ${now.modifiedAt}`]
  }
}
