import type { Instant } from '../../src/domain/time.ts'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { incomingEntry } from '../../src/pipeline/incoming-entry.ts'
import type { PublishDeps } from '../../src/pipeline/publish-deps.ts'
import type { Store } from '../../src/store/store.ts'
import { BLOG, publishingOn } from '../pipeline/publishing.ts'
import { START } from '../pipeline/start.ts'

/** How what is published reads: as it was written, with some posts edited, or all of it as another version of the program has it. */
export type Edition = 'plain' | 'edited' | 'upgraded'

/** What there is to publish: with every step the blog has one more post. */
export interface State {
  readonly step: number
  readonly edition: Edition
}

/** The labels that are on posts whatever the step, by what their posts' numbers are multiples of. */
export const LABELS: ReadonlyMap<string, number> = new Map([
  ['外交', 2],
  ['経済', 3],
])
/** A label that comes and goes. */
export const PASSING_LABEL = '特集'
/** The number of the post that is withdrawn in the course of the steps. */
export const WITHDRAWN = 7
const WITHDRAWN_FROM_STEP = 3
const POSTS_AT_FIRST = 10

/** The hour in which a step is published, the same however often that is tried. */
export function hourOf({ step }: Pick<State, 'step'>): Instant {
  return START + step * HOUR
}

/** The config under which a state is published: feeds of four entries, with archives of three. */
export function publishingOf(state: State, on: Pick<PublishDeps, 'store' | 'folder'>): PublishDeps {
  const usual = publishingOn({ ...on, now: () => hourOf(state) })
  return {
    ...usual,
    ...{ limit: 4, archiveSize: 3, feeds: { all: true, outlets: false, untranslated: false } },
    generator: { version: state.edition === 'upgraded' ? '2.0.0' : '1.0.0' },
  }
}

/** Numbers of the posts there are, oldest first. */
export function numbersAt(step: number): readonly number[] {
  const numbers = Array.from({ length: POSTS_AT_FIRST + step }, (_, index) => index + 1)
  return numbers.filter(number => number !== WITHDRAWN || step < WITHDRAWN_FROM_STEP)
}

/** The id of a post at home. */
export function idOf(number: number): string {
  return `https://blog.example.jp/${number}`
}

/** Makes the state's posts all the posts there are. */
export async function saveBlog(
  state: State,
  { store, directory }: Pick<PublishDeps, 'directory'> & { readonly store: Store },
): Promise<void> {
  const entries = numbersAt(state.step).map(number => incomingEntry(entryOf(number, state), BLOG, directory))
  const feed = { authors: [], contributors: [], categories: [], links: [] }
  const activeSources = new Set([BLOG.id])
  await store.entries.saveEntries({ source: BLOG.id, feed, entries, activeSources, isComplete: true, now: () => hourOf(state) })
}

function entryOf(number: number, { step, edition }: State) {
  // Their ages span several years: pages of years come and go, too.
  const published = START - (60 - number) * 25 * DAY
  const isEdited = edition === 'edited' && number % 5 === 0
  return {
    id: idOf(number),
    url: idOf(number),
    title: { type: 'text', value: `第${number}回の訳題${isEdited ? '(改題)' : ''}` },
    content: { type: 'html', value: `<p>${'本文の段落です。'.repeat(30)}${isEdited ? '訂正しました。' : ''}</p>` },
    published,
    updated: isEdited ? published + HOUR : published,
    authors: [],
    contributors: [],
    categories: labelsOf(number, step).map(term => ({ term })),
    links: [],
  } as const
}

function labelsOf(number: number, step: number): readonly string[] {
  const lasting = [...LABELS].flatMap(([label, multiple]) => (number % multiple === 0 ? [label] : []))
  return step % 4 >= 2 && [5, POSTS_AT_FIRST + step].includes(number) ? [...lasting, PASSING_LABEL] : lasting
}
