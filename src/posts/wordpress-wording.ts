import type { Entry } from '../domain/feed.ts'
import { blocksOf, linksOf } from '../html/blocks.ts'
import { textOf } from '../html/text.ts'

/**
 * Tells whether two versions of a post say the same, where one is from the feed of a blog on WordPress and the other from
 * its REST API. These word a post differently without an edit: the feed has images for emoji and may end in a footer that
 * names the post ("The post … appeared first on …"). Labels, words, and links to other hosts count; where one version has
 * nothing but an excerpt, the excerpts do.
 */
export function isSameWording(one: Entry, other: Entry): boolean {
  if (wordsIn(one.title?.value) !== wordsIn(other.title?.value)) return false
  if (labelsOf(one) !== labelsOf(other)) return false
  if (one.content === undefined || other.content === undefined) return wordsIn(one.summary?.value) === wordsIn(other.summary?.value)
  const [whole, otherWhole] = [wordsIn(one.content.value), wordsIn(other.content.value)]
  const isSameText = whole === otherWhole || whole === withoutFooter(other) || withoutFooter(one) === otherWhole
  return isSameText && linksOutOf(one) === linksOutOf(other)
}

/** The words of a post but for its last paragraph, where that names the post. */
function withoutFooter({ title, content }: Entry): string | undefined {
  const paragraphs = blocksOf(content?.value ?? '').map(({ text }) => wordsOf(text))
  const name = wordsIn(title?.value)
  const isFooter = name !== '' && paragraphs.pop()?.includes(name)
  return isFooter ? paragraphs.join('') : undefined
}

function wordsIn(html = ''): string {
  return wordsOf(textOf(html))
}

function wordsOf(text: string): string {
  return text.replace(/\s|\p{Extended_Pictographic}|\u200d|\ufe0f/gu, '')
}

function labelsOf({ categories }: Entry): string {
  return JSON.stringify([...new Set(categories.map(({ term }) => term))].sort())
}

function linksOutOf({ content, url }: Entry): string {
  const home = hostOf(url)
  const hrefs = linksOf(content?.value ?? '', url).map(({ href }) => href)
  return JSON.stringify([...new Set(hrefs.filter(href => hostOf(href) !== home))].sort())
}

function hostOf(address: string | undefined): string | undefined {
  return URL.parse(address ?? '')?.host
}
