import type { Article } from '../domain/article.ts'
import type { OutletId } from '../domain/identifiers.ts'
import type { Candidate, Original } from '../domain/match.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { Post } from '../domain/post.ts'
import { titleKey } from './title-key.ts'

/** What an operator's pair list says of one post. */
export interface OperatorWord {
  /** Null: the post translates nothing. */
  readonly url: string | null
  readonly where: string
}

/** Tier 1: the pair list, then what the post's front matter states. Undefined when neither says anything usable. */
export function statedCandidate(
  post: Post,
  word: OperatorWord | undefined,
  articles: readonly Article[],
  directory: OutletDirectory,
): Candidate | undefined {
  if (word !== undefined && word.url !== null) {
    return {
      tier: 1,
      score: 1,
      original: originalAt(word.url, articles, directory),
      evidence: [{ kind: 'operator-pair', where: word.where, url: word.url }],
    }
  }
  if (post.stated === undefined) return undefined
  const { url, title, where } = post.stated
  const evidence = [
    { kind: 'stated-original', where, ...(url === undefined ? {} : { url }), ...(title === undefined ? {} : { title }) },
  ] as const
  if (url !== undefined) return { tier: 1, score: 1, original: withTitle(originalAt(url, articles, directory), title), evidence }
  const outlet = post.stated.outlet ?? post.outlets[0]
  const article = title === undefined ? undefined : titledArticle(title, outlet, articles)
  if (article !== undefined) return { tier: 1, score: 1, original: originalOf(article), evidence }
  if (title === undefined) return undefined
  return { tier: 1, score: 1, original: { entry: null, outlet: outlet ?? null, url: null, address: null, title }, evidence }
}

/** The article of a title: the only one, or the only one of the outlet. */
function titledArticle(title: string, outlet: OutletId | undefined, articles: readonly Article[]): Article | undefined {
  const key = titleKey(title)
  const titled = new Map<string, Article>()
  // One article may be known under several ids, as sections carry it.
  for (const article of inOrder(articles)) {
    const name = article.address ?? article.key
    if (titleKey(article.title) === key && !titled.has(name)) titled.set(name, article)
  }
  const [only, ...more] = titled.values()
  if (more.length === 0) return only
  const [own, ...others] = [...titled.values()].filter(article => article.outlet === outlet)
  return others.length === 0 ? own : undefined
}

/** Equal input gives an equal judgement, in whatever order the store gives it. */
function inOrder(articles: readonly Article[]): readonly Article[] {
  return articles.toSorted((a, b) => a.published - b.published || (a.key < b.key ? -1 : 1))
}

/** Names an article that a polled feed has shown. */
export function originalOf(article: Article): Original {
  return { entry: article.key, outlet: article.outlet, url: article.url ?? null, address: article.address ?? null, title: article.title }
}

/** Names the article at an address: the polled one where there is one, else the address alone. */
export function originalAt(url: string, articles: readonly Article[], directory: OutletDirectory): Original {
  const address = directory.address(url) ?? null
  const article = address === null ? undefined : inOrder(articles).find(candidate => candidate.address === address)
  if (article !== undefined) return originalOf(article)
  return { entry: null, outlet: directory.byUrl(url)?.outlet.id ?? null, url, address, title: null }
}

function withTitle(original: Original, title: string | undefined): Original {
  return original.title === null && title !== undefined ? { ...original, title } : original
}
