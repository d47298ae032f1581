import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Clock, DAY } from '../domain/time.ts'
import { articleParts } from '../match/article-parts.ts'
import { articleUnits } from '../match/article-units.ts'
import type { LanguageKnowledge } from '../match/language-knowledge.ts'
import { LEAST_LESSONS } from '../match/learned.ts'
import { lessonOf } from '../match/lesson.ts'
import { coverageOf } from '../match/post-coverage.ts'
import type { Store } from '../store/store.ts'

/** The usage of a blog is that of its last years; more lessons say the same again. */
export const MOST_LESSONS = 3_000
// Some seconds' worth: what is left is done in the cycles to come.
const MOST_AT_ONCE = 500
// Raised when the same pair gives another lesson.
const VERSION = '1'

/**
 * Takes a lesson from every linked pair that none, or another edition of, has been taken from; forgets those of pairs that
 * are linked no more. Where too few pairs are linked to learn from, it takes none. A lesson depends on its pair alone.
 *
 * @param knowledge asked for with the first pair: it takes a quarter of a second
 */
export async function takeLessons(
  {
    store,
    now,
    signal,
  }: { readonly store: Pick<Store, 'entries' | 'posts' | 'lessons'>; readonly now: Clock; readonly signal?: AbortSignal },
  knowledge: () => Promise<LanguageKnowledge>,
): Promise<void> {
  await store.lessons.prune(MOST_LESSONS)
  if ((await store.lessons.linked(LEAST_LESSONS)) < LEAST_LESSONS) return
  const wanted = await store.lessons.wanted(VERSION, MOST_LESSONS, MOST_AT_ONCE)
  if (wanted.length === 0) return
  const known = await knowledge()
  for (const pair of wanted) {
    if (signal?.aborted) return
    await nextTurn()
    const [judged, [article]] = [await store.posts.byKey(pair.post), await store.entries.articlesByKey([pair.article])]
    if (judged === undefined || article === undefined) continue
    const { readings, lexicon, hear } = known.anew()
    const { post } = judged
    const parts = articleParts(article)
    hear(parts.heard)
    const said = { title: post.headline, body: post.text, lag: (post.published - article.published) / DAY }
    const lesson = lessonOf(said, coverageOf(said, readings), articleUnits(parts, lexicon, parts.bodyCharacters), lexicon)
    await store.lessons.put(pair, lesson, now())
  }
}
