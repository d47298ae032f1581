import type { EntryKey } from '../domain/identifiers.ts'
import { entryPagePath, type Site } from '../domain/site.ts'
import { excerptOfText, firstParagraphs } from '../html/text.ts'
import type { Document } from '../publish/publish-documents.ts'
import { type EntryView, entryPage } from '../render/page/entry-page.ts'
import type { Identification } from '../render/page/evidence-words.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import { digestOf } from './digest.ts'
import { entriesOfPosts, type PublishedPost } from './entries-of-posts.ts'
import { type KnownPage, noMemberships } from './known-memberships.ts'
import { fileOf, noteListed, PAGE_LANGUAGES, type PageDeps } from './publish-pages.ts'

// Some fifteen lines of Japanese: enough to know whether to read on at the blog, and no substitute for it.
const EXCERPT_CHARACTERS = 500
// What search engines and messengers show of a page.
const DESCRIPTION_CHARACTERS = 120
// An outlet's excerpt stays one: four or five lines of English.
const ORIGINAL_CHARACTERS = 400
// Posts rendered, staged and put in place together.
const PUBLISHED_AT_A_TIME = 100

/** The page of a post, before it is made. */
export interface PlannedPage extends KnownPage {
  readonly key: EntryKey
}

/** Finds what the pages of posts are to be made from; for posts that have not changed it is known from the run before. */
export function plannedPages(catalogue: readonly CataloguedPost[], { deps, labelRules }: PageDeps): readonly PlannedPage[] {
  const { site, generator, directory, memberships = noMemberships() } = deps
  const labels = [...labelRules].map(([label, { slug, title }]) => [label, slug, title])
  const madeFrom = digestOf(JSON.stringify([site, generator, directory.all, labels]))
  const known = memberships.pagesMadeFrom === madeFrom ? memberships.pages : new Map<EntryKey, KnownPage>()
  const shared = digestOf(JSON.stringify([site, generator, directory.all]))
  const planned = catalogue.map((post): PlannedPage => {
    const { key, stamp } = post
    const page = known.get(key)
    if (page?.stamp === stamp) return { key, ...page }
    return { key, stamp, files: entryFiles(post, site), input: inputOf(post, shared, labelRules) }
  })
  memberships.pagesMadeFrom = madeFrom
  memberships.pages = new Map(planned.map(page => [page.key, page]))
  return planned
}

function entryFiles({ key }: { readonly key: EntryKey }, site: Pick<Site, 'language'>): readonly string[] {
  return PAGE_LANGUAGES.map(language => fileOf(entryPagePath(key, language, site)))
}

function inputOf({ stamp, labels }: CataloguedPost, shared: string, labelRules: PageDeps['labelRules']): string {
  const feeds = labels.map(label => [label, labelRules.get(label)?.slug, labelRules.get(label)?.title])
  return digestOf(JSON.stringify([shared, stamp, feeds]))
}

/** Publishes the page of every post whose input is another than it was last made from. One that cannot be rendered is left out and reported. */
export async function publishEntryPages(planned: readonly PlannedPage[], pages: PageDeps): Promise<void> {
  const { run, deps } = pages
  const due = planned.filter(({ files, input }) => !run.isCurrent(files, input))
  for (let at = 0; at < due.length; at += PUBLISHED_AT_A_TIME) {
    const some = due.slice(at, at + PUBLISHED_AT_A_TIME)
    const posts = await entriesOfPosts(some, deps, DESCRIPTION_CHARACTERS)
    noteListed(posts, pages.listed)
    const inputs = new Map(some.flatMap(({ files, input }) => files.map(path => [path, input])))
    await run.publishSoon(
      posts.flatMap(post => documentsOf(post, pages)),
      path => inputs.get(path) ?? '',
      true,
    )
  }
}

function documentsOf(post: PublishedPost, pages: PageDeps): readonly Document[] {
  const { key, id, url } = post.entry
  try {
    const view = viewOf(post, pages)
    return PAGE_LANGUAGES.map(language => ({
      path: fileOf(entryPagePath(key, language, pages.deps.site)),
      kind: 'page',
      isRarelyRead: true,
      text: entryPage({ ...view, language }),
    }))
  } catch (error) {
    pages.run.keep(entryFiles({ key }, pages.deps.site))
    pages.run.leaveOut([{ id, ...(url === undefined ? {} : { url }), because: `its page cannot be made: ${String(error)}` }])
    return []
  }
}

function viewOf({ entry, judged, article }: PublishedPost, { deps, labelRules }: PageDeps): Omit<EntryView, 'language'> {
  const { site, generator, directory } = deps
  const match = judged.judgement.kind === 'match' && judged.judgement.match.state === 'accepted' ? judged.judgement.match : undefined
  const outlet = entry.original?.outlet === undefined ? undefined : directory.byId(entry.original.outlet.id)
  const mayExcerpt = article !== undefined && outlet !== undefined && outlet.republish !== 'link'
  const originalText = {
    excerpt: mayExcerpt ? excerptOfText(article.text, ORIGINAL_CHARACTERS) : '',
    ...(outlet?.rights === undefined ? {} : { rights: outlet.rights }),
  }
  const identification: Identification | undefined = match && {
    ...{ tier: match.tier, decidedBy: match.decidedBy, evidence: match.evidence },
    outletName: id => directory.all.find(known => known.id === id)?.name,
  }
  return {
    ...{ site, entry, originalText, generatorVersion: generator.version },
    paragraphs: firstParagraphs(judged.post.text, EXCERPT_CHARACTERS),
    labels: judged.post.labels.map(name => {
      const rule = labelRules.get(name)
      return rule === undefined ? { name } : { name, feed: rule }
    }),
    ...(identification === undefined ? {} : { identification }),
  }
}
