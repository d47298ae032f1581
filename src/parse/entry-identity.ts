import { createHash } from 'node:crypto'
import type { Entry } from '../domain/feed.ts'

/** An entry before it is certain what identifies it: `id` is what the publisher says, which may be nothing or anything. */
export type Draft = Omit<Entry, 'id'> & { readonly id?: string }

/**
 * Gives every entry an id that is unique within the document: the publisher's where no other entry has it, else the
 * entry's address, with a digest of title and date where several share that, else a digest of what the entry says
 * (an RFC 6920 name). Entries that say the same as one before them are left out and described in `skipped`.
 */
export function identified(drafts: readonly Draft[]): { readonly entries: readonly Entry[]; readonly skipped: readonly string[] } {
  const skipped: string[] = []
  const distinct = withoutRepeats(drafts, skipped)
  const idCounts = counts(distinct.map(({ id }) => id))
  const needing = distinct.filter(({ id }) => id === undefined || idCounts.get(id) !== 1)
  const urlCounts = counts(needing.map(({ url }) => url))
  const byId = new Map<string, Entry>()
  for (const draft of distinct) {
    const own = draft.id !== undefined && idCounts.get(draft.id) === 1 ? draft.id : undefined
    const id = own ?? standIn(draft, urlCounts, idCounts)
    if (byId.has(id)) skipped.push(`An entry was left out: it has the same identity as another, ${quoted(id)}.`)
    else byId.set(id, { ...draft, id })
  }
  return { entries: [...byId.values()], skipped }
}

function standIn(draft: Draft, urlCounts: ReadonlyMap<string, number>, idCounts: ReadonlyMap<string, number>): string {
  const { url, title, published, updated } = draft
  if (url !== undefined && urlCounts.get(url) === 1 && !idCounts.has(url)) return url
  const said = JSON.stringify([title?.value, published ?? updated])
  if (url !== undefined) return `${url}#${digest(said)}`
  const hasHandle = title !== undefined || published !== undefined || updated !== undefined
  return `ni:///sha-256;${digest(hasHandle ? JSON.stringify([said, draft.content?.value ?? draft.summary?.value]) : JSON.stringify(draft))}`
}

function withoutRepeats(drafts: readonly Draft[], skipped: string[]): readonly Draft[] {
  const seen = new Set<string>()
  return drafts.filter((draft, index) => {
    const { id, url, title, published, updated } = draft
    if (id === undefined) return true
    const key = JSON.stringify([id, url, title?.value, published, updated])
    if (seen.has(key)) skipped.push(`Entry ${index + 1} was left out: it repeats an entry before it, ${quoted(id)}.`)
    return seen.size < seen.add(key).size
  })
}

function counts(values: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const value of values) if (value !== undefined) found.set(value, (found.get(value) ?? 0) + 1)
  return found
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

function quoted(id: string): string {
  return `“${id.slice(0, 120)}”`
}
