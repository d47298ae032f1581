import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { all, readXml } from '../render/feed/read-xml.ts'

/** An entry of a published Atom feed. */
export interface PublishedEntry {
  readonly id: string
  readonly title: string
  readonly published: string
  readonly updated: string
  readonly content: string
  readonly authors: readonly string[]
  /** Terms. */
  readonly categories: readonly string[]
  /** Hrefs by relation, the first of each. */
  readonly links: Readonly<Record<string, string>>
}

/** The part of a published JSON Feed that tests look at. */
export interface PublishedItem {
  readonly id: string
  readonly url: string
  readonly external_url?: string
  readonly title: string
  readonly content_html: string
  readonly date_published: string
  readonly date_modified: string
  readonly tags?: readonly string[]
  readonly authors?: readonly { readonly name: string }[]
}

/** Reads the entries of `feeds/<slug>.atom`, in order; throws where it is not well-formed. */
export async function publishedAtom(publicFolder: string, slug: string): Promise<readonly PublishedEntry[]> {
  const root = readXml(await readFile(join(publicFolder, 'feeds', `${slug}.atom`), 'utf8'))
  return all(root, 'entry').map(entry => {
    const text = (name: string) => all(entry, name)[0]?.text ?? ''
    const links = all(entry, 'link').map(({ attributes: { rel = 'alternate', href = '' } }) => [rel, href] as const)
    return {
      id: text('id'),
      title: text('title'),
      published: text('published'),
      updated: text('updated'),
      content: text('content'),
      authors: all(entry, 'author').map(author => all(author, 'name')[0]?.text ?? ''),
      categories: all(entry, 'category').map(({ attributes }) => attributes['term'] ?? ''),
      links: Object.fromEntries(links.toReversed()),
    }
  })
}

/** Reads the items of `feeds/<slug>.json`, in order. */
export async function publishedJson(publicFolder: string, slug: string): Promise<readonly PublishedItem[]> {
  const feed = JSON.parse(await readFile(join(publicFolder, 'feeds', `${slug}.json`), 'utf8')) as {
    readonly items: readonly PublishedItem[]
  }
  return feed.items
}
