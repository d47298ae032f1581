import { AppError } from '../../domain/app-error.ts'
import { bloggerExportOf, sortBloggerEntry } from './blogger-entry.ts'
import { type CutDocument, cutDocument } from './cut-document.ts'
import { utf8Document } from './document-text.ts'
import { type ExportContext, type ExportKind, type ExportReading, NO_METADATA } from './export-reading.ts'
import { documentMetadata, feedBatches, type Sorted } from './feed-batches.ts'
import { movableTypeBatches } from './movable-type.ts'
import { isMovableType } from './movable-type-records.ts'
import { plainFeed, unrecognised } from './plain-feed.ts'
import { readZip } from './read-zip.ts'
import { sortWordpressItem } from './wordpress-item.ts'
import { isZip } from './zip-members.ts'

/**
 * Recognises an export file by what it holds, never by its name: a Blogger backup, a feed of Blogger Takeout, a WordPress
 * export (WXR), a Movable Type text, any Atom, RSS or JSON Feed document, or a zip of one blog's.
 *
 * @param blog which one of a zip with several blogs
 * @throws AppError `feed-unreadable` where it is none of these or broken, `usage` where a zip holds several blogs and none
 *   is named or a time zone does not exist, `not-found` where it holds no blog of this name
 */
export async function readExport(bytes: Uint8Array, context: ExportContext, blog?: string): Promise<ExportReading> {
  if (isZip(bytes)) return readZip(bytes, context, blog, readDocument)
  if (blog !== undefined) throw new AppError('usage', `--blog: expected a zip with several blogs to choose from, got ${context.name}`)
  return readDocument(bytes, context)
}

// So many entries fit into one document of the feed parser; and what is whole it reads as a poll would.
const MOST_AT_ONCE = 5_000
// Exports begin with the template, settings, pages; a few entries tell.
const SAMPLE = 3

async function readDocument(packed: Uint8Array, context: ExportContext): Promise<ExportReading> {
  if (packed[0] === 0x1f && packed[1] === 0x8b) throw unrecognised(context, 'a gzip archive: unpack it first')
  const { bytes, encoding } = utf8Document(packed, context)
  if (isMovableType(bytes)) return { kind: 'movable-type', encoding, feed: NO_METADATA, batches: movableTypeBatches(bytes, context) }
  const document = cutDocument(bytes)
  const kind = document === undefined ? 'feed' : kindOf(bytes, document)
  if (document === undefined || (kind === 'feed' && document.pieces.length <= MOST_AT_ONCE)) {
    return { ...(await plainFeed(bytes, context)), encoding }
  }
  const feed = ofBlog(await documentMetadata(document, context))
  return { kind, encoding, feed, batches: () => feedBatches(bytes, document, sorter(kind, context), context) }
}

function sorter(kind: ExportKind, { home }: ExportContext): (piece: string) => Sorted {
  if (kind === 'wordpress') return sortWordpressItem
  if (kind === 'feed') return piece => ({ kind: 'post', id: '', xml: piece })
  return piece => sortBloggerEntry(piece, home)
}

function kindOf(bytes: Buffer, { head, pieces }: CutDocument): ExportKind {
  if (/\sxmlns:wp\s*=|<wp:wxr_version/.test(head)) return 'wordpress'
  for (const { start, end } of pieces.slice(0, SAMPLE)) {
    const found = bloggerExportOf(bytes.toString('utf8', start, end))
    if (found !== undefined) return found
  }
  return 'feed'
}

/** The backup calls itself the blog's archive, under an address that only its owner can open. */
function ofBlog(feed: ExportReading['feed']): ExportReading['feed'] {
  const links = feed.links.filter(({ href }) => !/^https?:\/\/(?:www\.)?blogger\.com\/feeds\/\d+\/archive/i.test(href))
  return { ...feed, links, ...(feed.id === undefined ? {} : { id: feed.id.replace(/^(tag:blogger\.com,.*)\.archive$/, '$1') }) }
}
