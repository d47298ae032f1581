import type { ExportKind } from './export-reading.ts'
import type { LeftOutCount } from './left-out-counts.ts'

/** What an import did. */
export interface ImportReport {
  readonly kind: ExportKind
  /** The WHATWG name of the encoding the file was in. */
  readonly encoding: string
  /** What the blog calls itself; '' where the export does not say. */
  readonly title: string
  /** Posts that were read: the sum of `added`, `changed`, `unchanged` and `kept`. */
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Posts whose stored edition is newer, or that another source has. */
  readonly kept: number
  readonly withoutAddress: number
  /** Those among them that no host would give one, as the export does not name them. */
  readonly nameless: number
  readonly skipped: readonly LeftOutCount[]
}

const KIND_NAMES: Readonly<Record<ExportKind, string>> = {
  'blogger-backup': 'a Blogger backup',
  'blogger-takeout': 'a feed of Blogger Takeout',
  wordpress: 'a WordPress export (WXR)',
  'movable-type': 'a Movable Type text',
  feed: 'a feed document',
}

const LACKING: Partial<Record<ExportKind, string>> = {
  'movable-type': 'the export has no PERMALINK, UNIQUE URL, URL or PATH for them, and no BASENAME as Hatena Blog writes it',
}

/** What an import did, for people. */
export function describeImport(report: ImportReport): readonly string[] {
  const { kind, encoding, title, read, added, changed, unchanged, kept, withoutAddress, nameless, skipped } = report
  const name = `Recognised ${KIND_NAMES[kind]}${title === '' ? '' : ` of “${title.slice(0, 100)}”`}`
  const hostless = withoutAddress - nameless
  const addresses = [
    ...(hostless === 0 ? [] : [`${posts(hostless)} without an address: give the blog's host with --host, and import again`]),
    ...(nameless === 0 ? [] : [`${posts(nameless)} without an address: ${LACKING[kind] ?? 'the export names none'}`]),
  ]
  return [
    encoding === 'utf-8' ? name : `${name}, in ${encoding}`,
    `${posts(read)}: ${added} new, ${changed} changed, ${unchanged} unchanged${kept === 0 ? '' : `, ${kept} left as stored (newer, or of another source)`}`,
    ...(skipped.length === 0 ? [] : [`skipped: ${describeLeftOut(skipped)}`]),
    ...skipped.flatMap(({ what, why }) => why.map(reason => `  ${what}: ${reason}`)),
    ...addresses,
  ]
}

/** `12 comments, 3 drafts, 1 page`; '' where nothing was left out. */
export function describeLeftOut(counts: readonly LeftOutCount[]): string {
  return counts.map(({ what, count }) => `${count} ${what}${count === 1 ? '' : 's'}`).join(', ')
}

function posts(count: number): string {
  return `${count} post${count === 1 ? '' : 's'}`
}
