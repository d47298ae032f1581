import type { OutletId, SourceId } from './identifiers.ts'

/** How much of an outlet's own text a published feed may carry. */
export type Republish = 'link' | 'excerpt' | 'full'

/** A publisher: the names it is cited by and the hosts it publishes on. It may have no feed at all. */
export interface Outlet {
  readonly id: OutletId
  readonly name: string
  readonly homepage?: string
  /** Hosts of its articles, lower case, without `www.`; the first is where articles live today. */
  readonly hosts: readonly string[]
  /** Old host, optionally with a path prefix (`thedrive.com/the-war-zone`) to the host that replaced it. */
  readonly movedHosts: readonly MovedHost[]
  /** Names it is cited by besides `name`, in any script. */
  readonly aliases: readonly string[]
  readonly language: string
  readonly republish: Republish
  readonly rights?: string
}

/** Addresses under `from` are the same articles as under `to`; both without scheme and `www.`. */
export interface MovedHost {
  readonly from: string
  readonly to: string
}

/** A feed of an outlet that is polled. */
export interface OutletSource {
  readonly kind: 'outlet'
  readonly id: SourceId
  readonly outlet: OutletId
  readonly feedUrl: string
  readonly pollEveryMs: number
}

/** A feed of translated posts that is polled. A blog on Blogger or WordPress is read to its first post. */
export interface PostFeedSource {
  readonly kind: 'post-feed'
  readonly id: SourceId
  readonly feedUrl: string
  readonly pollEveryMs: number
  readonly title?: string
  readonly translator?: string
  readonly language: string
  /** Only posts with one of these labels are taken; empty takes every post. */
  readonly onlyLabels: readonly string[]
}

/** A folder of Markdown or HTML files with front matter. */
export interface PostFolderSource {
  readonly kind: 'post-folder'
  readonly id: SourceId
  readonly folder: string
  readonly pollEveryMs: number
  readonly title?: string
  readonly translator?: string
  readonly language: string
  readonly onlyLabels: readonly string[]
  /** Where posts that name no address of their own are published: `{path}` is the file's path without extension. */
  readonly urlTemplate: string
  /** For each field of a post the front-matter keys it is read from, first found wins; `a.b` reads a nested key. */
  readonly frontMatter: FrontMatterKeys
}

/** Front-matter keys by the field they give. */
export interface FrontMatterKeys {
  readonly id: readonly string[]
  readonly title: readonly string[]
  readonly url: readonly string[]
  readonly published: readonly string[]
  readonly updated: readonly string[]
  readonly labels: readonly string[]
  readonly author: readonly string[]
  readonly draft: readonly string[]
  readonly originalUrl: readonly string[]
  readonly originalTitle: readonly string[]
  readonly outlet: readonly string[]
  readonly comment: readonly string[]
}

export type PostSource = PostFeedSource | PostFolderSource
export type Source = OutletSource | PostSource
