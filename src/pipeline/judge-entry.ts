import type { Article } from '../domain/article.ts'
import type { Judgement } from '../domain/match.ts'
import type { PostSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { Post } from '../domain/post.ts'
import { DAY, type Instant } from '../domain/time.ts'
import { contentJudge } from '../match/content-judge.ts'
import { judgePost } from '../match/judge-post.ts'
import { type ArticleQuestions, articleQuestions, type KnownArticles } from '../match/known-articles.ts'
import { type LanguageKnowledge, languageKnowledge } from '../match/language-knowledge.ts'
import type { LexiconEntry } from '../match/lexicon.ts'
import type { OperatorWord } from '../match/operator-word.ts'
import { readPost } from '../posts/read-post.ts'
import type { EntryStore, StoredEntry } from '../store/entry-store.ts'
import type { Store } from '../store/store.ts'
import { type ArticleArchive, articleArchive } from './article-archive.ts'
import type { LearnedEdition } from './learned-words.ts'

/** What judging needs of the world. */
export interface JudgeDeps {
  readonly store: Pick<Store, 'entries'>
  readonly directory: OutletDirectory
  readonly windowMs: number
  /** The operator's own words, beside the lexicon that ships. */
  readonly glossary: readonly LexiconEntry[]
  /** A dictionary for what neither has. */
  readonly dictionary: { readonly file: string; readonly bytes: number } | null
  /** What the operator's own linked posts have taught; absent for nothing. */
  readonly taught?: LearnedEdition
  readonly acceptAbove: number
  readonly proposeAbove: number
  readonly signal?: AbortSignal
}

// Bylines name a day; more articles than this in three are none of one author's.
const MOST_ON_DAYS = 2_000

/** `edition` names what was learnt; nothing where it is empty. */
interface Words extends Books {
  readonly edition: string
}

const archives = new WeakMap<EntryStore, { readonly words: Words; readonly archive: ArticleArchive }>()

/** A store's archive lives as long as the store, and goes on from what it has read; other words begin it anew. */
function archiveOf({ store: { entries }, glossary, dictionary, taught }: JudgeDeps): ArticleArchive {
  const words = { glossary, dictionary, edition: taught?.edition ?? '' }
  const known = archives.get(entries)
  if (known !== undefined && known.words.edition === words.edition && isSame(known.words, words)) return known.archive
  const newJudge = async () => contentJudge((await knowledgeOf({ glossary, dictionary })).anew(taught?.learned))
  const archive = articleArchive(entries, newJudge)
  archives.set(entries, { words, archive })
  return archive
}

/** A config that is read again has a list of its own, with the same words in it. */
function isSame<T extends Books>(a: T, b: T): boolean {
  const isUnchanged = a.glossary === b.glossary && JSON.stringify(a.dictionary) === JSON.stringify(b.dictionary)
  return isUnchanged || JSON.stringify([a.glossary, a.dictionary]) === JSON.stringify([b.glossary, b.dictionary])
}

type Books = Pick<JudgeDeps, 'glossary' | 'dictionary'>

let latest: { readonly books: Books; readonly knowledge: Promise<LanguageKnowledge> } | undefined

/** Gives what there is to know of both languages. Reading it takes most of a second: the last that was asked for is kept. */
export function knowledgeOf({ glossary, dictionary }: Books): Promise<LanguageKnowledge> {
  const books = { glossary, dictionary }
  if (latest === undefined || !isSame(latest.books, books)) latest = { books, knowledge: readKnowledge(books) }
  return latest.knowledge
}

async function readKnowledge({ glossary: own, dictionary }: Books): Promise<LanguageKnowledge> {
  if (dictionary === null) return languageKnowledge({ own })
  const { readDictionary } = await import('../match/dictionary-file.ts')
  return languageKnowledge({ own, dictionary: (await readDictionary(dictionary.file)).dictionary })
}

/** Takes in which articles have changed in the store; whoever judges posts afterwards judges by what is stored now. */
export async function refreshArchive(deps: JudgeDeps): Promise<void> {
  await archiveOf(deps).refresh(deps.signal)
}

/**
 * Reads a stored post and finds its original among the stored articles.
 *
 * @throws what `deps.signal` is aborted with, if that is while articles are read
 */
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
  return { post, judgement: await judgePost(post, known, { operator: word, directory, acceptAbove, proposeAbove }) }
}

async function answer(questions: ArticleQuestions, deps: JudgeDeps): Promise<KnownArticles> {
  const { entries } = deps.store
  const onDay = (day: Instant) => entries.articlesBetween({ from: day - DAY, to: day + 2 * DAY, outlets: [], limit: MOST_ON_DAYS })
  const [byAddress, byTitle, ...days] = await Promise.all([
    entries.articlesByAddress(questions.addresses),
    entries.articlesByTitleKey(questions.titleKeys),
    ...questions.days.map(onDay),
  ])
  const inSpan = () => archiveOf(deps).within(questions.span, deps.signal)
  return { byAddress, byTitle, inSpan, onDays: distinct(days.flat()) }
}

function distinct(articles: readonly Article[]): readonly Article[] {
  return [...new Map(articles.map(article => [article.key, article])).values()]
}
