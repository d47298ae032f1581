import type { Entry, Text } from '../domain/feed.ts'
import type { Source } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { PostFacts } from '../domain/post.ts'
import { textOf } from '../html/text.ts'
import { titleKey } from '../match/title-key.ts'
import type { IncomingEntry } from '../store/entry-batch.ts'
import { entryKey } from '../store/entry-digest.ts'

/** Works out what the store keeps beside an entry: its key, and the forms its address and title are compared in. */
export function incomingEntry(entry: Entry, source: Source, directory: OutletDirectory, facts?: PostFacts): IncomingEntry {
  const title = titleOf(entry.title)
  const isArticle = source.kind === 'outlet'
  return {
    key: entryKey(scopeOf(entry, source), entry.id),
    role: isArticle ? 'article' : 'post',
    outlet: isArticle ? source.outlet : null,
    entry,
    address: (entry.url === undefined ? undefined : directory.address(entry.url)) ?? null,
    title,
    titleKey: titleKey(title),
    ...(facts === undefined ? {} : { facts }),
  }
}

/**
 * An outlet's feeds share one scope, as sections carry the same article; so do post sources whose ids are IRIs, as a blog
 * and its label feed carry the same post.
 */
function scopeOf(entry: Entry, source: Source): string {
  if (source.kind === 'outlet') return `outlet:${source.outlet}`
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(entry.id) ? 'posts' : `source:${source.id}`
}

function titleOf(title: Text | undefined): string {
  if (title === undefined) return ''
  const isMarkup = title.type === 'html' && /[<&]/.test(title.value)
  const text = isMarkup ? textOf(title.value) : title.value
  return text.replace(/\s+/g, ' ').trim()
}
