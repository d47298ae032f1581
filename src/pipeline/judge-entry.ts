import type { Article } from '../domain/article.ts'
import type { Judgement } from '../domain/match.ts'
import type { PostSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { Post } from '../domain/post.ts'
import { DAY, type Instant } from '../domain/time.ts'
import { type ContentJudge, contentJudge } from '../match/content-judge.ts'
import { judgePost } from '../match/judge-post.ts'
import { type ArticleQuestions, articleQuestions, type KnownArticles } from '../match/known-articles.ts'
import { languageKnowledge } from '../match/language-knowledge.ts'
import type { LexiconEntry } from '../match/lexicon.ts'
import type { OperatorWord } from '../match/operator-word.ts'
import { readPost } from '../posts/read-post.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import type { Store } from '../store/store.ts'

/** What judging needs of the world. */
export interface JudgeDeps {
  readonly store: Pick<Store, 'entries'>
  readonly directory: OutletDirectory
  readonly windowMs: number
  /** The operator's own words, beside the lexicon that ships. */
  readonly glossary: readonly LexiconEntry[]
  readonly acceptAbove: number
  readonly proposeAbove: number
}

const SPAN_LIMIT = 2_000

// A service runs for months, and every edition of every article would stay: some 300 MB, then it begins anew.
const MOST_REMEMBERED = 50_000

let current: { readonly glossary: string; readonly judge: ContentJudge } | undefined

/** Reading the lexicon takes a quarter of a second; most cycles have nothing to judge, and what is read is the same for all. */
function contentOf(own: readonly LexiconEntry[]): ContentJudge {
  const glossary = JSON.stringify(own)
  if (current?.glossary !== glossary || current.judge.size() > MOST_REMEMBERED)
    current = { glossary, judge: contentJudge(languageKnowledge({ own })) }
  return current.judge
}

/** Reads a stored post and finds its original among the stored articles. */
export async function judgeEntry(
  entry: StoredEntry,
  source: PostSource,
  operator: ReadonlyMap<string, OperatorWord>,
  deps: JudgeDeps,
): Promise<{ readonly post: Post; readonly judgement: Judgement }> {
  const read = readPost(entry.entry, source, entry.key, entry.firstSeen, deps.directory, entry.facts)
  const post = { ...read, published: entry.published, updated: entry.updated }
  const word = entry.address === null ? undefined : operator.get(entry.address)
  const addresses = [word?.url, post.stated?.url].flatMap(url => (url == null ? [] : (deps.directory.address(url) ?? [])))
  const known = await answer(articleQuestions(post, deps.windowMs, addresses), deps)
  const { directory, acceptAbove, proposeAbove } = deps
  return {
    post,
    judgement: judgePost(post, known, { operator: word, directory, content: contentOf(deps.glossary), acceptAbove, proposeAbove }),
  }
}

async function answer(questions: ArticleQuestions, { store: { entries } }: JudgeDeps): Promise<KnownArticles> {
  const onDays = (day: Instant) => entries.articlesBetween({ from: day - DAY, to: day + 2 * DAY, outlets: [], limit: SPAN_LIMIT })
  const [byAddress, byTitle, inSpan, ...days] = await Promise.all([
    entries.articlesByAddress(questions.addresses),
    entries.articlesByTitleKey(questions.titleKeys),
    entries.articlesBetween({ ...questions.span, limit: SPAN_LIMIT }),
    ...questions.days.map(onDays),
  ])
  return { byAddress, byTitle, inSpan, onDays: distinct(days.flat()) }
}

function distinct(articles: readonly Article[]): readonly Article[] {
  return [...new Map(articles.map(article => [article.key, article])).values()]
}
