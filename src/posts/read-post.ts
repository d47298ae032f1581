import type { Entry, Text } from '../domain/feed.ts'
import type { EntryKey } from '../domain/identifiers.ts'
import type { PostSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { Post, PostFacts } from '../domain/post.ts'
import type { Instant } from '../domain/time.ts'
import { type Block, blocksOf } from '../html/blocks.ts'
import { escapeHtml } from '../html/escape.ts'
import { excerptOf, textOf } from '../html/text.ts'
import { bylines } from './bylines.ts'
import { citedAddresses } from './cited-addresses.ts'
import { englishLines } from './english-lines.ts'
import { postLabels } from './post-labels.ts'
import { type ReadTitle, readTitle } from './title.ts'

/**
 * Reads an entry of a source of translated posts: takes its title apart and searches its body for the original.
 * Never throws; an entry that has only a summary, or no dates, gives a post all the same.
 *
 * @param firstSeen stands for the dates of an entry without any
 * @param facts from front matter; its outlet follows those of the title, its comment the title's
 */
export function readPost(
  entry: Entry,
  source: PostSource,
  key: EntryKey,
  firstSeen: Instant,
  directory: OutletDirectory,
  facts: PostFacts = {},
): Post {
  const html = htmlOf(entry.content ?? entry.summary)
  const blocks = blocksOf(html, entry.url)
  const title = titleOf(entry, html)
  const published = entry.published ?? entry.updated ?? firstSeen
  return {
    key,
    source: source.id,
    id: entry.id,
    ...(entry.url === undefined ? {} : { url: entry.url }),
    title,
    ...titleFacts(readTitle(title, directory), facts),
    labels: postLabels(entry.categories),
    authors: entry.authors.length > 0 || source.translator === undefined ? entry.authors : [{ name: source.translator }],
    language: entry.language ?? source.language,
    published,
    updated: entry.updated ?? published,
    html,
    ...bodyFacts(blocks, published, directory),
    links: entry.links,
    ...(facts.stated === undefined ? {} : { stated: facts.stated }),
  }
}

function titleFacts(title: ReadTitle, { stated, comment }: PostFacts): Pick<Post, 'headline' | 'comment' | 'outlets'> {
  const comments = [title.comment, comment?.trim()].filter(text => text !== undefined && text !== '')
  const outlets = stated?.outlet === undefined ? title.outlets : [...new Set([...title.outlets, stated.outlet])]
  return { headline: title.headline, ...(comments.length === 0 ? {} : { comment: comments.join(' ') }), outlets }
}

function bodyFacts(
  blocks: readonly Block[],
  published: Instant,
  directory: OutletDirectory,
): Pick<Post, 'text' | 'cited' | 'englishLines' | 'bylines'> {
  return {
    text: blocks.map(({ text }) => text).join('\n'),
    cited: citedAddresses(blocks, directory),
    englishLines: englishLines(blocks),
    bylines: bylines(blocks, published),
  }
}

/** Blogger lets a post go without a title; the beginning of its body, its address or its id then stands for one. */
function titleOf(entry: Entry, html: string): string {
  const { type, value } = entry.title ?? { type: 'text', value: '' }
  const title = (type === 'html' ? textOf(value) : value).normalize('NFC').replace(/\s+/g, ' ').trim()
  return title || excerptOf(html, 60) || entry.url || entry.id
}

function htmlOf(text: Text | undefined): string {
  if (text === undefined) return ''
  return text.type === 'html' ? text.value : htmlOfText(text.value)
}

/** Empty lines divide paragraphs, other line ends break lines. */
function htmlOfText(text: string): string {
  const paragraphs = text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/)
  const filled = paragraphs.map(paragraph => paragraph.trim()).filter(paragraph => paragraph !== '')
  return filled.map(paragraph => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`).join('')
}
