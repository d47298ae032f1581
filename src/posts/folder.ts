import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PostFolderSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import { type FileSyntax, type FolderEntry, type PostFile, type ReadFile, readPostFile } from './post-file.ts'

/** What reading a folder came to. `entries` are in the order of their paths, without drafts; each id occurs once. */
export type FolderReading =
  | { readonly kind: 'read'; readonly entries: readonly FolderEntry[]; readonly problems: readonly string[] }
  | { readonly kind: 'failed'; readonly detail: string }

// A long post has 100 KB of text; what is larger carries its images within.
const MAX_BYTES = 2_000_000
const POST_FILE = /\.(?:md|markdown|html?)$/i

/**
 * Reads a folder of Markdown (`.md`, `.markdown`) and HTML (`.html`, `.htm`) files with all its subfolders; symbolic
 * links, hidden files and Jekyll's `_drafts` are passed over. A file that cannot be read becomes a problem, `path:line: …`,
 * and the others go on; only a folder that cannot be listed at all fails. Rejects with the signal's reason when aborted.
 *
 * @param directory finds the outlets that front matter names
 */
export async function readFolder(
  source: PostFolderSource,
  directory: OutletDirectory,
  syntax: FileSyntax,
  signal?: AbortSignal,
): Promise<FolderReading> {
  const problems: string[] = []
  const listing = await listPosts(source.folder, problems)
  if (listing === undefined) return { kind: 'failed', detail: problems.join('; ') }
  const entries = new Map<string, FolderEntry>()
  for (const path of listing.posts) {
    signal?.throwIfAborted()
    const read = await readPath(path, source, directory, syntax)
    if (read.kind === 'problem') problems.push(`${path}:${read.problem}`)
    if (read.kind !== 'entry') continue
    const { id } = read.entry.entry
    const other = entries.get(id)
    if (other === undefined) entries.set(id, read.entry)
    else problems.push(`${path}:1: expected an id of its own, got that of ${other.path} (${id})`)
  }
  return { kind: 'read', entries: [...entries.values()], problems }
}

/** A folder of posts as it lies on the disk. */
export interface FolderState {
  /** The folder and those below it in which posts may lie; absolute. */
  readonly folders: readonly string[]
  /** Another one where a post has come, gone, or been written anew. */
  readonly digest: string
}

/** Tells how a folder of posts lies on the disk, without reading a file; undefined where it cannot be listed. */
export async function folderState(folder: string): Promise<FolderState | undefined> {
  const listing = await listPosts(folder, [])
  if (listing === undefined) return undefined
  const hash = createHash('sha256')
  const marks = await Promise.all(listing.posts.map(async path => JSON.stringify([path, await markOf(join(folder, path))])))
  for (const mark of marks) hash.update(mark)
  return { folders: listing.folders.map(path => join(folder, path)), digest: hash.digest('base64url') }
}

/** What changes when a file is written to or replaced; null where it has gone meanwhile. */
async function markOf(file: string): Promise<readonly number[] | null> {
  const found = await stat(file).catch(() => undefined)
  return found === undefined ? null : [found.ino, found.size, found.mtimeMs]
}

async function readPath(path: string, source: PostFolderSource, directory: OutletDirectory, syntax: FileSyntax): Promise<ReadFile> {
  const file = await readFile(source.folder, path)
  return typeof file === 'string' ? { kind: 'problem', problem: `1: ${file}` } : readPostFile(file, source, directory, syntax)
}

interface Listing {
  /** Sorted by code unit, so that the order is the same on every machine. */
  readonly posts: readonly string[]
  readonly folders: readonly string[]
}

/** Paths, relative to the folder, of the files that are posts and of the folders they may lie in. */
async function listPosts(folder: string, problems: string[]): Promise<Listing | undefined> {
  const posts: string[] = []
  const folders: string[] = []
  const pending = ['']
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    folders.push(at)
    try {
      for (const item of await readdir(join(folder, at), { withFileTypes: true })) {
        const path = at === '' ? item.name : `${at}/${item.name}`
        if (item.name.startsWith('.') || item.name === '_drafts') continue
        if (item.isDirectory()) pending.push(path)
        else if (item.isFile() && POST_FILE.test(item.name)) posts.push(path)
      }
    } catch (error) {
      problems.push(at === '' ? `${folder}: ${reasonOf(error)}` : `${at}:1: ${reasonOf(error)}`)
      if (at === '') return undefined
    }
  }
  return { posts: posts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)), folders }
}

/** The file, or why there is none. */
async function readFile(folder: string, path: string): Promise<PostFile | string> {
  try {
    // The listing may be outdated by now: a symbolic link put in the file's place is refused.
    await using file = await open(join(folder, path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    const { size, mtimeMs } = await file.stat()
    if (size > MAX_BYTES) return `expected at most ${MAX_BYTES} bytes, got ${size}`
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile())
    return { path, text, modified: Math.trunc(mtimeMs) }
  } catch (error) {
    return error instanceof TypeError ? 'expected UTF-8, got other bytes' : reasonOf(error)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
