import { setImmediate as nextTurn } from 'node:timers/promises'
import { DAY } from '../domain/time.ts'
import type { ContentJudge } from '../match/content-judge.ts'
import type { ArticleSpan, SpanArticles } from '../match/known-articles.ts'
import type { ArticlePlace, EntryStore } from '../store/entry-store.ts'
import { gapsIn, isWithin, joined, type TimeSpan } from './time-spans.ts'

/**
 * The stored articles by what they say, as far as posts have asked. What it says of a span is what is stored, whatever was
 * asked before and in whatever order articles came.
 */
export interface ArticleArchive {
  /**
   * Takes in what has changed in the store since it was last looked at.
   *
   * @throws what `signal` is aborted with; what is left is taken in the next time
   */
  readonly refresh: (signal?: AbortSignal) => Promise<void>
  /**
   * Gives the articles of a span, reading those that nobody has asked for yet.
   *
   * @throws what `signal` is aborted with; what was read until then need not be read again
   */
  readonly within: (span: ArticleSpan, signal?: AbortSignal) => Promise<SpanArticles>
}

const PAGE = 50
// Some ten milliseconds' worth of taking articles apart: others want to be served meanwhile.
const WITHOUT_A_BREAK = 10
// Some 60,000 articles with a summary of a sentence take 250 MB beside the lexicon, and as much again until what was
// forgotten is collected.
const MOST_UNITS = 1_000_000
// Below this many, editions that are no more cost nothing that anybody would notice.
const FEW = 1_000

/**
 * Opens an archive that has read nothing yet.
 *
 * @param newJudge gives a judge that knows no articles; asked when the first are read, and when too much is remembered
 */
export function articleArchive(
  entries: Pick<EntryStore, 'articlesFrom' | 'articlesChanged' | 'newestChange'>,
  newJudge: () => ContentJudge | Promise<ContentJudge>,
  mostUnits = MOST_UNITS,
): ArticleArchive {
  let current: Reading | undefined
  const readingFor = async (span: ArticleSpan): Promise<Reading> => {
    if (current !== undefined && !isWorn(current, span, mostUnits)) return current
    // First, so that whatever comes while the articles are read is seen as a change.
    const changedAt = await entries.newestChange()
    current = { newJudge, judge: undefined, spans: [], through: { changedAt, key: AFTER_EVERY_KEY } }
    return current
  }
  return {
    refresh: async signal => {
      if (current !== undefined) await takeChanges(current, entries, signal)
    },
    within: async (span, signal) => {
      const reading = await readingFor(span)
      for (const gap of gapsIn(reading.spans, wholeDays(span))) await readGap(gap, reading, entries, signal)
      return reading.judge?.within(span) ?? NOTHING
    },
  }
}

/** What has been read so far. */
interface Reading {
  readonly newJudge: () => ContentJudge | Promise<ContentJudge>
  /** Asked for with the first article: it takes a quarter of a second, which a blog without outlets need not wait. */
  judge: ContentJudge | undefined
  /** Every article published in them is known as it was when the changes were last taken in. */
  spans: readonly TimeSpan[]
  /** The last change taken in. */
  through: ArticlePlace
}

const NOTHING: SpanArticles = { articles: [], titledLike: () => [], candidates: () => [] }

// Keys are digests, in letters and digits.
const AFTER_EVERY_KEY = '~'

/** Whether little of what is remembered is of use: editions that are no more, or, where it is much, articles of other times. */
function isWorn({ judge, spans }: Reading, span: ArticleSpan, mostUnits: number): boolean {
  if (judge === undefined) return false
  const { articles, superseded, units } = judge.size()
  if (superseded > Math.max(FEW, articles)) return true
  if (units <= mostUnits || gapsIn(spans, wholeDays(span)).length === 0) return false
  return [...judge.within({ ...span, outlets: [] }).articles].length < articles / 2
}

/** Posts of one week then ask for one gap, not for one each. */
function wholeDays({ from, to }: TimeSpan): TimeSpan {
  return { from: Math.floor(from / DAY) * DAY, to: Math.ceil((to + 1) / DAY) * DAY - 1 }
}

async function readGap(gap: TimeSpan, reading: Reading, entries: Pick<EntryStore, 'articlesFrom'>, signal?: AbortSignal): Promise<void> {
  const next = async (after?: Parameters<EntryStore['articlesFrom']>[0]['after']) => {
    signal?.throwIfAborted()
    return entries.articlesFrom({ span: gap, after, limit: PAGE })
  }
  for (let page = await next(); page.length > 0; page = await next(page.at(-1))) {
    const judge = await judgeOf(reading)
    await eachInTurn(page, article => judge.add(article))
    // All but what may share its instant with the page to come.
    const to = (page.at(-1)?.published ?? gap.from) - 1
    if (to >= gap.from) reading.spans = joined(reading.spans, { from: gap.from, to })
  }
  reading.spans = joined(reading.spans, gap)
}

async function takeChanges(reading: Reading, entries: Pick<EntryStore, 'articlesChanged'>, signal?: AbortSignal): Promise<void> {
  const next = () => {
    signal?.throwIfAborted()
    return entries.articlesChanged(reading.through, PAGE)
  }
  for (let page = await next(); page.length > 0; page = await next()) {
    const judge = await judgeOf(reading)
    await eachInTurn(page, ({ article, isWithdrawn }) => {
      if (isWithdrawn || !isWithin(reading.spans, article.published)) judge.remove(article.key)
      else judge.add(article)
    })
    reading.through = page.at(-1) ?? reading.through
  }
}

async function judgeOf(reading: Reading): Promise<ContentJudge> {
  reading.judge ??= await reading.newJudge()
  return reading.judge
}

/** Lets whatever else there is to do have its turn in between. */
async function eachInTurn<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (index % WITHOUT_A_BREAK === 0) await nextTurn()
    work(item)
  }
}
