import { configError, loadConfig } from '../app.ts'
import type { Config } from '../config/config.ts'
import { englishWords } from '../match/english-words.ts'
import { foldJapanese } from '../match/japanese-text.ts'
import { LEAST_LESSONS } from '../match/learned.ts'
import { type LexiconEntry, lexiconOf } from '../match/lexicon.ts'
import { shippedEntries } from '../match/shipped-lexicon.ts'
import type { Association } from '../match/word-associations.ts'
import { knownLearned } from '../pipeline/learned-words.ts'
import { MOST_LESSONS } from '../pipeline/take-lessons.ts'
import { openStore } from '../store/store.ts'
import type { CommandContext } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { nothingPolledYet } from './state-file.ts'
import { table } from './table.ts'

interface Taught {
  readonly pairs: number
  readonly words: readonly Association[]
}

/**
 * `kakehashi lexicon`: the words by which posts are matched with articles that they do not cite: how many there are, which
 * ones the operator's own linked posts have taught, and, asked for a word in either language, what it stands for. Gives
 * the exit code.
 */
export async function lexicon(context: CommandContext, word: string | undefined): Promise<number> {
  const { terminal, isJson } = context
  const loaded = await loadConfig(context.configFolder, context.environment)
  if (loaded.kind === 'rejected') throw configError(loaded.problems)
  const { config } = loaded
  const taught = await taughtBy(config)
  if (word !== undefined) {
    const renderings = renderingsOf(word, config.glossary, taught.words)
    terminal.print(isJson ? JSON.stringify({ ok: true, word, renderings }) : describeRenderings(word, renderings))
    return EXIT.ok
  }
  const shipped = lexiconOf(shippedEntries()).keysOf.size
  const view = {
    shipped,
    glossary: config.glossary.length,
    linkedPairs: taught.pairs,
    leastLinkedPairs: LEAST_LESSONS,
    learned: taught.words,
  }
  terminal.print(isJson ? JSON.stringify({ ok: true, ...view }) : describe(view))
  return EXIT.ok
}

async function taughtBy({ storeFile }: Config): Promise<Taught> {
  if (nothingPolledYet(storeFile) !== undefined) return { pairs: 0, words: [] }
  await using store = await openStore(storeFile)
  const { learned } = await knownLearned(store)
  return { pairs: await store.lessons.linked(MOST_LESSONS), words: learned.associations }
}

interface Rendering {
  readonly from: 'glossary' | 'learned' | 'shipped'
  readonly english: string
  readonly japanese: readonly string[]
}

function renderingsOf(word: string, own: readonly LexiconEntry[], learned: readonly Association[]): readonly Rendering[] {
  const [term, key] = [foldJapanese(word), keyOf(word)]
  const isMeant = ({ english, japanese }: LexiconEntry) =>
    (key !== '' && keyOf(english) === key) || japanese.some(rendering => foldJapanese(rendering) === term)
  const entries = [
    ...own.map(entry => ({ from: 'glossary' as const, ...entry })),
    ...learned.map(({ written, japanese }) => ({ from: 'learned' as const, english: written, japanese: [japanese] })),
    ...shippedEntries().map(entry => ({ from: 'shipped' as const, ...entry })),
  ]
  const found = new Map(entries.filter(isMeant).map(entry => [JSON.stringify(entry), entry] as const))
  return [...found.values()]
}

function keyOf(english: string): string {
  return englishWords(english)
    .map(({ stem }) => stem)
    .join(' ')
}

function describeRenderings(word: string, renderings: readonly Rendering[]): string {
  if (renderings.length === 0) return `"${word}" is in no lexicon. A line in config/glossary.tsv adds it: english<TAB>日本語;日本語`
  return table([['FROM', 'ENGLISH', 'JAPANESE'], ...renderings.map(({ from, english, japanese }) => [from, english, japanese.join('、')])])
}

function describe(view: {
  readonly shipped: number
  readonly glossary: number
  readonly linkedPairs: number
  readonly leastLinkedPairs: number
  readonly learned: readonly Association[]
}): string {
  const { shipped, glossary, linkedPairs, leastLinkedPairs, learned } = view
  const lines = [
    `shipped   ${shipped} Japanese words and expressions`,
    `glossary  ${glossary} of your own, in config/glossary.tsv`,
    `learned   ${learned.length} words, from ${linkedPairs} posts whose original is linked, named or confirmed`,
  ]
  if (linkedPairs < leastLinkedPairs)
    return [...lines, `          from ${leastLinkedPairs} such posts on they teach words, and how often you use them`].join('\n')
  if (learned.length === 0) return lines.join('\n')
  const rows = learned.map(({ japanese, written, together, japaneseIn, englishIn, likelihood }) => {
    return [japanese, written, String(together), String(japaneseIn), String(englishIn), likelihood.toFixed(1)]
  })
  return [...lines, '', table([['JAPANESE', 'ENGLISH', 'TOGETHER', 'IN POSTS', 'IN ORIGINALS', 'STRENGTH'], ...rows])].join('\n')
}
