import type { Entry } from '../domain/feed.ts'
import { leadOf } from '../html/lead.ts'

// What matching reads of an article: its lead and a few paragraphs.
const LEAD_CHARACTERS = 4_000

/** Summary and beginning of an entry as plain text, at most 4,000 characters. */
export function leadOfEntry(entry: Entry): string {
  return leadOf(bodyOf(entry), LEAD_CHARACTERS)
}

/** Whether two versions of an entry read the same: an edit of the markup alone changes no words. */
export function hasSameWords(before: Entry, now: Entry): boolean {
  return wordsOf(before) === wordsOf(now)
}

function wordsOf(entry: Entry): string {
  return leadOf(bodyOf(entry), Number.MAX_SAFE_INTEGER)
}

/** Summary and content, unless the one begins the other, as WordPress has it: its words would count twice. */
function bodyOf({ summary, content }: Entry): string {
  const [lead, body] = [summary?.value ?? '', content?.value ?? '']
  return body === '' || body.startsWith(lead.slice(0, 60)) ? body || lead : `${lead}\n${body}`
}
