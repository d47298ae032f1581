import type { Entry, FeedMetadata } from '../../domain/feed.ts'
import { childElements, childText } from './child-elements.ts'
import type { CutDocument } from './cut-document.ts'
import type { ExportContext, FeedParser, ImportBatch, LeftOut } from './export-reading.ts'
import { NO_METADATA } from './export-reading.ts'

/** What becomes of one entry of a document, decided before it is read. */
export type Sorted =
  | {
      readonly kind: 'post'
      /** As written; the first of several with one id is taken. '' where it has none. */
      readonly id: string
      /** The entry as it is to be read. */
      readonly xml: string
      /** Puts in what the feed syntax has no place for. */
      readonly finish?: (entry: Entry) => Entry
      readonly skipped?: readonly LeftOut[]
    }
  | { readonly kind: 'left-out'; readonly skipped: readonly LeftOut[] }

type SortedPost = Extract<Sorted, { kind: 'post' }>

// A batch is far from the most entries a document may hold, and a few megabytes at most.
const BATCH_ENTRIES = 200
const BATCH_CHARACTERS = 4_000_000
// A blog may have far more comments than posts.
const BATCH_SKIPPED = 5_000
// A post with pictures in its text can be some megabytes; a longer one is no post.
const LONGEST_ENTRY = 32_000_000
// A head is repeated with every batch. WordPress lists all authors, categories and tags in it, Blogger all labels.
const LONGEST_HEAD = 64_000

/** Reads what a document says of itself. */
export async function documentMetadata({ head, closeTags }: CutDocument, { parseFeed, home }: ExportContext): Promise<FeedMetadata> {
  const parsed = await parseFeed(Buffer.from(head + closeTags), { url: home ?? '' })
  return parsed.kind === 'feed' ? parsed.feed.metadata : NO_METADATA
}

/** Reads a cut document in batches, each a small document of its own: sorted first, the posts among them parsed. */
export async function* feedBatches(
  bytes: Buffer,
  document: CutDocument,
  sort: (piece: string) => Sorted,
  context: Pick<ExportContext, 'parseFeed' | 'home'>,
): AsyncGenerator<ImportBatch> {
  const of = document.pieces.length
  const seen = new Set<string>()
  let batch = emptyBatch()
  for (const [index, { start, end, isBroken }] of document.pieces.entries()) {
    const isTooLong = end - start > LONGEST_ENTRY
    const piece = bytes.toString('utf8', start, isTooLong ? start + 2_000 : end)
    const sorted = isBroken || isTooLong ? unreadable(piece, isBroken ? 'its end is missing' : 'it is longer than 32 MB') : sort(piece)
    batch.skipped.push(...(sorted.skipped ?? []))
    if (sorted.kind === 'post') addPost(sorted, seen, batch)
    const isFull = batch.posts.length >= BATCH_ENTRIES || batch.skipped.length >= BATCH_SKIPPED || batch.characters >= BATCH_CHARACTERS
    if (!isFull && index + 1 < of) continue
    yield { ...(await readBatch(batch, document, context)), done: index + 1, of }
    batch = emptyBatch()
  }
}

interface Batch {
  readonly posts: SortedPost[]
  readonly skipped: LeftOut[]
  characters: number
}

function emptyBatch(): Batch {
  return { posts: [], skipped: [], characters: 0 }
}

function addPost(post: SortedPost, seen: Set<string>, batch: Batch): void {
  if (post.id !== '' && seen.size === seen.add(copied(post.id)).size)
    batch.skipped.push({ what: 'repeated post', why: `the id ${post.id.slice(0, 120)} stands in the file before`, count: 1 })
  else {
    batch.posts.push(post)
    batch.characters += post.xml.length
  }
}

/** A part of a string keeps the whole of it in memory: the ids alone would hold every entry of the file. */
function copied(text: string): string {
  return Buffer.from(text).toString()
}

async function readBatch(
  { posts, skipped }: Batch,
  document: CutDocument,
  { parseFeed, home }: Pick<ExportContext, 'parseFeed' | 'home'>,
): Promise<Pick<ImportBatch, 'entries' | 'skipped'>> {
  // One that cannot be read may take its neighbours with it: halving shows which it is.
  const read = async (some: readonly SortedPost[]): Promise<readonly Entry[]> => {
    const entries = await readPosts(some, document, parseFeed, home ?? '')
    const [first] = some
    if (entries.length === some.length || first === undefined) return entries
    const half = some.length / 2
    if (half >= 1) return [...(await read(some.slice(0, half))), ...(await read(some.slice(half)))]
    skipped.push(...unreadable(first.xml, 'nothing could be made out in it').skipped)
    return []
  }
  return { entries: await read(posts), skipped }
}

async function readPosts(
  posts: readonly SortedPost[],
  { head, openTags, closeTags }: CutDocument,
  parseFeed: FeedParser,
  url: string,
): Promise<readonly Entry[]> {
  if (posts.length === 0) return []
  const before = head.length > LONGEST_HEAD ? openTags : head
  const parsed = await parseFeed(Buffer.from(`${before}${posts.map(({ xml }) => xml).join('\n')}${closeTags}`), { url })
  if (parsed.kind !== 'feed') return []
  const finishers = new Map(posts.flatMap(({ id, finish }) => (finish === undefined ? [] : [[id, finish] as const])))
  return parsed.feed.entries.map(entry => finishers.get(entry.id)?.(entry) ?? entry)
}

function unreadable(piece: string, why: string): Extract<Sorted, { kind: 'left-out' }> {
  const title = childText(childElements(piece.slice(0, 100_000)), 'title').slice(0, 80)
  return { kind: 'left-out', skipped: [{ what: 'unreadable post', why: title === '' ? why : `“${title}”: ${why}`, count: 1 }] }
}
