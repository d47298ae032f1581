import { type UnzipFileInfo, unzipSync } from 'fflate'
import { AppError } from '../../domain/app-error.ts'

/** A file in a zip that may be an export; `blog` is what its blog is called there. */
export interface ZipMember {
  readonly index: number
  readonly name: string
  readonly blog: string
  /** Bytes, as the zip's directory claims. */
  readonly size: number
  readonly isTakeout: boolean
}

// Takeout of a whole account has tens of thousands of pictures; a directory that goes on and on is a trap.
const MOST_MEMBERS = 200_000
const LARGEST_MEMBERS = 1_000_000_000
// A byte of deflate gives at most 1032 (RFC 1951: 258 characters for two bits).
const HIGHEST_RATIO = 1_040
const CANDIDATE = /\.(?:atom|xml|rss|rdf|json|txt)$/i
// Takeout/Blogger/Blogs/<title>/feed.atom, whatever language the folders above are named in.
const TAKEOUT_FEED = /(?:^|\/)([^/]+)\/feed\.atom$/i
// WordPress cuts long exports into site.wordpress.2026-01-01.000.xml, .001.xml and so on.
const PART_NUMBER = /\.\d{3}(?=\.xml$)/i

/** Tells a zip by its first bytes. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
}

/**
 * Lists the files of a zip that may be exports, in order of their names: the feeds of a Takeout where there are any, else
 * what is named like a feed or a text. Nothing is unpacked.
 *
 * @throws AppError `feed-unreadable` where the zip is broken or its directory has no end
 */
export function zipMembers(bytes: Uint8Array, zipName: string): readonly ZipMember[] {
  const members: ZipMember[] = []
  let count = 0
  walk(bytes, zipName, ({ name, size, originalSize }) => {
    const index = count++
    if (count > MOST_MEMBERS) throw new AppError('feed-unreadable', `${zipName}: expected a zip with at most ${MOST_MEMBERS} files`)
    if (CANDIDATE.test(name) && !/(?:^|\/)(?:__MACOSX\/|\.)/.test(name)) {
      members.push({ index, name, blog: blogOf(name), size: Math.max(size, originalSize), isTakeout: TAKEOUT_FEED.test(name) })
    }
    return false
  })
  const feeds = members.filter(({ isTakeout }) => isTakeout)
  return (feeds.length > 0 ? feeds : members).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Unpacks some members, in their order. What they claim to hold is checked first and is all the room they get.
 *
 * @throws AppError `feed-unreadable` where they claim too much, or one cannot be unpacked
 */
export function unpacked(bytes: Uint8Array, members: readonly ZipMember[], zipName: string): readonly Uint8Array[] {
  const total = members.reduce((sum, { size }) => sum + size, 0)
  if (total > LARGEST_MEMBERS) throw new AppError('feed-unreadable', `${zipName}: expected at most 1 GB when unpacked, got ${total} bytes`)
  return members.map(member => unpack(bytes, member, zipName))
}

function unpack(bytes: Uint8Array, member: ZipMember, zipName: string): Uint8Array {
  let count = 0
  const files = walk(bytes, zipName, ({ size, originalSize }) => {
    if (count++ !== member.index) return false
    if (originalSize <= size * HIGHEST_RATIO + 1_024) return true
    throw new AppError('feed-unreadable', `${zipName}: ${member.name} claims to be larger than its ${size} packed bytes can be`)
  })
  // The one that was asked for, whatever its name is.
  const [file] = Object.values(files)
  if (file === undefined) throw new AppError('feed-unreadable', `${zipName}: ${member.name} could not be unpacked`)
  return file
}

function walk(bytes: Uint8Array, zipName: string, filter: (file: UnzipFileInfo) => boolean): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, { filter })
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('feed-unreadable', `${zipName}: expected a zip that can be unpacked, got a broken or encrypted one (${reason})`, {
      cause,
    })
  }
}

function blogOf(name: string): string {
  return (TAKEOUT_FEED.exec(name)?.[1] ?? name.replace(PART_NUMBER, '')).normalize('NFC')
}
