import { AppError } from '../../domain/app-error.ts'

/** A feed document cut into its entries, nothing of it read yet. Offsets are in bytes. */
export interface CutDocument {
  /** Everything from the root's start tag to the first entry. */
  readonly head: string
  /** The start tags alone that surround the entries. */
  readonly openTags: string
  /** The end tags for either. */
  readonly closeTags: string
  readonly pieces: readonly Piece[]
}

/** One `entry` or `item` from its `<` to behind its `>`; broken where its end tag is missing. */
export interface Piece {
  readonly start: number
  readonly end: number
  readonly isBroken: boolean
}

interface Root {
  /** As written, with its prefix. */
  readonly name: string
  readonly start: number
  readonly end: number
  readonly entryName: 'entry' | 'item'
}

const [LESS_THAN, BANG, SLASH, QUESTION, COLON] = [0x3c, 0x21, 0x2f, 0x3f, 0x3a]
const ENTRY_NAMES: ReadonlyMap<string, Root['entryName']> = new Map([
  ['feed', 'entry'],
  ['rss', 'item'],
  ['rdf', 'item'],
])
const LONGEST_NAME = 100
// A blog with all its comments has some hundred thousand; each takes memory before it is read.
const MOST_PIECES = 2_000_000

/**
 * Cuts an Atom or RSS document in UTF-8 into its entries, in one pass and without reading what they say. Comments and
 * CDATA sections are passed over. Undefined where the outermost element is none of a feed.
 *
 * @throws AppError `feed-unreadable` where there are more than two million entries
 */
export function cutDocument(bytes: Buffer): CutDocument | undefined {
  const root = rootOf(bytes)
  if (root === undefined) return undefined
  const pieces = piecesOf(bytes, root)
  const rootTag = bytes.toString('utf8', root.start, root.end)
  const head = bytes.toString('utf8', root.start, pieces[0]?.start ?? endOfHead(bytes, root))
  const channel = /<((?:[\w.-]+:)?channel)(?:\s[^<>]*)?>/i.exec(head)
  const isInChannel = channel !== null && !head.includes(`</${channel[1]}`)
  return {
    head,
    openTags: isInChannel ? rootTag + channel[0] : rootTag,
    closeTags: isInChannel ? `</${channel[1]}></${root.name}>` : `</${root.name}>`,
    pieces,
  }
}

function rootOf(bytes: Buffer): Root | undefined {
  for (let at = bytes.indexOf(LESS_THAN); at >= 0; at = bytes.indexOf(LESS_THAN, at)) {
    const next = bytes[at + 1]
    if (next === QUESTION || next === BANG) at = behindDeclaration(bytes, at)
    else {
      const name = bytes.toString('latin1', at + 1, at + LONGEST_NAME).match(/^[\w.:-]+/)?.[0] ?? ''
      const entryName = ENTRY_NAMES.get((name.split(':').at(-1) ?? '').toLowerCase())
      return entryName === undefined ? undefined : { name, start: at, end: behind(bytes, '>', at), entryName }
    }
  }
  return undefined
}

function piecesOf(bytes: Buffer, { end, entryName }: Root): readonly Piece[] {
  const pieces: Piece[] = []
  let start: number | undefined
  const finish = (at: number, isBroken: boolean) => {
    if (start !== undefined) pieces.push({ start, end: at, isBroken })
    start = undefined
    if (pieces.length > MOST_PIECES) throw new AppError('feed-unreadable', `expected at most ${MOST_PIECES} entries in one document`)
  }
  for (let at = bytes.indexOf(LESS_THAN, end); at >= 0; at = bytes.indexOf(LESS_THAN, at)) {
    const next = bytes[at + 1]
    if (next === BANG || next === QUESTION) at = behindDeclaration(bytes, at)
    else if (isNamed(bytes, next === SLASH ? at + 2 : at + 1, entryName)) {
      if (next === SLASH) finish(behind(bytes, '>', at), false)
      else {
        // One that begins within another says that the other was never closed.
        finish(at, true)
        start = at
      }
      at++
    } else at++
  }
  finish(bytes.length, true)
  return pieces
}

/** Without any entry the head ends before the root's end tag, so that it can be closed like any other. */
function endOfHead(bytes: Buffer, root: Root): number {
  const close = bytes.lastIndexOf(`</${root.name}`)
  const channel = bytes.lastIndexOf('</channel')
  const ends = [close, channel].filter(end => end > root.end)
  return ends.length === 0 ? bytes.length : Math.min(...ends)
}

/** Behind a comment, CDATA section, processing instruction or document type; the end where it is not closed. */
function behindDeclaration(bytes: Buffer, at: number): number {
  const beginning = bytes.toString('latin1', at, at + 9)
  if (beginning.startsWith('<?')) return behind(bytes, '?>', at)
  if (beginning.startsWith('<!--')) return behind(bytes, '-->', at + 4)
  if (beginning === '<![CDATA[') return behind(bytes, ']]>', at)
  const end = behind(bytes, '>', at)
  // The declarations inside a document type are passed over whole.
  return bytes.subarray(at, end).includes('[') ? behind(bytes, ']>', at) : end
}

function behind(bytes: Buffer, mark: string, from: number): number {
  const index = bytes.indexOf(mark, from, 'latin1')
  return index < 0 ? bytes.length : index + mark.length
}

/** Whether the name at `at`, without its prefix, is `name`. */
function isNamed(bytes: Buffer, at: number, name: string): boolean {
  const local = afterPrefix(bytes, at)
  for (let index = 0; index < name.length; index++) if (bytes[local + index] !== name.charCodeAt(index)) return false
  return !isNameByte(bytes[local + name.length])
}

function afterPrefix(bytes: Buffer, at: number): number {
  for (let index = at; index < at + LONGEST_NAME && isNameByte(bytes[index]); index++) if (bytes[index] === COLON) return index + 1
  return at
}

/** Letters, digits, `-`, `.`, `:`, `_` and everything beyond ASCII. */
function isNameByte(byte: number | undefined): boolean {
  if (byte === undefined) return false
  return (
    byte >= 0x80 ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x2d && byte <= 0x3a && byte !== SLASH) ||
    byte === 0x5f
  )
}
