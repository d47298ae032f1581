import type { Entry, Text } from '../domain/feed.ts'
import type { Source } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { PostFacts } from '../domain/post.ts'
import { leadOf } from '../html/lead.ts'
import { textOf } from '../html/text.ts'
import { titleKey } from '../match/title-key.ts'
import type { IncomingEntry } from '../store/entry-batch.ts'
import { entryKey, wordsDigest } from '../store/entry-digest.ts'

// What matching reads of an article: its lead and a few paragraphs.
const PLAIN_TEXT_CHARACTERS = 4_000

/** Works out what the store keeps beside an entry: its key, the form its address is compared in, its text without markup. */
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
    wordsDigest: wordsOf(entry, title),
    plainText: isArticle ? leadOf(bodyOf(entry), PLAIN_TEXT_CHARACTERS) : '',
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

/** The whole text, roughly; where the publisher dates its updates itself, nobody asks for it. */
function wordsOf(entry: Entry, title: string): string {
  return entry.updated === undefined ? wordsDigest(title, leadOf(bodyOf(entry), Number.MAX_SAFE_INTEGER)) : ''
}

/** Summary and content, unless the one begins the other, as WordPress has it: its words would count twice. */
function bodyOf({ summary, content }: Entry): string {
  const [lead, body] = [summary?.value ?? '', content?.value ?? '']
  return body === '' || body.startsWith(lead.slice(0, 60)) ? body || lead : `${lead}\n${body}`
}

function titleOf(title: Text | undefined): string {
  if (title === undefined) return ''
  const text = title.type === 'html' ? textOf(title.value) : title.value
  return text.replace(/\s+/g, ' ').trim()
}
