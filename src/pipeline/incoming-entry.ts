import type { Entry, Text } from '../domain/feed.ts'
import type { Source } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { PostFacts } from '../domain/post.ts'
import { textOf } from '../html/text.ts'
import { titleKey } from '../match/title-key.ts'
import { entryKey } from '../store/entry-digest.ts'
import type { IncomingEntry } from '../store/entry-store.ts'

// What matching reads of an article: its lead and a few paragraphs.
const PLAIN_TEXT_CHARACTERS = 4_000

/** Works out what the store keeps beside an entry: its key, the form its address is compared in, its text without markup. */
export function incomingEntry(entry: Entry, source: Source, directory: OutletDirectory, facts?: PostFacts): IncomingEntry {
  const title = plain(entry.title).replace(/\s+/g, ' ').trim()
  const isArticle = source.kind === 'outlet'
  return {
    key: entryKey(scopeOf(entry, source), entry.id),
    role: isArticle ? 'article' : 'post',
    outlet: isArticle ? source.outlet : null,
    entry,
    address: (entry.url === undefined ? undefined : directory.address(entry.url)) ?? null,
    title,
    titleKey: titleKey(title),
    plainText: articleText(entry).slice(0, PLAIN_TEXT_CHARACTERS),
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

function articleText(entry: Entry): string {
  const [summary, content] = [plain(entry.summary), plain(entry.content)]
  // WordPress puts the beginning of the content into the summary; both together would count its words twice.
  const repeats = content.startsWith(summary.slice(0, 60).replace(/[.…\s]+$/, ''))
  return repeats ? content : `${summary}\n${content}`
}

function plain(text: Text | undefined): string {
  if (text === undefined) return ''
  return text.type === 'html' ? textOf(text.value) : text.value
}
